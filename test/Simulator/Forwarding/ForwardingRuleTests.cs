using Towpath.Network;

namespace Towpath.Simulator.Tests;

/// <summary>Rules of docs/network-description.md that the demo campus does not need, each on the smallest network that shows it.</summary>
public sealed class ForwardingRuleTests
{
    [Fact]
    public void A_ring_of_switches_is_cut_opposite_of_the_root_by_cost()
    {
        RunningNetwork ring = Build(
            [Switch("s1", 1, 4096), Switch("s2", 2, 32768), Switch("s3", 3, 32768), Switch("s4", 4, 32768)],
            [],
            ["s1:p1 s2:p1", "s2:p2 s3:p1", "s3:p2 s4:p1", "s4:p2 s1:p2"]);
        Wire blocked = Assert.Single(ring.LayerTwo.Bridges.SelectMany(b => b.Wires).Where(w => w.Blocked).Distinct());
        // s3 is two cables away both ways; its root port leads to the lower bridge id, s2.
        Assert.Equal(["s3:p2", "s4:p1"], new[] { $"{blocked.PortA}", $"{blocked.PortB}" }.Order());
    }

    [Fact]
    public void Of_two_cables_between_two_switches_the_lower_port_of_the_root_carries()
    {
        RunningNetwork pair = Build([Switch("s1", 1, 4096), Switch("s2", 2, 32768)], [], ["s1:p2 s2:p1", "s1:p1 s2:p2"]);
        Wire blocked = Assert.Single(pair.LayerTwo.Bridges.SelectMany(b => b.Wires).Where(w => w.Blocked).Distinct());
        Assert.Equal(["s1:p2", "s2:p1"], new[] { $"{blocked.PortA}", $"{blocked.PortB}" }.Order());
    }

    [Fact]
    public void The_native_VLAN_of_a_trunk_meets_the_access_VLAN_at_the_other_end()
    {
        RunningNetwork network = Build(
            [
                """{ "name": "s1", "kind": "switch", "mac": "00:1b:21:00:01:00", "hidden": true, "vlans": [ { "id": 5 } ], "interfaces": [ { "name": "p1", "trunk": [5], "native": 5 }, { "name": "p2", "access": 5 } ] }""",
                """{ "name": "s2", "kind": "switch", "mac": "00:1b:21:00:02:00", "hidden": true, "vlans": [ { "id": 9 } ], "interfaces": [ { "name": "p1", "access": 9 }, { "name": "p2", "access": 9 } ] }""",
            ],
            [Host("h1", 1, "192.0.2.1", "192.0.2.254"), Host("h2", 2, "192.0.2.2", "192.0.2.254")],
            ["s1:p1 s2:p1", "h1:eth0 s1:p2", "h2:eth0 s2:p2"]);
        Assert.Null(Send(network, "h1", "192.0.2.2").Dropped);
    }

    [Fact]
    public void A_VLAN_that_a_trunk_does_not_carry_does_not_get_across()
    {
        string[] devices =
        [
            """{ "name": "s1", "kind": "switch", "mac": "00:1b:21:00:01:00", "hidden": true, "vlans": [ { "id": 5 }, { "id": 6 } ], "interfaces": [ { "name": "p1", "trunk": [6] }, { "name": "p2", "access": 5 } ] }""",
            """{ "name": "s2", "kind": "switch", "mac": "00:1b:21:00:02:00", "hidden": true, "vlans": [ { "id": 5 }, { "id": 6 } ], "interfaces": [ { "name": "p1", "trunk": [5, 6] }, { "name": "p2", "access": 5 } ] }""",
        ];
        RunningNetwork network = Build(
            devices, [Host("h1", 1, "192.0.2.1", "192.0.2.254"), Host("h2", 2, "192.0.2.2", "192.0.2.254")],
            ["s1:p1 s2:p1", "h1:eth0 s1:p2", "h2:eth0 s2:p2"]);
        Assert.Equal("nobody answers h1:eth0 for 192.0.2.2", Send(network, "h1", "192.0.2.2").Dropped);
    }

