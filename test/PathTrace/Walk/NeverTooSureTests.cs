using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>What is not there is said only of tables that were read whole, by devices that answer.</summary>
public sealed class NeverTooSureTests
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50";

    [Fact]
    public void A_firewall_that_tells_addresses_and_ARP_and_no_routes_has_not_told_whether_it_has_one()
    {
        NetworkBuilder network = Chain();
        network["fw"].WithoutRoutes().Read(Route.IpCidrRouteTable, ReadingOutcome.NotServed, "Nothing below 1.3.6.1.2.1.4.24.4.1.");
        foreach ((string from, string to) in new[] { (H1, H2), (H2, H1) })
        {
            Trace trace = network.Trace(from, to);
            Assert.Equal(new Ending.Unknown(network["fw"].Build().Id,
                $"Whether fw routes {to} is not told. ipCidrRouteTable was not served: Nothing below 1.3.6.1.2.1.4.24.4.1. Collect it again; 'towpath device fw --coverage' says what helps."), trace.Ending);
            Assert.Equal("fw", trace.ShownNodes.Last().Name);
        }
    }

    [Fact]
    public void A_table_that_was_cut_has_no_say_in_what_is_not_in_it_nor_in_what_is_dropped()
    {
        NetworkBuilder network = Chain();
        network["fw"].NullRoute("10.66.0.0/16");
        Assert.IsType<Ending.NoRoute>(network.Trace(H1, "10.99.0.1").Ending);
        Assert.IsType<Ending.NullRouted>(network.Trace(H1, "10.66.0.1").Ending);
        network["fw"].Read(Route.InetCidrRouteTable, ReadingOutcome.Truncated, "inetCidrRouteTable was cut after 1000 rows.");
        foreach (string destination in new[] { "10.99.0.1", "10.66.0.1" })
            Assert.Contains("inetCidrRouteTable was read in part: inetCidrRouteTable was cut after 1000 rows.",
                Missing(network.Trace(H1, destination)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_VPN_whose_table_was_cut_has_no_say_either()
    {
        NetworkBuilder network = Chain();
        network["fw"].Vrf("red", "In", "Out");
        Assert.IsType<Ending.NoRoute>(network.Trace(H1, "10.99.0.1").Ending);
        network["fw"].Read(VrfRoute.MplsL3VpnVrfRteTable, ReadingOutcome.NoAnswer, "Nothing came back.");
        Assert.Contains("mplsL3VpnVrfRteTable was not answered: Nothing came back.", Missing(network.Trace(H1, "10.99.0.1")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_table_without_the_devices_own_subnet_contradicts_its_addresses()
    {
        NetworkBuilder network = Chain();
        network["r2"].WithoutRoutes().Route("10.1.0.0/24", "10.0.0.5", "Up");
        Assert.Contains("r2 stands in 10.2.0.0/24 by Lan, and its route table does not hold that", Missing(network.Trace(H1, H2)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_answers_no_more_says_nothing_of_what_is_not_there()
    {
        NetworkBuilder network = Chain();
        network["fw"].Silent("No SNMP answer from 10.0.0.2.");
        Assert.Contains("fw answers no more, its tables are those of 2026-11-21 12:00 UTC: make it answer",
            Missing(network.Trace(H1, "10.99.0.1")), StringComparison.Ordinal);
    }

    [Fact]
    public void Over_a_device_that_answers_no_more_a_step_is_a_doubt_on_both_sides_of_it()
    {
        NetworkBuilder network = Chain();
        Assert.All(network.Trace(H1, H2).Edges, edge => Assert.InRange(edge.Confidence, 0.9, 1));
        network["fw"].Silent("No SNMP answer from 10.0.0.2.");
        Trace trace = network.Trace(H1, H2);
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.Equal([0.95, 0.60, 0.60, 0.95], trace.Edges.Select(edge => edge.Confidence));
        Assert.All(trace.Edges.Skip(1).Take(2), edge => Assert.Equal(
            "fw answers no more, its tables are those of 2026-11-21 12:00 UTC: make it answer, then collect it again. No SNMP answer from 10.0.0.2.", edge.Reason));
    }

    [Fact]
    public void Over_devices_none_of_which_answers_no_step_is_sure()
    {
        NetworkBuilder network = Chain();
        foreach (string device in new[] { "r1", "fw", "r2" }) network[device].Silent();
        Trace trace = network.Trace(H1, H2);
        Assert.All(trace.Edges, edge => Assert.InRange(edge.Confidence, 0, 0.60));
        Assert.InRange(trace.Confidence, 0, 0.2);
    }

    [Fact]
    public void A_step_that_rests_on_a_table_read_in_part_is_a_doubt_with_its_reason()
    {
        NetworkBuilder network = Chain();
        network["fw"].Read(Route.InetCidrRouteTable, ReadingOutcome.Truncated, "inetCidrRouteTable was cut.");
        TraceEdge edge = network.Trace(H1, H2).Edges[2];
        Assert.Equal((0.60, "Rows of fw are missing: inetCidrRouteTable was read in part: inetCidrRouteTable was cut. Collect it again; 'towpath device fw --coverage' says what helps."), (edge.Confidence, edge.Reason));
        Assert.Equal(edge.Reason, edge.Evidence.First(fact => fact.Source == Route.InetCidrRouteTable).Doubt);
    }

    [Fact]
    public void A_file_that_tells_routes_is_evidence_as_a_table_is_and_a_doubt_where_it_was_read_in_part()
    {
        var file = FactSource.Named("routes.csv");
        NetworkBuilder whole = Chain(), cut = Chain();
        whole["fw"].RoutesFrom(file).Read(file, ReadingOutcome.Answered, facts: "routes");
        cut["fw"].RoutesFrom(file).Read(file, ReadingOutcome.Truncated, "line 9 is no route.", facts: "routes");
        TraceEdge sure = whole.Trace(H1, H2).Edges[2], doubtful = cut.Trace(H1, H2).Edges[2];
        Assert.Contains(sure.Evidence, fact => fact.Source.Name == "routes.csv" && fact.Doubt is null);
        Assert.InRange(sure.Confidence, 0.9, 1);
        Assert.Equal(0.60, doubtful.Confidence);
        Assert.Contains("routes.csv was read in part: line 9 is no route.", doubtful.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forwarding_database_read_in_part_makes_its_steps_a_doubt_and_leaves_other_VLANs_alone()
    {
        var floor = new Floor();
        floor.Sw1.Read(FdbEntry.Dot1dTpFdbTable, ReadingOutcome.Answered, context: "vlan-10")
            .Read(FdbEntry.Dot1dTpFdbTable, ReadingOutcome.Truncated, "cut", "vlan-20");
        Assert.All(floor.Network.Trace(Floor.H1, Floor.H3).Edges, edge => Assert.InRange(edge.Confidence, 0.95, 1));
        floor = new Floor();
        floor.Sw1.Read(FdbEntry.Dot1qTpFdbTable, ReadingOutcome.Truncated, "cut");
        Assert.Equal(0.60, floor.Network.Trace(Floor.H1, Floor.H3).Edges[0].Confidence);
        Assert.Equal(0.60, floor.Network.Trace(Floor.H1, Floor.H3).Edges[1].Confidence);
    }

    [Fact]
    public void A_VLAN_is_not_carried_only_where_the_tables_of_VLANs_were_read_whole()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Up", 20).Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(2), "Up");
        network.Device("sw2", "192.0.2.3").Access("Gi1", 10).Trunk("Up", 10).Fdb(10, Mac(2), "Gi1");
        network.Device("gw", "192.0.2.1").Address("Vlan10", "192.0.2.1/24").Arp("Vlan10", "192.0.2.10", Mac(1))
            .Arp("Vlan10", "192.0.2.20", Mac(2));
        network.Cable("sw1:Up", "sw2:Up");
        Assert.Equal("VLAN 10 is not carried on Up of sw1.",
            Assert.IsType<Ending.Blocked>(network.Trace("192.0.2.10", "192.0.2.20").Ending).Reason);
        network["sw1"].Read(VlanMember.VlanTrunkPortTable, ReadingOutcome.Truncated, "cut");
        Assert.StartsWith("Whether Up of sw1 carries VLAN 10 is not told. vlanTrunkPortTable was read in part: cut",
            Missing(network.Trace("192.0.2.10", "192.0.2.20")), StringComparison.Ordinal);
        network["sw1"].Silent();
        Assert.Contains("sw1 answers no more", Missing(network.Trace("192.0.2.10", "192.0.2.20")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_VLAN_is_not_carried_at_the_far_end_only_where_its_tables_were_read_whole()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Up", 10).Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(2), "Up");
        network.Device("sw2", "192.0.2.3").Access("Gi1", 10).Trunk("Up", 20).Fdb(10, Mac(2), "Gi1");
        network.Device("gw", "192.0.2.1").Address("Vlan10", "192.0.2.1/24").Arp("Vlan10", "192.0.2.10", Mac(1))
            .Arp("Vlan10", "192.0.2.20", Mac(2));
        network.Cable("sw1:Up", "sw2:Up");
        Assert.IsType<Ending.Blocked>(network.Trace("192.0.2.10", "192.0.2.20").Ending);
        network["sw2"].Read(VlanMember.Dot1qVlanCurrentTable, ReadingOutcome.Refused, "not in the view");
        Assert.Contains("dot1qVlanCurrentTable was refused: not in the view", Missing(network.Trace("192.0.2.10", "192.0.2.20")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Spanning_tree_blocks_only_where_the_VLANs_tree_was_read_whole()
    {
        var floor = new Floor();
        floor.Sw1.Stp(10, "Up", StpState.Blocking);
        Assert.IsType<Ending.Blocked>(floor.Network.Trace(Floor.H1, Floor.H3).Ending);
        floor.Sw1.Read(StpPort.Dot1dStpPortTable, ReadingOutcome.Answered)
            .Read(StpPort.Dot1dStpPortTable, ReadingOutcome.Truncated, "cut", "vlan-10");
        Assert.Contains("dot1dStpPortTable of vlan-10 was read in part: cut", Missing(floor.Network.Trace(Floor.H1, Floor.H3)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_not_learned_or_not_resolved_only_where_the_table_was_read_whole()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, Floor.M1, "Gi1").Read(FdbEntry.Dot1qTpFdbTable, ReadingOutcome.Truncated, "cut");
        floor.Dist.Read(ArpEntry.IpNetToPhysicalTable, ReadingOutcome.NoAnswer, "silent");
        Assert.Contains("Whether sw1 has learned 00:00:5e:00:53:03 (192.0.2.30) in VLAN 10 is not told (dot1qTpFdbTable was read in part: cut)", Missing(floor.Network.Trace(Floor.H1, Floor.H3)), StringComparison.Ordinal);
        Assert.Contains("Whether dist has an ARP entry for 198.51.100.77 is not told. ipNetToPhysicalTable was not answered: silent",
            Missing(floor.Network.Trace("198.51.100.1", "198.51.100.77")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_router_is_ruled_out_as_a_gateway_only_by_an_ARP_table_that_was_read_whole()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Up", "10.9.0.1/24").Arp("Lan", H1, Mac(1));
        DeviceBuilder r2 = network.Device("r2", "10.1.0.2").Address("Lan", "10.1.0.2/24").Address("Up", "10.9.0.2/24");
        network["r1"].Arp("Up", "10.9.0.9", Mac(9));
        Assert.Single(network.Trace(H1, "10.9.0.9").Edges, edge => edge.From == 0);
        r2.Read(ArpEntry.IpNetToMediaTable, ReadingOutcome.Truncated, "cut");
        Assert.Equal(2, network.Trace(H1, "10.9.0.9").Edges.Count(edge => edge.From == 0));
    }

    [Fact]
    public void Two_rows_that_give_an_address_two_MACs_make_its_place_a_doubt()
    {
        NetworkBuilder network = Chain();
        network.Device("other", "10.2.0.9").Address("Lan", "10.2.0.9/24").Arp("Lan", H2, Mac(99));
        TraceEdge there = network.Trace(H1, H2).Edges[^1], back = network.Trace(H2, H1).Edges[0];
        Assert.Equal([0.60, 0.60], [there.Confidence, back.Confidence]);
        Assert.StartsWith("Two rows contradict each other: 10.2.0.50 is 00:00:5e:00:53:02, and 00:00:5e:00:53:63 on other Lan.",
            there.Reason, StringComparison.Ordinal);
        network["other"].Silent();
        Assert.Equal(0.95, network.Trace(H1, H2).Edges[^1].Confidence);
    }

    [Fact]
    public void A_tag_that_follows_from_a_name_only_is_no_proof_that_a_VLAN_is_not_carried()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Gi0/0.1", "10.2.0.1/24").Arp("Lan", H1, Mac(1))
            .Arp("Gi0/0.1", H2, Mac(2)).Port("Gi0/0");
        network.Device("sw", "10.2.0.3").Trunk("Up", 100).Access("Gi1", 100); // it has not learned h2, which would tell the tag
        network.Cable("r1:Gi0/0", "sw:Up");
        Assert.StartsWith("The tag of Gi0/0.1 is not told, and by its number it would be 1.", Missing(network.Trace(H1, H2)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Through_a_device_that_filters_by_policy_no_step_is_sure_and_the_device_says_so()
    {
        NetworkBuilder network = Chain();
        network["fw"].System("Cisco Adaptive Security Appliance Version 9.8(2)");
        Trace trace = network.Trace(H1, H2);
        Assert.Equal([0.95, 0.90, 0.90, 0.90], trace.Edges.Select(edge => edge.Confidence)); // the ports are known by their subnets anyway
        Assert.Equal("policy not evaluated: fw (Cisco ASA) may filter, translate or route by what no table tells; look there.",
            trace.ShownNodes.ElementAt(2).PolicyNotEvaluated);
        network.Cable("fw:Out", "r2:Up");
        Trace through = network.Trace(H1, H2);
        ImmutableArray<TraceEdge> edges = through.Edges;
        Assert.All(edges.Skip(2), edge => // what it has translated goes on as another packet
            Assert.Equal((0.90, trace.ShownNodes.ElementAt(2).PolicyNotEvaluated), (edge.Confidence, edge.Reason)));
        Assert.All(edges.Take(2), edge => Assert.NotEqual(RestsOn.Policy.Name, edge.Class));
        // It is one doubt, however many steps follow; each of them is no surer than any other step.
        Assert.Equal(0.95 * 0.90 * RestsOn.Policy.Value * 0.99 * 0.99, through.Confidence, 6);
    }

    [Fact]
    public void An_address_of_a_device_that_translates_by_policy_is_as_sure_as_one_step_more()
    {
        NetworkBuilder network = Chain();
        Trace plain = network.Trace(H1, "10.0.0.5");
        network["fw"].System("Cisco Adaptive Security Appliance Version 9.8(2)");
        Trace trace = network.Trace(H1, "10.0.0.5");
        Assert.Equal(("fw", new Ending.Delivered()), (trace.ShownNodes.Last().Name, trace.Ending));
        Assert.Equal(RestsOn.Policy.Value * plain.Confidence, trace.Confidence, 6);
    }

    private static string Missing(Trace trace) => Assert.IsType<Ending.Unknown>(trace.Ending).Missing;

    /// <summary>h1 - r1 - fw - r2 - h2, each told by ARP and routes.</summary>
    private static NetworkBuilder Chain()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Up", "10.0.0.1/30");
        DeviceBuilder fw = network.Device("fw", "10.0.0.2").Address("In", "10.0.0.2/30").Address("Out", "10.0.0.5/30");
        DeviceBuilder r2 = network.Device("r2", "10.2.0.1").Address("Lan", "10.2.0.1/24").Address("Up", "10.0.0.6/30");
        r1.Arp("Lan", H1, Mac(1)).Arp("Up", "10.0.0.2", fw.MacOf("In")).Route("0.0.0.0/0", "10.0.0.2", "Up", RouteProtocol.NetMgmt);
        fw.Arp("In", "10.0.0.1", r1.MacOf("Up")).Arp("Out", "10.0.0.6", r2.MacOf("Up")).Route("10.1.0.0/24", "10.0.0.1", "In")
            .Route("10.2.0.0/24", "10.0.0.6", "Out");
        r2.Arp("Lan", H2, Mac(2)).Arp("Up", "10.0.0.5", fw.MacOf("Out")).Route("0.0.0.0/0", "10.0.0.5", "Up", RouteProtocol.NetMgmt);
        return network;
    }
}
