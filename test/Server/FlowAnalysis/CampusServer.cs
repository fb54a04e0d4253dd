using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The demo campus on loopback SNMP, and a server that has collected it.</summary>
public sealed class CampusServer : IAsyncLifetime
{
    private static readonly (Prefix From, Prefix To)[] _map = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))];
    private readonly int _port = FreePort();
    private AgentHost? _agents;

    public CampusServer() => Server = new TestServer { SnmpPort = _port, AddressMap = _map };

    public TestServer Server { get; }

    public async Task InitializeAsync()
    {
        _agents = AgentHost.Start(new SimulatedNetwork(DemoCampus.Load(), TimeProvider.System).Devices, new AgentHostOptions { Port = _port });
        await Server.InitializeAsync();

        var credential = new SnmpCredential.V2c("public");
        SnmpReach reach = Server.Service<SnmpReach>();
        CollectedDevice[] collected = await Task.WhenAll(ManagementAddresses().Select(async address =>
        {
            var target = new SnmpTarget(reach.EndPointOf(address), credential);
            CollectionResult result = await Server.Service<DeviceCollector>().CollectAsync(Server.Service<SnmpEngine>().Open(target), default);
            return new CollectedDevice(address, result.Snapshot ?? throw new InvalidOperationException(result.Reason), new AccessSettings(credential));
        }));
        await Server.Service<Devices>().SaveAsync(collected, default);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_agents is not null) await _agents.DisposeAsync();
    }

    private static IEnumerable<Ipv4Address> ManagementAddresses()
    {
        using var campus = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "Simulator", "Campus", "campus.json")));
        foreach (JsonElement device in campus.RootElement.GetProperty("devices").EnumerateArray())
        {
            if (device.TryGetProperty("managementAddress", out JsonElement address)) yield return Ipv4Address.Parse(address.GetString()!);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
