using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Where sw1 has not learned h3, a flooded frame follows the spanning tree. Two ways lead there:
/// <code>
///   h1 -Gi1-sw1-Near-----------Near-sw2-Gi2- h3
///            +-Far--One-sw3-Two--Far-+
/// </code>
/// </summary>
public sealed class SpanningTreePathTests
{
    [Fact]
    public void The_shorter_of_two_forwarding_ways_is_taken() => Assert.Equal("h sw1 sw2 h", Triangle().Trace(H1, H3).Way());

    [Theory]
    [InlineData("sw1", "Near", "blocked", "h sw1 sw3 sw2 h")]
    [InlineData("sw2", "Near", "blocked", "h sw1 sw3 sw2 h")]
    [InlineData("sw1", "Near", "without the VLAN", "h sw1 sw3 sw2 h")]
    [InlineData("sw2", "Near", "without the VLAN", "h sw1 sw3 sw2 h")]
    [InlineData("sw1", "Near", "routed", "h sw1 sw3 sw2 h")] // it has no VLANs where its device tells those of other ports
    [InlineData("sw3", "One", "blocked", "h sw1 sw2 h")]
    public void Ports_that_block_or_do_not_carry_the_VLAN_are_no_part_of_it(string device, string port, string how, string way)
    {
        NetworkBuilder network = Triangle((device, port, how));
        Trace trace = network.Trace(H1, H3);
        Assert.Equal(way, trace.Way());
        Assert.Equal("STP", trace.Edges[1].Label);
        Assert.Equal(RestsOn.TreeOnly.Value, trace.Edges[1].Confidence);
    }

    [Fact]
    public void A_VLAN_that_goes_without_a_tag_is_carried_too() =>
        Assert.Equal("h sw1 sw2 h", Triangle(("sw1", "Near", "untagged"), ("sw2", "Near", "untagged")).Trace(H1, H3).Way());

    [Fact]
    public void Where_every_way_is_blocked_there_is_none()
    {
        Trace trace = Triangle(("sw1", "Near", "blocked"), ("sw3", "Two", "blocked")).Trace(H1, H3);
        Assert.Equal("h sw1", trace.Way());
        Assert.IsType<Ending.Unknown>(trace.Ending);
    }

    [Fact]
    public void A_router_floods_nothing()
    {
        NetworkBuilder network = Triangle(("sw1", "Near", "blocked"));
        network["sw1"].Stp(10, "Far", StpState.Blocking);
        DeviceBuilder router = network.Device("router", "192.0.2.9");
        router.Port("A");
        router.Port("B");
        network.Cable("sw1:Side", "router:A");
        network.Cable("router:B", "sw2:Side");
        network["sw1"].Trunk("Side", 10);
        network["sw2"].Trunk("Side", 10);
        Assert.StartsWith("sw1 has not learned", Assert.IsType<Ending.Unknown>(network.Trace(H1, H3).Ending).Missing,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_switch_on_the_way_that_answers_no_more_makes_it_a_doubt()
    {
        NetworkBuilder network = Triangle(("sw1", "Near", "blocked"));
        network["sw3"].Silent();
        Assert.Equal(RestsOn.InDoubt.Value, network.Trace(H1, H3).Edges[1].Confidence);
        network = Triangle(("sw1", "Near", "blocked"));
        network["sw3"].Read(VlanMember.VlanTrunkPortTable, ReadingOutcome.Truncated, "cut");
        TraceEdge edge = network.Trace(H1, H3).Edges[1];
        Assert.Equal(RestsOn.InDoubt.Value, edge.Confidence);
        Assert.StartsWith("Rows of sw3 are missing: vlanTrunkPortTable was read in part: cut", edge.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_switch_itself_the_hosts_own_port_is_taken()
    {
        NetworkBuilder network = Triangle();
        network["sw1"].Access("Gi2", 10).Fdb(11, M4, "Gi2").Arp("Vlan10", H4, M4); // learned in another VLAN
        Assert.IsType<Ending.Unknown>(network.Trace(H1, H4).Ending);
        network = Triangle();
        network["sw1"].Access("Gi2", 10).Lease(10, M4, H4, "Gi2").Arp("Vlan10", H4, M4);
        Assert.Equal("h sw1 h", network.Trace(H1, H4).Way());
    }

    [Fact]
    public void Two_places_of_the_address_are_a_doubt()
    {
        NetworkBuilder network = Triangle();
        network["sw3"].Access("Gi7", 10).Fdb(10, M3, "Gi7");
        Assert.Contains(network.Trace(H1, H3).Edges, edge => edge.Confidence == RestsOn.InDoubt.Value
            && edge.Reason!.StartsWith("Two rows contradict each other", StringComparison.Ordinal));
    }

    private static NetworkBuilder Triangle(params (string Device, string Port, string How)[] changes)
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Address("Vlan10", "192.0.2.2/24").Arp("Vlan10", H1, M1)
            .Arp("Vlan10", H3, M3).Fdb(10, M1, "Gi1");
        network.Device("sw2", "192.0.2.3").Access("Gi2", 10).Fdb(10, M3, "Gi2");
        network.Device("sw3", "192.0.2.4");
        foreach ((string device, string port) in new[] { ("sw1", "Near"), ("sw1", "Far"), ("sw2", "Near"), ("sw2", "Far"), ("sw3", "One"),
            ("sw3", "Two") })
        {
            string how = changes.FirstOrDefault(change => change.Device == device && change.Port == port).How ?? "";
            if (how == "blocked") network[device].Stp(10, port, StpState.Blocking);
            if (how == "untagged") network[device].Native(port, 10);
            else if (how != "routed") network[device].Trunk(port, how == "without the VLAN" ? 20 : 10);
        }
        network.Cable("sw1:Near", "sw2:Near");
        network.Cable("sw1:Far", "sw3:One");
        network.Cable("sw3:Two", "sw2:Far");
        return network;
    }
}
