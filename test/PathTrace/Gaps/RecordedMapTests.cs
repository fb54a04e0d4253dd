using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// A recorded network of Cisco routers that run OSPF, read over SNMP as its agents answered, without one of them.
/// <code>  Switch1 --- Router1 --- Router2 --- Router3  (172.16.50.0/24, static at Router2)</code>
/// </summary>
[Trait("Mutation", "slow")]
public sealed class RecordedMapTests
{
    [SharedFact]
    public async Task The_map_of_a_hidden_routers_neighbor_names_it_and_leads_past_it()
    {
        NetworkSnapshot network = await CollectAsync(without: "Router1");
        var flow = new Flow(Ipv4Address.Parse("192.168.100.246"),
            Ipv4Address.Parse("172.16.50.1")) { StartAt = network.Devices.Single(device => device.Name == "Switch1").Id };
        Trace trace = new PathTracer(network).Run(flow);
        Assert.Equal(["Switch1", "UNKNOWN 192.168.100.249", "Router2", "Router3"],
            trace.ShownNodes.Select(node => node.Kind == NodeKind.Unknown ? $"UNKNOWN {node.RouterId}" : node.Name));
        TraceEdge past = trace.Edges[trace.Shown[1]];
        Assert.Equal("OSPF", past.Label);
        Assert.Equal("172.16.50.0/24", past.Prefix.ToString());
        Assert.Equal("Serial0/0/0", trace.Nodes[past.To].Ingress!.Name);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
    }

    private static async Task<NetworkSnapshot> CollectAsync(string without)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        ImmutableArray<SimulatedDevice> walks = [.. RecordedWalks.FromFolder(Shared.File("samples", "snmp-networks", "nms17216"))
            .Select((walk, number) => walk with { Addresses = [Ipv4Address.Parse($"127.78.0.{number + 1}")] })];
        await using AgentHost agents = AgentHost.Start(walks, new AgentHostOptions { Port = CollectedCampus.FreePort() });
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);
        NetworkDevice[] devices = await Task.WhenAll(walks.Select(async (walk, number) =>
        {
            var access = new DeviceAccess(walk.Addresses[0], new DeviceCredential.SnmpV2c("public"))
            {
                SnmpPort = agents.Port,
                Timeout = TimeSpan.FromSeconds(1),
            };
            CollectionResult result = await collector.CollectAsync(access, patience.Token);
            Assert.True(result.Snapshot is not null, $"{walk.Name}: {result.Reason}");
            return new NetworkDevice(new DeviceId(new Guid(number + 1, 0, 0, new byte[8])), walk.Addresses[0], result.Snapshot);
        }));
        return NetworkSnapshot.Build(devices.Where(device => device.Name != without));
    }
}
