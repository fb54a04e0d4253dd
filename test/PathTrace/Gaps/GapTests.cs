using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>A provider that nobody manages between headquarters (h - hq) and branches (br1 - h).</summary>
public sealed class GapTests
{
    private const string Hq = "192.0.2.10", Branch = "203.0.113.20";

    [Fact]
    public void A_flow_record_beyond_the_gap_resumes_the_trace_where_it_came_in()
    {
        NetworkBuilder network = Wan(out _, out DeviceBuilder branch, out _);
        branch.Flow(Hq, Branch, "Wan", "Lan");
        network.Trace(Hq, Branch).Is("gap-flow-record");
    }

    [Fact]
    public void A_flow_record_of_other_ports_does_not_answer_for_these()
    {
        NetworkBuilder network = Wan(out _, out DeviceBuilder branch, out _);
        branch.Flow(Hq, Branch, "Wan", "Lan");
        var flow = new Flow(Ipv4Address.Parse(Hq), Ipv4Address.Parse(Branch), 17, 1000, 2000);
        Assert.DoesNotContain(new PathTracer(network.Build()).Run(flow).Edges, edge => edge.Label == "NetFlow");
    }

    [Fact]
    public void Without_records_the_router_that_delivers_and_answers_into_the_gap_resumes_it() =>
        Wan(out _, out _, out _).Trace(Hq, Branch).Is("gap-anchor");

    [Fact]
    public void A_router_behind_the_delivering_one_is_reached_through_it()
    {
        NetworkBuilder network = Wan(out _, out DeviceBuilder branch, out _);
        DeviceBuilder inner = network.Device("inner", "203.0.113.129").Address("Up", "203.0.113.130/30").Address("Lan", "10.7.7.1/24")
            .Arp("Lan", "10.7.7.9", Mac(9))
            .Route("0.0.0.0/0", "203.0.113.129", "Up", RouteProtocol.NetMgmt);
        branch.Address("Inner", "203.0.113.129/30").Route("10.7.7.0/24", "203.0.113.130", "Inner");
        network.Cable("br1:Inner", "inner:Up");
        Assert.Equal(["", "hq", "", "br1", "inner", ""], network.Trace(Hq, "10.7.7.9").ShownNodes.Select(node => node.Name ?? ""));
    }

    [Fact]
    public void Two_routers_that_deliver_are_two_branches()
    {
        NetworkBuilder network = Wan(out _, out _, out _);
        network.Device("br1b", "198.51.100.14").Address("Wan", "198.51.100.14/30").Address("Lan", "203.0.113.2/24")
            .Arp("Lan", Branch, Mac(2)).Route("0.0.0.0/0", "198.51.100.13", "Wan", RouteProtocol.NetMgmt);
        network.Trace(Hq, Branch).Is("gap-two-anchors");
    }

    [Fact]
    public void Of_two_doors_the_one_is_taken_by_which_the_destination_answers() => TwoDoors().Trace(Hq, "10.7.7.9").Is("gap-two-doors");

    [Fact]
    public void A_filter_on_the_way_back_does_not_change_the_door()
    {
        NetworkBuilder network = TwoDoors();
        network["core"].Rule("Lan", FilterDirection.In, "deny ip any any");
        Assert.Equal(TwoDoors().Trace(Hq, "10.7.7.9").ToText(), network.Trace(Hq, "10.7.7.9").ToText());
    }

    [Fact]
    public void An_address_of_a_door_itself_may_be_reached_by_the_other_one() =>
        TwoDoors().Trace(Hq, "10.7.0.1").Is("gap-address-of-a-door");

    [Fact]
    public void A_destination_that_no_managed_router_delivers_ends_in_UNKNOWN() =>
        Wan(out _, out _, out _).Trace(Hq, "10.200.0.1").Is("gap-no-resume");

    [Fact]
    public void Two_gaps_are_two_UNKNOWN_elements()
    {
        NetworkBuilder network = Wan(out _, out DeviceBuilder branch, out DeviceBuilder transit);
        branch.Flow(Hq, Branch, "Wan", "Lan");
        transit.Flow(Hq, Branch, "East", "West").Route("203.0.113.0/24", "198.51.100.25", "West");
        network.Trace(Hq, Branch).Is("two-gaps");
    }

    /// <summary>A campus (10.7.7.0/24 behind core) has two doors to the provider, d1 and d2; core prefers d2.</summary>
    private static NetworkBuilder TwoDoors()
    {
        NetworkBuilder network = Wan(out _, out _, out _);
        network.Device("d1", "10.7.0.1").Address("Loopback0", "10.7.0.1/32").Address("Wan", "198.51.100.34/30")
            .Address("Core", "10.7.1.1/30")
            .Route("192.0.2.0/24", "198.51.100.33", "Wan", RouteProtocol.NetMgmt).Route("10.7.7.0/24", "10.7.1.2", "Core")
                .Route("10.7.0.2/32", "10.7.1.2", "Core");
        network.Device("d2", "10.7.0.2").Address("Loopback0", "10.7.0.2/32").Address("Wan", "198.51.100.38/30")
            .Address("Core", "10.7.2.1/30")
            .Route("192.0.2.0/24", "198.51.100.37", "Wan", RouteProtocol.NetMgmt).Route("10.7.7.0/24", "10.7.2.2", "Core")
                .Route("10.7.0.1/32", "10.7.2.2", "Core");
        network.Device("core", "10.7.7.1").Address("One", "10.7.1.2/30").Address("Two", "10.7.2.2/30").Address("Lan", "10.7.7.1/24")
            .Arp("Lan", "10.7.7.9", Mac(9))
            .Route("192.0.2.0/24", "10.7.2.1", "Two").Route("10.7.0.1/32", "10.7.1.1", "One").Route("10.7.0.2/32", "10.7.2.1", "Two");
        network.Cable("d1:Core", "core:One");
        network.Cable("d2:Core", "core:Two");
        return network;
    }

    /// <summary>
    /// hq sends everything to the provider; br1 delivers the branch LAN; transit stands between two providers and is passed only where a
    /// record says so.
    /// </summary>
    private static NetworkBuilder Wan(out DeviceBuilder hq, out DeviceBuilder branch, out DeviceBuilder transit)
    {
        var network = new NetworkBuilder();
        hq = network.Device("hq", "198.51.100.2").Address("Lan", "192.0.2.1/24").Address("Wan", "198.51.100.2/30").Arp("Lan", Hq, Mac(1))
            .Arp("Wan", "198.51.100.1", Mac(0xee)).Route("0.0.0.0/0", "198.51.100.1", "Wan", RouteProtocol.Bgp);
        branch = network.Device("br1", "198.51.100.10").Address("Wan", "198.51.100.10/30").Address("Lan", "203.0.113.1/25")
            .Arp("Lan", Branch, Mac(2))
            .Route("0.0.0.0/0", "198.51.100.9", "Wan", RouteProtocol.NetMgmt);
        transit = network.Device("transit", "198.51.100.22").Address("East", "198.51.100.22/30").Address("West", "198.51.100.26/30")
            .Route("192.0.2.0/24", "198.51.100.21", "East");
        return network;
    }
}