    [Fact]
    public void A_shut_port_takes_its_cable_its_SVI_and_its_routes_down()
    {
        RunningNetwork network = Build(
            ["""{ "name": "d", "kind": "l3switch", "mac": "00:1b:21:00:01:00", "hidden": true, "vlans": [ { "id": 5 } ], "interfaces": [ { "name": "p1", "access": 5, "shutdown": true }, { "name": "Vlan5", "svi": 5, "addresses": ["192.0.2.254/24"] } ] }"""],
            [Host("h1", 1, "192.0.2.1", "192.0.2.254")],
            ["h1:eth0 d:p1"]);
        Assert.False(network["d"].Stations.Single().Up);
        Assert.Empty(network.Routes[network["d"]].Routes);
        Assert.Equal("h1 has no way to 192.0.2.254", Send(network, "h1", "192.0.2.254").Dropped);
    }

    [Fact]
    public void A_static_route_beats_OSPF_and_a_floating_one_waits_behind_it()
    {
        RunningNetwork network = Build(
            [
                Router("r1", 1, "10.0.12.1", "10.0.13.1", """, "ospf": { "routerId": "1.1.1.1" }, "routes": [ { "to": "203.0.113.0/24", "via": ["10.0.13.2"] }, { "to": "198.51.100.0/24", "via": ["10.0.13.2"], "distance": 200 } ]"""),
                Router("r2", 2, "10.0.12.2", "203.0.113.1", """, "ospf": { "routerId": "2.2.2.2" } """, loopback: "198.51.100.1/24"),
                Router("r3", 3, "10.0.13.2", "192.0.2.1", ""),
            ],
            [Host("h", 1, "203.0.113.7", "203.0.113.1")],
            ["r1:p1 r2:p1", "r1:p2 r3:p1", "h:eth0 r2:p2"]);
        RoutingTable routes = network.Routes[network["r1"]];
        Assert.Equal("10.0.13.2", routes.LongestMatch(Ipv4Address.Parse("203.0.113.9"))!.Hops.Single().Via.ToString());
        Assert.Equal(RouteProtocol.NetMgmt, routes.LongestMatch(Ipv4Address.Parse("203.0.113.9"))!.Protocol);
        // OSPF announces the loopback's address, a longer prefix than the floating route's.
        Assert.Equal(RouteProtocol.Ospf, routes.LongestMatch(Ipv4Address.Parse("198.51.100.1"))!.Protocol);
        Assert.Equal(RouteProtocol.NetMgmt, routes.LongestMatch(Ipv4Address.Parse("198.51.100.2"))!.Protocol);
    }

    [Fact]
    public void Redistributed_routes_go_by_metric_then_by_the_way_to_who_announces_them()
    {
        RunningNetwork network = Build(
            [
                Router("r1", 1, "10.0.12.1", "10.0.13.1", """, "ospf": { "routerId": "1.1.1.1" }"""),
                Router("r2", 2, "10.0.12.2", "10.0.2.1", """, "ospf": { "routerId": "2.2.2.2", "exclude": ["p2"], "redistribute": { "static": 20, "connected": 5 } }, "routes": [ { "to": "203.0.113.0/24", "null": true } ]"""),
                Router("r3", 3, "10.0.13.2", "10.0.3.1", """, "ospf": { "routerId": "3.3.3.3", "exclude": ["p2"], "redistribute": { "static": 30 } }, "routes": [ { "to": "203.0.113.0/24", "null": true } ]"""),
            ],
            [Host("h2", 1, "10.0.2.2", "10.0.2.1"), Host("h3", 2, "10.0.3.2", "10.0.3.1")],
            ["r1:p1 r2:p1", "r1:p2 r3:p1", "h2:eth0 r2:p2", "h3:eth0 r3:p2"]);
        RoutingTable routes = network.Routes[network["r1"]];
        Assert.Equal("10.0.12.2", routes.LongestMatch(Ipv4Address.Parse("203.0.113.9"))!.Hops.Single().Via.ToString());
        Assert.Equal(5, routes.LongestMatch(Ipv4Address.Parse("10.0.2.2"))!.Metric);
        Assert.Null(routes.LongestMatch(Ipv4Address.Parse("10.0.3.2")));
    }

