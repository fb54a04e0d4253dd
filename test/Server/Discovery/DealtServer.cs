using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>
/// A server that takes itself for one of several, so that it deals a search out; a test runs the jobs by hand, in the order that it wants.
/// The search names four silent subnets, and 10.77.0.1 and 10.77.200.1 in the first and in the last part of them.
/// </summary>
internal sealed class DealtServer : TestServer
{
    public const int Parts = 5;

    /// <summary>In the first part and in the last; nothing is sent to the addresses between them.</summary>
    public static readonly Ipv4Address First = Ipv4Address.Parse("10.77.0.1"), Last = Ipv4Address.Parse("10.77.200.1");

    private const string Api = "/dna/intent/api/v1/discovery";

    private readonly int _port = FreePort();

    public DealtServer() => Services = services =>
    {
        services.AddSingleton<ISerialJobs>(Jobs);
        services.AddSingleton<IChanges, Others>();
        Writer.Wrap(services);
    };

    public StartedJobs Jobs { get; } = new();

    public ScriptedWriter Writer { get; } = new();

    public IDiscoveryStore Store => Service<IDiscoveryStore>();

    public async Task<IEnumerable<bool>> CommitAsync(params Write[] writes) =>
        (await Service<IWriter>().CommitAsync([.. writes], default)).ToArray();

    /// <summary>Where packets to the address arrive.</summary>
    public IPEndPoint EndPointOf(Ipv4Address address) => new(AgentHostOptions.ToLoopback(address).ToIPAddress(), _port);

    /// <summary>Its id; nothing of it has begun.</summary>
    /// <param name="timeout">How many seconds a silent address is waited for.</param>
    public Task<int> SearchAsync(int timeout = 1) =>
        DiscoverAsync("Multi Range", $"{First}-{First},10.77.10.0-10.77.13.255,{Last}-{Last}", timeout);

    public async Task<int> DiscoverAsync(string kind, string addresses, int timeout = 1)
    {
        Answer accepted = await PostAsync(Api, new
        {
            name = $"{addresses} {Guid.NewGuid()}", discoveryType = kind, ipAddressList = addresses, snmpVersion = "v2",
            snmpROCommunity = "public", retry = 0, timeout, protocolOrder = "ssh",
        });
        JsonObject created = await EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        return int.Parse(created["progress"]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }

    public async Task ChangeAsync(int id, string status)
    {
        Answer accepted = await PutAsync(Api, new { id, discoveryStatus = status });
        await EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
    }

    public Task DealAsync(int id, int run = 1) => RunAsync("discovery", $"{id}.{run}");

    public Task RunPartAsync(int id, int part, int run = 1) => RunAsync("discovery-part", $"{id}.{run}.{part}");

    public async Task<DiscoveryCondition> ConditionAsync(int id) => (await Store.FindAsync(id, default))!.Condition;

    public async Task<DiscoveryJob[]> FoundAsync(int id) => [.. await Store.JobsAsync(id, null, 0, 9_999, default)];

    protected override TowpathServerOptions Configure(TowpathServerOptions options) => options with
    {
        SnmpPort = _port,
        AddressMap = [.. new[] { "77.0.0/24", "77.200.0/24" }.Select(net => (Prefix.Parse($"10.{net}"), Prefix.Parse($"127.{net}")))],
    };

    private Task RunAsync(string kind, string key) =>
        Service<IEnumerable<ISerialJob>>().Single(job => job.Kind == kind).RunAsync(key, default);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>What was to be started, which nobody runs.</summary>
    internal sealed class StartedJobs : ISerialJobs
    {
        private readonly ConcurrentQueue<string> _keys = new();

        /// <summary>Since the last call, of parts.</summary>
        public string[] Parts()
        {
            string[] keys = [.. _keys];
            _keys.Clear();
            return keys;
        }

        public Task StartAsync(string kind, string key, CancellationToken cancellationToken)
        {
            if (kind == "discovery-part") _keys.Enqueue(key);
            return Task.CompletedTask;
        }

        public Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>They are there, and do nothing.</summary>
    private sealed class Others : IChanges
    {
        public Task<long> NowAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

        public Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken) =>
            Task.FromResult(new OthersChanges(version, [], IsWhole: true));

        public Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken) =>
            new TaskCompletionSource<OthersChanges>().Task.WaitAsync(cancellationToken);
    }
}
