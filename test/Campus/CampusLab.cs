using System.Net;
using System.Net.Sockets;
using Towpath.Collection;
using Towpath.Network;
using Towpath.PathTrace;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.Campus.Tests;

/// <summary>The product's side of the comparison: a description is simulated, collected over real SNMP, and traced.</summary>
internal sealed class CampusLab
{
    private readonly PathTracer _tracer;

    private CampusLab(NetworkSnapshot network)
    {
        Network = network;
        _tracer = new PathTracer(network);
    }

    public NetworkSnapshot Network { get; }

    public static async Task<CampusLab> CollectAsync(string json)
    {
        int port = FreePort();
        var simulated = new SimulatedNetwork(NetworkDescription.Parse(json), TimeProvider.System);
        await using AgentHost agents = AgentHost.Start(simulated.Devices, new AgentHostOptions { Port = port, Time = TimeProvider.System });
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);
        NetworkDevice[] devices = await Task.WhenAll(Plan.Read(json).Nodes.Values
            .Where(node => node.Kind is not (NodeKind.Host or NodeKind.AccessPoint) && !node.Hidden)
            .Select(async node =>
            {
                uint address = Plan.Address((string)node.Json["managementAddress"]!).Address;
                // The simulator's agents of 10.a.b.c answer at 127.a.b.c.
                var access = new DeviceAccess(new Ipv4Address(address), new DeviceCredential.SnmpV2c("public"))
                {
                    SentTo = new Ipv4Address(address & 0xffffff | 127u << 24),
                    SnmpPort = port,
                };
                CollectionResult result = await collector.CollectAsync(access, CancellationToken.None);
                Assert.True(result.Snapshot is not null, $"{node.Name}: {result.Reason}");
                return new NetworkDevice(new DeviceId(Guid.NewGuid()), new Ipv4Address(address), result.Snapshot!);
            }));
        return new CampusLab(NetworkSnapshot.Build(devices));
    }

    public Trace Trace(Node from, Node to) => _tracer.Run(new Flow(new Ipv4Address(from.Own.Address), new Ipv4Address(to.Own.Address)));

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
