using System.Net;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>How one server process runs.</summary>
public sealed record TowpathServerOptions
{
    /// <summary>Database, keys and certificate; made when absent, mode 0700.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Where all state is: a file of SQLite, or a connection to PostgreSQL (<c>Host=db1.example.net;Database=towpath;Username=towpath</c>)
    /// without its password. Null: a file in the data folder.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>A file of mode 0600 whose first line is the password of <see cref="Database"/>; null: it needs none.</summary>
    public string? DatabasePasswordFile { get; init; }

    /// <summary>
    /// A file of mode 0600 with 32 octets as base64: the key around the keys that a database of PostgreSQL holds, where it is needed.
    /// </summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>Which part of the work it takes; what it leaves to others, one of them must take.</summary>
    public NodeRoles Roles { get; init; } = NodeRoles.All;

    /// <summary>On 127.0.0.1 only. 0 switches it off; -1 takes any free port (tests).</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>On all addresses. 0 switches it off; -1 takes any free port (tests).</summary>
    public int HttpsPort { get; init; } = 8443;

    /// <summary>
    /// Names that requests may call this server by, without port, besides localhost, its addresses and the names of its certificate;
    /// <c>*.example.net</c> stands for one label before the rest. Others are refused.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// Of load balancers: what these say in <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of who asks, and how, is believed; of all
    /// others it is ignored.
    /// </summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Open at once, from all clients; more are closed as they come.</summary>
    public int MostConnections { get; init; } = 1000;

    /// <summary>
    /// Where webhooks may be called, besides all that is neither this machine, nor link-local, nor a cloud's own.
    /// </summary>
    public IReadOnlyList<IPNetwork> WebhookNetworks { get; init; } = [];

    /// <summary>The UDP port agents listen on.</summary>
    public int SnmpPort { get; init; } = 161;

    /// <summary>Changes where SNMP packets are sent and nothing else. Targets lie inside 127.0.0.0/8.</summary>
    public IReadOnlyList<(Prefix From, Prefix To)> AddressMap { get; init; } = [];

    /// <summary>
    /// How fast addresses that have not answered yet are asked. Null: 200 datagrams a second, 20 in one /24; no limit where an address map
    /// keeps everything on this machine.
    /// </summary>
    public SearchPace? Pace { get; init; }

    /// <summary>For how long tasks and traces stay once they have ended: 1 hour to 3650 days; null: 7 days.</summary>
    public TimeSpan? Keep { get; init; }

    /// <summary>How many tasks, and how many traces, are kept: 1,000 or more; null: 1,000,000.</summary>
    public int? KeepMost { get; init; }

    /// <summary>The first administrator's password; null: one is made and printed once.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>Goes to standard error from this level on.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>The same for parts of the program, by the beginning of their names: <c>Towpath.Snmp</c>.</summary>
    public IReadOnlyList<(string Part, LogLevel Level)> LogLevels { get; init; } = [];

    /// <summary>Each line of the log is an object of JSON.</summary>
    public bool LogJson { get; init; }

    /// <summary>
    /// A file of mode 0600 whose first line opens <c>/metrics</c> as a Bearer token, and nothing else. Null: a token of an account does.
    /// </summary>
    public string? MetricsTokenFile { get; init; }

    /// <summary>The variables of OpenTelemetry (<c>OTEL_...</c>), which say where metrics are sent; by default the process's.</summary>
    internal IReadOnlyDictionary<string, string?> OpenTelemetry { get; init; } = TelemetryServices.FromEnvironment();

    /// <summary>The clock of everything; tests bring their own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long the headers of a request may take. Kestrel's clock is the machine's.</summary>
    internal TimeSpan HeaderPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After that long a body that came with less than 1 KiB a second is given up; over a second.</summary>
    internal TimeSpan BodyPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Last word on what is put together; tests add handlers of their own.</summary>
    internal Action<IServiceCollection>? Services { get; init; }
}
