using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Where a source is found, and whom it sends to first.</summary>
public sealed class FirstHopTests
{
    private const string Host = "10.1.0.50", Far = "10.2.0.50";

    [Fact]
    public void Of_several_routers_those_that_have_resolved_the_host_are_its_gateways()
    {
        NetworkBuilder network = Routers("r1", "r2", "r3");
        Assert.Equal(3, Gateways(network)); // in none of their tables
        network["r2"].Arp("Lan", Host, Mac(1));
        Assert.Equal(1, Gateways(network));
        Assert.Equal("h r2 h", network.Trace(Host, Far).Way());
        network["r3"].Arp("Lan", Host, Mac(1));
        Assert.Equal(2, Gateways(network));
        network["r1"].Flow(Host, Far, "Lan", "Up"); // the conversation has come in there
        Assert.Equal("h r1 h", network.Trace(Host, Far).Way());
    }

    [Fact]
    public void A_record_of_the_conversation_counts_where_it_came_in_by_the_hosts_subnet()
    {
        NetworkBuilder network = Routers("r1", "r2");
        network["r1"].Flow(Host, Far, "Up", "Lan");
        network["r2"].Flow(Host, "10.2.0.51", "Lan", "Up");
        Assert.Equal(2, Gateways(network));
    }

    [Fact]
    public void A_switch_with_one_address_is_no_gateway()
    {
        NetworkBuilder network = Routers("r1");
        network.Device("switch", "10.1.0.9").Address("Vlan1", "10.1.0.9/24").Arp("Vlan1", Host, Mac(1));
        Assert.Equal("h r1 h", network.Trace(Host, Far).Way());
    }

    [Fact]
    public void Without_a_router_in_the_hosts_subnet_the_trace_says_whom_to_discover()
    {
        var network = new NetworkBuilder();
        network.Device("switch", "10.1.0.9").Address("Vlan1", "10.1.0.9/24").Arp("Vlan1", Host, Mac(1));
        Assert.Equal($"No managed router stands in the subnet of {Host}: discover its gateway.", Missing(network.Trace(Host, Far)));
        Assert.Equal("No table tells the MAC address of 10.1.0.51 in 10.1.0.0/24: ping it, then collect again.",
            Missing(network.Trace(Host, "10.1.0.51")));
    }

    [Fact]
    public void An_address_is_resolved_by_its_owner_a_station_an_access_point_an_ARP_row_or_a_lease()
    {
        foreach (string known in new[] { "owner", "station", "access point", "ARP", "lease" })
        {
            var network = new NetworkBuilder();
            DeviceBuilder sw = network.Device("sw", "10.1.0.2").Access("Gi1", 1).Access("Gi2", 1).Address("Vlan1", "10.1.0.2/24")
                .Arp("Vlan1", Host, Mac(1)).Fdb(1, Mac(1), "Gi1").Fdb(1, Mac(2), "Gi2");
            DeviceBuilder other = network.Device("other", "192.0.2.1");
            _ = known switch
            {
                "owner" => other.Address("Lan", "10.1.0.51/24").Shared("Lan", Mac(2)),
                "station" => other.Station(Mac(2), "10.1.0.51", Mac(9), "clients"),
                "access point" => other.AccessPoint("ap", "10.1.0.51", Mac(2), Mac(9)),
                "ARP" => other.Arp("Lan", "10.1.0.51", Mac(2)),
                _ => other.Lease(1, Mac(2), "10.1.0.51", "Gi9"),
            };
            Trace trace = network.Trace(Host, "10.1.0.51");
            Assert.True(trace.Ending is Ending.Delivered, $"{known}: {trace.ToText()}");
            Assert.Equal("sw", trace.ShownNodes.ElementAt(1).Name);
        }
    }

    [Fact]
    public void A_routers_row_tells_more_than_a_switchs_and_a_host_that_some_switch_has_more_than_one_that_none_has()
    {
        var floor = new Floor();
        floor.Sw1.Address("Vlan10", "192.0.2.2/24").Arp("Vlan10", H1, NetworkBuilder.Mac(0x77)); // an older host's
        Assert.Equal("h sw1 dist sw2 h", floor.Network.Trace(H1, H3).Way());
        Assert.Equal(M1, floor.Network.Trace(H1, H3).Nodes[0].Mac);
        floor = new Floor();
        floor.Network.Device("other", "192.0.2.9").Address("Lan", "192.0.2.9/24").Address("Up", "10.0.0.1/24")
            .Arp("Lan", H1, NetworkBuilder.Mac(0x77)).CollectedAt(NetworkBuilder.Noon.AddMinutes(1));
        Assert.Equal(M1, floor.Network.Trace(H1, H3).Nodes[0].Mac);
    }

    [Fact]
    public void A_source_that_no_switch_has_learned_goes_straight_to_its_gateway_and_is_as_sure_as_its_subnet()
    {
        NetworkBuilder network = Routers("r1");
        network["r1"].Arp("Lan", Host, Mac(1));
        TraceEdge first = network.Trace(Host, Far).Edges[0];
        Assert.Equal((RestsOn.HostPort.Value, "A host is seen from its switch or gateway only."), // a routed port
            (first.Confidence, first.Reason));
        network.Device("neighbor", "10.3.0.1").Port("Gi1");
        network.Cable("r1:Lan", "neighbor:Gi1"); // somebody else is on that port
        Assert.Equal(RestsOn.SubnetOnly.Value, network.Trace(Host, Far).Edges[0].Confidence);
        network = Routers("r1");
        first = network.Trace(Host, Far).Edges[0];
        Assert.Equal((RestsOn.SubnetOnly.Value,
            $"No switch has learned the address of {Host}: only its subnet tells where it is. Ping it, then "
            + "collect again."), (first.Confidence, first.Reason));
        Assert.Equal("the source is in this subnet", network.Trace(Host, Far).Nodes[0].Evidence[0].Method);
    }

    [Fact]
    public void A_source_that_nobody_has_resolved_is_said_to_have_no_known_mac_address()
    {
        const string neighbor = "10.1.0.60"; // resolved, in the host's own subnet
        NetworkBuilder network = Routers("r1");
        network["r1"].Arp("Lan", neighbor, Mac(3));
        Assert.Equal($"No table tells the MAC address of {Host}: ping it, then collect again.", Missing(network.Trace(Host, neighbor)));
    }

    private static int Gateways(NetworkBuilder network) => network.Trace(Host, Far).Edges.Count(edge => edge.From == 0);

    private static string Missing(Trace trace) => Assert.IsType<Ending.Unknown>(trace.Ending).Missing;

    /// <summary>They stand in the host's subnet and in the destination's.</summary>
    private static NetworkBuilder Routers(params string[] names)
    {
        var network = new NetworkBuilder();
        foreach (string name in names)
            network.Device(name, $"192.0.2.{name[1]}").Address("Lan", $"10.1.0.{name[1]}/24").Address("Up", $"10.2.0.{name[1]}/24")
                .Arp("Up", Far, Mac(2));
        return network;
    }
}
