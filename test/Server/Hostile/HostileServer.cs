using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.Server.Tests;

/// <summary>
/// The server beside three healthy devices. Each test puts one agent that misbehaves on an address of its own and discovers all four:
/// whatever that one does, the discovery ends, the others are managed and nothing is logged as an error.
/// </summary>
public class HostileServer : TestServer
{
    public const int MostRows = 2_000;

    private const string Api = CampusServer.Catalyst;
    private readonly ConcurrentQueue<string> _errors = [];
    private AgentHost? _healthy;

    public HostileServer() : this(TimeSpan.FromSeconds(6))
    {
    }

    /// <param name="device">What one device may take.</param>
    protected HostileServer(TimeSpan device) => Services = services =>
    {
        var limits = new CollectionLimits { Column = new WalkBudget(MostRows, 1 << 20, device), Device = device };
        services.AddSingleton(provider =>
            new DeviceCollector(provider.GetRequiredService<SnmpAccess>(), TimeProvider.System) { Limits = limits });
        services.AddSingleton<ILoggerProvider>(new LoudLog(_errors));
    };

    public int Port => _healthy!.Port;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_healthy is not null) await _healthy.DisposeAsync();
    }

    /// <summary>Where packets to <paramref name="address"/> arrive.</summary>
    public IPEndPoint EndPointOf(Ipv4Address address) => new(AgentHostOptions.ToLoopback(address).ToIPAddress(), Port);

    /// <summary>Discovers the healthy devices and the address.</summary>
    public Task<Found> DiscoverAsync(Ipv4Address address, object? access = null) =>
        DiscoverAsync($"10.77.0.1-10.77.0.3,{address}-{address}", address, access);

    /// <summary>The same for an address whose place among the others matters.</summary>
    public async Task<Found> DiscoverAsync(string addresses, Ipv4Address address, object? access = null) =>
        await EndAsync(await StartAsync(addresses, access ?? Community()), address);

    /// <summary>Its id.</summary>
    public async Task<string> StartAsync(string addresses, object access)
    {
        JsonNode body = System.Text.Json.JsonSerializer.SerializeToNode(access)!;
        body["name"] = $"{addresses} {Guid.NewGuid()}";
        body["discoveryType"] = "Multi Range";
        body["ipAddressList"] = addresses;
        Answer accepted = await PostTextAsync($"{Api}/discovery", body.ToJsonString());
        Assert.True(accepted.Status == 202, accepted.Text);
        return (await EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>()))["progress"]!.GetValue<string>();
    }

    /// <summary>What came of each address so far.</summary>
    public async Task<JsonNode[]> JobsAsync(string discovery) =>
        [.. (await OkAsync($"{Api}/discovery/{discovery}/job")).AsArray().Select(job => job!)];

    /// <summary>Starts a discovery again from the beginning.</summary>
    public async Task<Found> AgainAsync(Found before)
    {
        Answer accepted = await PutAsync($"{Api}/discovery", new { id = before.Discovery, discoveryStatus = "Active" });
        Assert.True(accepted.Status == 202, accepted.Text);
        await EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        return await EndAsync(before.Discovery, before.Address);
    }

    /// <summary>The device list's entry at the address; null when there is none.</summary>
    public async Task<JsonNode?> DeviceAtAsync(Ipv4Address address) =>
        (await OkAsync($"{Api}/network-device?managementIpAddress={address}")).AsArray().SingleOrDefault();

    public async Task<JsonNode> OkAsync(string path)
    {
        Answer answer = await GetAsync(path);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Response;
    }

    /// <summary>What was read from the device at the address.</summary>
    public DeviceSnapshot SnapshotAt(Ipv4Address address) =>
        Service<CurrentNetwork>().Snapshot.Devices.Single(device => device.ManagementAddress == address).Snapshot;

    public static object Community(int timeout = 1, int retry = 1) =>
        new { snmpVersion = "v2", snmpROCommunity = "public", timeout, retry };

    /// <summary>The user that the simulator's agents know.</summary>
    public static object User() => new
    {
        snmpVersion = "v3", snmpUserName = "towpath", snmpMode = "AUTHPRIV", snmpAuthProtocol = "SHA256",
            snmpAuthPassphrase = "towpath-auth-demo",
        snmpPrivProtocol = "AES128", snmpPrivPassphrase = "towpath-priv-demo", timeout = 1, retry = 1,
    };

    protected override TowpathServerOptions Configure(TowpathServerOptions options)
    {
        _healthy = StartHealthy();
        return options with { SnmpPort = Port, AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };
    }

    private async Task<Found> EndAsync(string id, Ipv4Address address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await OkAsync($"{Api}/discovery/{id}"))["discoveryCondition"]!.GetValue<string>() is not ("Complete" or "Aborted"))
            await Task.Delay(20, patience.Token);
        Assert.Equal("Complete", (await OkAsync($"{Api}/discovery/{id}"))["discoveryCondition"]!.GetValue<string>());

        JsonNode[] jobs = await JobsAsync(id);
        foreach (JsonNode job in jobs.Where(job => job["ipAddress"]!.GetValue<string>().StartsWith("10.77.0.", StringComparison.Ordinal)))
        {
            Assert.True(job["snmpStatus"]!.GetValue<string>() == "SUCCESS", job.ToJsonString());
            JsonNode? healthy = await DeviceAtAsync(Ipv4Address.Parse(job["ipAddress"]!.GetValue<string>()));
            Assert.Equal("Managed", healthy?["collectionStatus"]?.GetValue<string>());
        }
        Assert.Empty(_errors);
        JsonNode own = Assert.Single(jobs, job => job["ipAddress"]!.GetValue<string>() == address.ToString());
        return new Found(id, address, own, await DeviceAtAsync(address));
    }

    /// <summary>One port for all loopback addresses: a free one of 127.0.0.1 is nearly always free on the others.</summary>
    private static AgentHost StartHealthy()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return AgentHost.Start(SmallSwitches.Healthy().Devices, new AgentHostOptions { Port = FreePort() });
            }
            catch (SocketException) when (attempt < 5)
            {
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Remembers what should never be logged.</summary>
    private sealed class LoudLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>The same with time for devices that are far away.</summary>
public sealed class PatientServer() : HostileServer(TimeSpan.FromMinutes(1));

/// <summary>What a discovery says of the agent that misbehaves.</summary>
/// <param name="Discovery">Its id.</param>
/// <param name="Device">The device list's entry; null when there is none.</param>
public sealed record Found(string Discovery, Ipv4Address Address, JsonNode Job, JsonNode? Device)
{
    public string SnmpStatus => Job["snmpStatus"]!.GetValue<string>();

    /// <summary>Of the job when it failed, else of the device; empty when all is well.</summary>
    public string Reason => Job["attributeInfo"]?["reason"]?.GetValue<string>() ?? Device?["errorDescription"]?.GetValue<string>() ?? "";

    /// <summary><c>FAILURE</c>, or how whole the device was collected.</summary>
    public string Outcome => SnmpStatus == "SUCCESS" ? Device!["collectionStatus"]!.GetValue<string>() : SnmpStatus;
}

[CollectionDefinition(Name)]
public sealed class HostileDiscovery : ICollectionFixture<HostileServer>
{
    public const string Name = "hostile discovery";
}