    [Fact]
    public void A_loop_of_static_routes_ends_by_time_to_live()
    {
        RunningNetwork network = Build(
            [
                Router("r1", 1, "10.0.12.1", "192.0.2.254", """, "routes": [ { "to": "203.0.113.0/24", "via": ["10.0.12.2"] } ]"""),
                Router("r2", 2, "10.0.12.2", "198.51.100.1", """, "routes": [ { "to": "203.0.113.0/24", "via": ["10.0.12.1"] } ]"""),
            ],
            [Host("h1", 1, "192.0.2.1", "192.0.2.254")],
            ["r1:p1 r2:p1", "h1:eth0 r1:p2"]);
        Assert.Equal("203.0.113.9 is not reached in 64 hops", Send(network, "h1", "203.0.113.9").Dropped);
    }

    [Fact]
    public void Clients_of_one_access_point_talk_through_the_controller()
    {
        var campus = new RunningNetwork(DemoCampus.Load());
        Journey journey = Send(campus, "laptop-1", "10.1.15.118");
        Assert.Null(journey.Dropped);
        Assert.Equal(
            ["AP7081.059f.19ca:GigabitEthernet0 > Campus-WLC-5508:management", "laptop-1:eth0 > phone-1:eth0",
                "Campus-WLC-5508:management > AP7081.059f.19ca:GigabitEthernet0"],
            journey.Trips.Select(t => $"{t.From} > {t.To}"));
    }

    [Fact]
    public void The_equal_cost_choice_is_the_documented_hash()
    {
        var flow = new FiveTuple(Ipv4Address.Parse("10.1.15.117"), Ipv4Address.Parse("10.2.1.22"), 6, 52114, 445);
        // Worked out by another program, in another language, from the page alone.
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1], Enumerable.Range(1, 12).Select(seed => FlowHash.Choose((uint)seed, flow, 2)));
    }

    private static RunningNetwork Build(string[] devices, string[] hosts, string[] links) => new(NetworkDescription.Parse($$"""
        { "name": "small", "devices": [ {{string.Join(", ", devices)}} ], "hosts": [ {{string.Join(", ", hosts)}} ],
          "links": [ {{string.Join(", ", links.Select(link => $"[\"{link.Replace(" ", "\", \"", StringComparison.Ordinal)}\"]"))}} ] }
        """));

    private static string Switch(string name, int number, int priority) =>
        $$"""{ "name": "{{name}}", "kind": "switch", "hidden": true, "mac": "00:1b:21:00:0{{number}}:00", "stpPriority": {{priority}}, "interfaces": [ { "name": "p1", "access": 1 }, { "name": "p2", "access": 1 } ] }""";

    /// <summary>Two routed ports with /24 subnets; more keys begin with a comma.</summary>
    private static string Router(string name, int number, string first, string second, string more, string loopback = "") =>
        $$"""{ "name": "{{name}}", "kind": "router", "hidden": true, "mac": "00:1b:21:00:1{{number}}:00", "interfaces": [ { "name": "p1", "addresses": ["{{first}}/24"] }, { "name": "p2", "addresses": ["{{second}}/24"] }{{(loopback.Length > 0 ? $$""", { "name": "Loopback0", "addresses": ["{{loopback}}"] }""" : "")}} ]{{more}} }""";

    private static string Host(string name, int number, string address, string gateway) =>
        $$"""{ "name": "{{name}}", "mac": "00:1b:21:00:2{{number}}:00", "address": "{{address}}/24", "gateway": "{{gateway}}" }""";

    private static Journey Send(RunningNetwork network, string from, string destination) => new Forwarder(network).Send(
        network[from], new FiveTuple(network[from].Host!.Address.Address, Ipv4Address.Parse(destination), 17, 1000, 53));
}
