using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Tables of different times and of broken agents contradict each other. A trace then is unsure or ends early; it never hangs, throws or
/// goes in circles.
/// </summary>
[Trait("Mutation", "slow")]
public sealed class HostileTablesTests
{
    [Fact]
    public void Whatever_the_tables_say_a_trace_ends_and_its_graph_is_sound()
    {
        int delivered = 0, endings = 0, bundled = 0, leaked = 0, tunnelled = 0, mapped = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            NetworkSnapshot network = Arbitrary(random).Build();
            for (int i = 0; i < 6; i++)
            {
                Trace trace = network.Trace(AnyAddress(random), AnyAddress(random)); // asserts that the graph is sound
                Assert.Equal(trace.ToText(), network.Trace(trace.Flow.Source.ToString(), trace.Flow.Destination.ToString()).ToText());
                Assert.InRange(trace.Nodes.Length, 0, Walker.MostNodes);
                endings++;
                bundled += trace.Edges.Count(edge => edge.Egress is { Members.IsEmpty: false });
                leaked += trace.Edges.Count(edge => edge.Egress is { Vrf.IsGlobal: false });
                tunnelled += trace.Edges.Count(edge => !edge.Entered.IsEmpty);
                mapped += trace.Nodes.Count(node => !node.RouterId.IsUnspecified);
                if (trace.Ending is Ending.Delivered && trace.Nodes.Length > 2) delivered++;
            }
        }
        Assert.True(delivered > endings / 50,
            $"only {delivered} of {endings} traces went anywhere: the generator is too wild to prove much");
        Assert.All([bundled, leaked, tunnelled, mapped],
            times => Assert.True(times > 10, $"{bundled} bundles, {leaked} VRFs, {tunnelled} tunnels, {mapped} maps were met"));
    }

    [Fact]
    public void Equal_cost_layers_cost_their_sum_and_not_their_product()
    {
        const int Layers = 20;
        var network = new NetworkBuilder();
        network.Device("first", "10.255.0.1").Address("Lan", "192.0.2.1/24").Arp("Lan", "192.0.2.10", Mac(1));
        for (int layer = 0; layer < Layers; layer++)
            foreach (string side in new[] { "a", "b" }) network.Device($"{side}{layer}", $"10.255.{layer + 1}.{(side == "a" ? 1 : 2)}");
        int subnet = 0;
        Join("first", "a0");
        Join("first", "b0");
        for (int layer = 1; layer < Layers; layer++)
            foreach (string from in new[] { "a", "b" })
                foreach (string to in new[] { "a", "b" }) Join($"{from}{layer - 1}", $"{to}{layer}");
        network[$"a{Layers - 1}"].Address("Lan", "203.0.113.1/24").Arp("Lan", "203.0.113.9", Mac(2));
        network[$"b{Layers - 1}"].Address("Lan", "203.0.113.2/24").Arp("Lan", "203.0.113.9", Mac(2));

        Trace trace = network.Trace("192.0.2.10", "203.0.113.9"); // 2^20 paths
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal(2 + 1 + 2 + 4 * (Layers - 1), trace.Nodes.Length); // two hosts, the first router, and one node a router and ingress
        Assert.Equal(Layers + 3, trace.ShownNodes.Count());

        void Join(string upper, string lower)
        {
            subnet++;
            string prefix = $"10.{subnet}.0.";
            network[upper].Address($"To{lower}", prefix + "1/30").Route("203.0.113.0/24", prefix + "2", $"To{lower}")
                .Arp($"To{lower}", prefix + "2", network[lower].MacOf($"From{upper}"));
            network[lower].Address($"From{upper}", prefix + "2/30");
            network.Cable($"{upper}:To{lower}", $"{lower}:From{upper}");
        }
    }

    private static NetworkBuilder Arbitrary(Random random)
    {
        var network = new NetworkBuilder();
        DeviceBuilder[] devices = [.. Enumerable.Range(1, 6).Select(i => network.Device($"d{i}", $"10.0.0.{i}"))];
        foreach (DeviceBuilder device in devices)
        {
            foreach (string port in s_ports) device.Port(port);
            for (int i = 0; i < 6; i++) device.Fdb(random.Next(0, 3), AnyMac(random, devices), Any(random, s_ports));
            for (int i = 0; i < 3; i++) device.Arp(Any(random, s_interfaces), AnyAddress(random), AnyMac(random, devices));
            for (int i = 0; i < 3; i++)
                device.Route($"10.0.{random.Next(4)}.0/{random.Next(8, 28)}", AnyAddress(random),
                    random.Next(3) == 0 ? "" : Any(random, s_interfaces));
            for (int i = 0; i < 2; i++) device.Address(Any(random, s_interfaces), $"{AnyAddress(random)}/{random.Next(22, 33)}");
            if (random.Next(2) == 0) device.Trunk(Any(random, s_ports), 1, 2);
            if (random.Next(2) == 0) device.Access(Any(random, s_ports), random.Next(1, 3));
            if (random.Next(4) == 0) device.Stp(random.Next(3), Any(random, s_ports), StpState.Blocking);
            if (random.Next(3) == 0)
                device.Flow(AnyAddress(random), AnyAddress(random), Any(random, s_interfaces), Any(random, s_interfaces));
            if (random.Next(4) == 0) device.HearsCdp(Any(random, s_ports), "stranger", "Gi1", 8);
            if (random.Next(5) == 0)
                device.ControllerInterface("clients", random.Next(3), $"{AnyAddress(random)}/24", "P1")
                    .ControllerInterface("management", random.Next(3), $"{AnyAddress(random)}/24", "P2")
                .AccessPoint("ap", AnyAddress(random), Mac(1), Mac(2))
                    .Station(Mac(3), AnyAddress(random), Mac(random.Next(1, 4)), "clients");
            Overlaid(device, random);
        }
        for (int i = 0; i < 7; i++)
            network.Cable($"d{random.Next(1, 7)}:{Any(random, s_ports)}", $"d{random.Next(1, 7)}:{Any(random, s_ports)}");
        return network;
    }

    /// <summary>Bundles in each other, VRFs that share interfaces, tunnels into themselves, maps that contradict the cables.</summary>
    private static void Overlaid(DeviceBuilder device, Random random)
    {
        if (random.Next(4) == 0) device.Bundle(Any(random, s_ports), Any(random, s_ports), Any(random, s_ports));
        if (random.Next(6) == 0) device.Stacked("bond1", Any(random, s_ports), Any(random, s_ports)).Fdb(1, Mac(1), "bond1");
        if (random.Next(4) == 0)
            device.Vrf("red", Any(random, s_interfaces), Any(random, s_interfaces))
                .VrfRoute("red", $"10.0.{random.Next(4)}.0/24", AnyAddress(random), random.Next(2) == 0 ? "" : Any(random, s_interfaces),
                random.Next(2) == 0 ? RouteProtocol.Bgp : RouteProtocol.Ospf);
        if (random.Next(3) == 0)
            device.Tunnel("Tunnel0", AnyAddress(random), AnyAddress(random))
                .Route($"10.0.{random.Next(4)}.0/25", AnyAddress(random), "Tunnel0").Address("Tunnel0", $"{AnyAddress(random)}/30");
        if (random.Next(3) == 0) return;
        string[] ids = ["10.0.0.1", "10.0.0.2", "0.0.0.8", "0.0.0.9"];
        device.Ospf(Any(random, ids), [.. ids.Select(id => LinkStates.Router(id,
            $"p2p {Any(random, ids)} {AnyAddress(random)} {random.Next(3)}",
            $"p2p {Any(random, ids)} {AnyAddress(random)} {random.Next(3)}",
            $"stub 10.0.{random.Next(4)}.0/24 1"))]);
    }

    private static readonly string[] s_ports = ["P1", "P2", "P3", "P4"];
    private static readonly string[] s_interfaces = ["P1", "P2", "P3", "P4", "Vlan1", "Vlan2", "P1.2", "Null0"];

    private static string AnyAddress(Random random) => $"10.0.{random.Next(3)}.{random.Next(1, 12)}";

    private static MacAddress AnyMac(Random random, DeviceBuilder[] devices) =>
        random.Next(2) == 0 ? Mac(random.Next(1, 6)) : devices[random.Next(devices.Length)].MacOf(Any(random, s_interfaces));

    private static string Any(Random random, string[] names) => names[random.Next(names.Length)];
}
