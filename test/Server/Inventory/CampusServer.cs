using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Simulator;

namespace Towpath.Server.Tests;

/// <summary>The server beside the simulated demo campus, whose devices were all added over the API.</summary>
public sealed class CampusServer : TestServer
{
    public const string Catalyst = "/dna/intent/api/v1";

    /// <summary>Management addresses in the order of the wireless host's way to the branch, then the others.</summary>
    public static readonly string[] Addresses =
        ["10.1.12.1", "10.255.1.5", "10.1.14.2", "10.1.10.1", "10.1.4.2", "10.2.2.2", "10.2.1.17", "10.255.1.6", "10.255.1.1",
            "10.255.1.3"];

    private AgentHost? _agents;
    private OpenApiContract? _contract;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        JsonObject added = await AddAsync(Addresses);
        Assert.False(added["isError"]!.GetValue<bool>(), added.ToJsonString());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_agents is not null) await _agents.DisposeAsync();
    }

    /// <summary>The ended task of adding devices.</summary>
    public Task<JsonObject> AddAsync(params string[] addresses) =>
        EndAsync(PostAsync($"{Catalyst}/network-device",
            new { ipAddress = addresses, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 2, snmpTimeout = 5 }));

    /// <summary>The answer of both families, checked against the contract.</summary>
    public async Task<JsonNode> GetBothAsync(string described, string path) =>
        (await this.GetBothAsync(_contract ??= OpenApiContract.Catalyst(), described, path)).Response;

    /// <summary>The device list's entry of this name.</summary>
    public async Task<JsonNode> DeviceAsync(string name) =>
        Assert.Single((await GetAsync($"{Catalyst}/network-device?hostname={name}")).Response.AsArray())!;

    protected override TowpathServerOptions Configure(TowpathServerOptions options)
    {
        _agents = StartAgents(Campus().Devices);
        return options with { SnmpPort = _agents.Port, AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };
    }

    internal static SimulatedNetwork Campus() => new(DemoCampus.Load(), TimeProvider.System);

    /// <summary>One port for all loopback addresses: a free one of 127.0.0.1 is nearly always free on the others.</summary>
    internal static AgentHost StartAgents(IReadOnlyCollection<SimulatedDevice> devices)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return AgentHost.Start(devices, new AgentHostOptions { Port = FreePort() });
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
}

/// <summary>One campus for all tests of the inventory; they run one after the other and leave it as it was.</summary>
[CollectionDefinition(Name)]
public sealed class CampusInventory : ICollectionFixture<CampusServer>
{
    public const string Name = "campus inventory";
}
