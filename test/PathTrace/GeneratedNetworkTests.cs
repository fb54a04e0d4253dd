using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Towpath.Collection;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// The network that measurements are made on is a network: what one device says agrees with what the others say, and packets arrive.
/// </summary>
[Trait("Mutation", "slow")]
public sealed class GeneratedNetworkTests
{
    private const int Size = 50;
    private static readonly Lazy<Task<NetworkSnapshot>> s_collected = new(CollectAsync);
    private static readonly FakeTimeProvider s_still = new(); // so that no counter moves

    [Fact]
    public async Task Every_link_is_told_by_both_ends_and_joins_all_devices()
    {
        NetworkSnapshot network = await s_collected.Value;

        Assert.Equal(Size, network.Devices.Length);
        Assert.All(network.Links, link => Assert.Equal(LinkEvidence.BothSides, link.Evidence));
        Assert.Empty(network.UnmanagedNeighbors);
        var reached = new HashSet<DeviceId>();
        var next = new Stack<DeviceId>([network.Devices[0].Id]);
        while (next.TryPop(out DeviceId at))
            if (reached.Add(at))
                foreach (LinkEnd end in network.LinksAt(at)) next.Push(end.Far.Device);
        Assert.Equal(Size, reached.Count);
    }

    [Fact]
    public async Task Several_cores_make_the_same_indexes_as_one()
    {
        NetworkSnapshot alone = await s_collected.Value, together = NetworkSnapshot.Build(alone.Devices, cores: 4);

        Assert.NotEmpty(alone.Hosts);
        Assert.Equal([.. alone.Hosts], [.. together.Hosts]);
        Assert.Equal(alone.Links.Select(link => (link.A, link.B, link.Evidence)),
            together.Links.Select(link => (link.A, link.B, link.Evidence)));
        Assert.All(alone.Hosts, host => Assert.Equal([.. alone.EdgePorts(host.Mac)], [.. together.EdgePorts(host.Mac)]));
    }

    [Fact]
    public async Task Every_next_hop_is_an_address_of_the_device_at_the_other_end_and_resolved()
    {
        NetworkSnapshot network = await s_collected.Value;
        int hops = 0;
        foreach (NetworkDevice device in network.Devices)
        {
            foreach (Route route in device.Snapshot.Routes.Where(route => route.Kind == RouteKind.Remote))
            {
                AddressOwner owner = Assert.Single(network.OwnersOf(route.NextHop));
                Assert.Contains(network.LinksAt(new Port(device.Id, route.Egress)), end => end.Far == owner.Port);
                Assert.Equal(network.Interface(owner.Device, owner.Address.Interface)!.Mac,
                    device.Tables.Arp(route.Egress, route.NextHop)!.Value.Mac);
                hops++;
            }
        }
        Assert.True(hops > 50, $"{hops} next hops"); // two cores and ten distribution switches have more
    }

    [Fact]
    public async Task Hosts_of_all_pods_reach_each_other_and_equal_cost_paths_are_used()
    {
        NetworkSnapshot network = await s_collected.Value;
        Ipv4Address[] hosts = [.. new GeneratedNetwork(Size, 7, TimeProvider.System).Hosts];
        var tracer = new PathTracer(network);
        var random = new Random(7);
        int forks = 0;
        for (int i = 0; i < 300; i++)
        {
            var flow = new Flow(hosts[random.Next(hosts.Length)], hosts[random.Next(hosts.Length)]);
            Trace trace = tracer.Run(flow);
            Assert.True(trace.Ending is Ending.Delivered, trace.ToText());
            Assert.All(trace.Endings.Values, ending => Assert.IsType<Ending.Delivered>(ending));
            if (trace.Edges.Any(edge => edge.Label == "ECMP")) forks++;
        }
        Assert.True(forks > 100, $"{forks} of 300 flows cross the core");
    }

    [Fact]
    public void The_same_numbers_give_the_same_network_and_another_seed_another_one()
    {
        string[] first = Everything(new GeneratedNetwork(Size, 7, s_still));

        Assert.Equal(first, Everything(new GeneratedNetwork(Size, 7, s_still)));
        Assert.NotEqual(first, Everything(new GeneratedNetwork(Size, 8, s_still)));
    }

    [Theory]
    [InlineData(GeneratedNetwork.FewestDevices)]
    [InlineData(13)] // a pod of one distribution switch only
    [InlineData(14)] // of two, without access switches
    [InlineData(333)]
    [InlineData(GeneratedNetwork.MostDevices)]
    public void Networks_of_any_size_have_as_many_devices_and_no_address_twice(int size)
    {
        var network = new GeneratedNetwork(size, 1, s_still);

        Ipv4Address[] all = [.. network.Devices.SelectMany(device => device.Addresses), .. network.Hosts];
        Assert.Equal(size, network.Devices.Length);
        Assert.Equal(size, network.Devices.Select(device => device.Name).Distinct().Count());
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    private static async Task<NetworkSnapshot> CollectAsync()
    {
        int port = FreePort();
        var generated = new GeneratedNetwork(Size, 7, TimeProvider.System);
        await using AgentHost agents = AgentHost.Start(generated.Devices, new AgentHostOptions { Port = port });
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);
        return NetworkSnapshot.Build(await Task.WhenAll(generated.Devices.Select(async device =>
        {
            Ipv4Address address = device.Addresses[0];
            var access = new DeviceAccess(address, new DeviceCredential.SnmpV2c("public"))
            {
                SentTo = AgentHostOptions.ToLoopback(address),
                SnmpPort = port,
            };
            CollectionResult result = await collector.CollectAsync(access, CancellationToken.None);
            Assert.True(result.Snapshot is not null, $"{device.Name}: {result.Reason}");
            return new NetworkDevice(new DeviceId(Guid.NewGuid()), address, result.Snapshot!);
        })));
    }

    /// <summary>Every instance of every device, in walk order.</summary>
    private static string[] Everything(GeneratedNetwork network)
    {
        var lines = new List<string>();
        foreach (SimulatedDevice device in network.Devices)
        {
            IMibView view = device.View("")!;
            for (ReadOnlySpan<uint> at = [0]; view.TryGetNext(at, out VarBind next); at = next.Oid.SubIdentifiers)
                lines.Add($"{device.Name} {next.Oid} {next.Value.Type} {next.Value.Number} {Convert.ToHexString(next.Value.Octets.AsSpan())} {next.Value.Identifier}");
        }
        return [.. lines];
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
