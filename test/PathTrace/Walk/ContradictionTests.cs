using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Where two rows contradict each other and nothing decides, the step that rests on one of them is a doubt.</summary>
public sealed class ContradictionTests
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50";

    [Fact]
    public void A_source_that_two_switches_have_on_a_port_of_its_own_is_a_doubt_by_reason_and_remedy()
    {
        NetworkBuilder network = TwoSwitches();
        TraceEdge first = network.Trace(H1, H2).Edges[0];
        Assert.Equal(0.60, first.Confidence);
        Assert.Equal("Two rows contradict each other: 00:00:5e:00:53:01 was learned on Gi1 of sw1 and on Gi7 of sw2. Ping its host, "
            + "then collect both again; if it stays so, find out who uses the address twice.", first.Reason);
        Assert.Contains(first.Evidence, fact => fact.Method == "contradicts the row that is followed");
    }

    [Fact]
    public void A_reading_that_is_newer_by_a_few_minutes_decides_nothing()
    {
        NetworkBuilder network = TwoSwitches();
        network["sw2"].CollectedAt(Noon.AddMinutes(20));
        Assert.Equal(0.60, network.Trace(H1, H2).Edges[0].Confidence);
        network["sw2"].CollectedAt(Noon.AddHours(5)); // the other's row has aged out by then
        Assert.Equal(0.95, network.Trace(H1, H2).Edges[0].Confidence);
    }

    [Fact]
    public void A_port_of_another_VLAN_of_a_silent_switch_a_bundle_or_toward_a_managed_device_contradicts_nobody()
    {
        NetworkBuilder otherVlan = TwoSwitches(vlan: 11), silent = TwoSwitches(), bundle = TwoSwitches(port: "Po7"),
            uplink = TwoSwitches(), crowd = TwoSwitches();
        silent["sw2"].Silent();
        uplink["sw2"].Fdb(10, uplink["gw"].MacOf("Gi9"), "Gi7");
        for (int i = 20; i < 24; i++) crowd["sw2"].Fdb(10, Mac(i), "Gi7");
        Assert.All([otherVlan, silent, bundle, uplink, crowd], network => Assert.Equal(0.95, network.Trace(H1, H2).Edges[0].Confidence));
    }

    [Fact]
    public void A_destination_that_two_ports_of_one_switch_have_is_a_doubt_whichever_table_says_so()
    {
        NetworkBuilder same = TwoSwitches(), untold = TwoSwitches();
        same["sw1"].Fdb(20, Mac(2), "Gi3"); // later rows of one VLAN: another table's, or another context's
        untold["sw1"].Fdb(0, Mac(2), "Gi3");
        foreach (NetworkBuilder network in new[] { same, untold })
        {
            TraceEdge last = network.Trace(H1, H2).Edges[^1];
            Assert.Equal(0.60, last.Confidence);
            Assert.Contains("was learned on Gi", last.Reason, StringComparison.Ordinal);
        }
        Assert.Equal(0.95, TwoSwitches().Trace(H1, H2).Edges[^1].Confidence);
    }

    [Fact]
    public void A_destination_that_was_seen_elsewhere_after_the_switch_was_read_may_have_moved()
    {
        NetworkBuilder network = TwoSwitches(vlan: 11);
        network["sw2"].Access("Gi8", 20).Fdb(20, Mac(2), "Gi8");
        Assert.Equal(0.95, network.Trace(H1, H2).Edges[^1].Confidence); // the frame is forwarded by sw1, whatever row sw2 still has
        network["sw2"].CollectedAt(Noon.AddMinutes(10));
        TraceEdge last = network.Trace(H1, H2).Edges[^1];
        Assert.Equal(0.60, last.Confidence);
        Assert.Contains("Gi8 of sw2", last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_address_that_two_devices_have_starts_the_path_in_doubt()
    {
        NetworkBuilder network = Routers();
        network.Device("twin", "10.9.9.9").Address("Lan", "10.1.0.1/24");
        TraceEdge first = network.Trace("10.1.0.1", H2).Edges[0];
        Assert.Equal((0.60, "Two devices have 10.1.0.1: Lan of r1 and Lan of twin, and no table tells which one is meant. Give each "
            + "an address of its own, or ping it from the device before, and collect again."), (first.Confidence, first.Reason));
        network["twin"].Down("Lan");
        Assert.Equal(0.99, network.Trace("10.1.0.1", H2).Edges[0].Confidence);
        network["twin"].Silent();
        Assert.Equal(0.99, network.Trace("10.1.0.1", H2).Edges[0].Confidence);
    }

    [Fact]
    public void A_next_hop_that_two_devices_have_is_a_doubt_unless_a_row_or_a_link_chooses()
    {
        NetworkBuilder unresolved = Routers(resolved: false, cabled: false), resolved = Routers(cabled: false),
            cabled = Routers(resolved: false);
        foreach (NetworkBuilder network in new[] { unresolved, resolved, cabled })
            network.Device("twin", "10.9.9.9").Address("Up", "10.0.0.2/24");
        Assert.Equal(0.60, Toward(unresolved, "r2").Confidence);
        Assert.Contains("Two devices have 10.0.0.2", Toward(unresolved, "r2").Reason, StringComparison.Ordinal);
        Assert.Equal([0.90, 0.90], [Toward(resolved, "r2").Confidence, Toward(cabled, "r2").Confidence]);
    }

    [Fact]
    public void Two_routers_that_both_say_they_are_active_are_a_doubt()
    {
        MacAddress shared = MacAddress.Parse("00:00:0c:07:ac:0a");
        var network = new NetworkBuilder();
        foreach (string octet in new[] { "2", "3" })
            network.Device($"r{octet}", $"10.1.0.{octet}").Address("Lan", $"10.1.0.{octet}/24").Address("Far", $"10.2.0.{octet}/24")
                .Arp("Lan", H1, Mac(1)).Arp("Far", H2, Mac(2))
                .Shares("Lan", "10.1.0.254", shared, octet == "2" ? GatewayState.Active : GatewayState.Standby);
        Assert.Equal(0.95, network.Trace(H1, H2).Edges[0].Confidence);
        network["r3"].Shares("Lan", "10.1.0.254", shared, GatewayState.Active);
        TraceEdge first = network.Trace(H1, H2).Edges[0];
        Assert.Equal(0.60, first.Confidence);
        Assert.Contains("Two devices have 10.1.0.254", first.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_managed_neighbors_on_one_port_are_a_doubt_unless_one_of_them_leads_on()
    {
        var floor = new Floor();
        DeviceBuilder other = floor.Network.Device("other", "192.0.2.9").Trunk("Up", 10, 20).Trunk("Down", 10, 20);
        floor.Network.Cable("sw1:Up", "other:Up");
        Assert.DoesNotContain(floor.Network.Trace(Floor.H1, Floor.H2).Edges, edge => edge.Confidence <= 0.60);
        // dist has learned h3 on another port
        Assert.DoesNotContain(floor.Network.Trace(Floor.H1, Floor.H3).Edges, edge => edge.Confidence <= 0.60);
        other.Fdb(10, Floor.M3, "Down");
        TraceEdge doubt = Assert.Single(floor.Network.Trace(Floor.H1, Floor.H3).Edges, edge => edge.Confidence <= 0.60);
        Assert.StartsWith("Up leads to dist and to other, and no table tells which one takes the frame", doubt.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_address_of_an_interface_that_is_down_is_a_doubt()
    {
        NetworkBuilder network = Routers();
        Assert.Equal(0.99, network.Trace(H1, "10.2.0.1").Edges[^1].Confidence);
        network["r2"].Down("Lan");
        TraceEdge last = network.Trace(H1, "10.2.0.1").Edges[^1];
        Assert.Equal(0.60, last.Confidence);
        Assert.StartsWith("10.2.0.1 is an address of Lan of r2, which is down", last.Reason, StringComparison.Ordinal);
    }

    private static TraceEdge Toward(NetworkBuilder network, string device)
    {
        Trace trace = network.Trace(H1, H2);
        return Assert.Single(trace.Edges, edge => trace.Nodes[edge.To].Name == device);
    }

    /// <summary>h1 is on Gi1 of sw1 by one row, and on a port of sw2 by another; gw keeps no forwarding database. h2 is on sw1.</summary>
    private static NetworkBuilder TwoSwitches(int vlan = 10, string port = "Gi7")
    {
        var network = new NetworkBuilder();
        DeviceBuilder gw = network.Device("gw", "10.1.0.1").Address("Gi1.10", "10.1.0.1/24").Address("Gi1.20", "10.2.0.1/24")
            .Arp("Gi1.10", H1, Mac(1)).Arp("Gi1.20", H2, Mac(2));
        gw.Port("Gi9");
        network.Device("sw1", "10.1.0.2").Access("Gi1", 10).Access("Gi2", 20).Access("Gi3", 20).Trunk("Up", 10, 20).Fdb(10, Mac(1), "Gi1")
            .Fdb(20, Mac(2), "Gi2")
            .Fdb(10, gw.MacOf("Gi1.10"), "Up").Fdb(20, gw.MacOf("Gi1.20"), "Up");
        network.Device("sw2", "10.1.0.3").Access(port, vlan).Fdb(vlan, Mac(1), port);
        network.Cable("gw:Gi1", "sw1:Up");
        return network;
    }

    /// <summary>h1 - r1 - r2 - h2.</summary>
    private static NetworkBuilder Routers(bool resolved = true, bool cabled = true)
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Up", "10.0.0.1/24")
            .Arp("Lan", H1, Mac(1)).Route("10.2.0.0/24", "10.0.0.2", "Up");
        DeviceBuilder r2 = network.Device("r2", "10.2.0.1").Address("Lan", "10.2.0.1/24").Address("Up", "10.0.0.2/24")
            .Arp("Lan", H2, Mac(2)).Route("10.1.0.0/24", "10.0.0.1", "Up");
        if (resolved) r1.Arp("Up", "10.0.0.2", r2.MacOf("Up"));
        if (cabled) network.Cable("r1:Up", "r2:Up");
        return network;
    }
}
