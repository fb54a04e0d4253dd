using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>A prefix in the table by several rows with different metrics: which of them forward depends on who put them there.</summary>
public sealed class SeveralMetricsTests
{
    private const string Left = "10.1.0.50", Right = "10.2.0.50";

    [Fact]
    public void EIGRP_forwards_by_all_of_them_the_more_the_lower_the_metric()
    {
        Trace trace = Square(RouteProtocol.Eigrp, 3072, RouteProtocol.Eigrp, 5376).Trace(Left, Right);
        Assert.Equal([("b", 0.64), ("c", 0.36)], Ways(trace));
        Assert.Equal([0.63, 0.36], FromA(trace).Select(edge => Math.Round(edge.Confidence, 2)));
        Assert.Equal("b", trace.Nodes[trace.Edges[trace.Shown[1]].To].Name); // it has the larger share
        Assert.Equal("One of 2 branches of unequal cost, which the device chooses by a hash of its own: collect its flow records "
            + "(top talkers).", FromA(trace).First().Reason);
    }

    [Fact]
    public void EIGRP_with_one_metric_forwards_by_equal_shares() =>
        Assert.Equal([("b", 0.5), ("c", 0.5)], Ways(Square(RouteProtocol.Eigrp, 3072, RouteProtocol.Eigrp, 3072).Trace(Left, Right)));

    [Fact]
    public void Of_another_protocol_the_lowest_forwards_and_whether_the_others_do_is_a_doubt()
    {
        Trace trace = Square(RouteProtocol.NetMgmt, 1, RouteProtocol.NetMgmt, 200).Trace(Left, Right);
        Assert.Equal([("b", 1)], Ways(trace));
        TraceEdge edge = FromA(trace).Single();
        Assert.Equal(RestsOn.InDoubt.Value, edge.Confidence);
        Assert.Equal("a has several routes for 10.2.0.0/24 with different metrics, and whether those with the higher ones forward, too, "
            + "no table tells: look at the device's own forwarding table.", edge.Reason);
    }

    [Fact]
    public void A_route_of_EIGRP_beside_a_worse_one_of_another_protocol_is_no_variance()
    {
        Trace trace = Square(RouteProtocol.Eigrp, 3072, RouteProtocol.Bgp, 5376).Trace(Left, Right);
        Assert.Equal([("b", 1)], Ways(trace));
        Assert.Equal(RestsOn.InDoubt.Value, FromA(trace).Single().Confidence);
    }

    [Fact]
    public void Net_snmp_lists_the_kernels_table_in_which_the_lowest_forwards()
    {
        NetworkBuilder network = Square(RouteProtocol.NetMgmt, 20, RouteProtocol.NetMgmt, 100);
        network["a"].System("Linux a 6.1.0", "1.3.6.1.4.1.8072.3.2.10");
        Trace trace = network.Trace(Left, Right);
        Assert.Equal([("b", 1)], Ways(trace));
        Assert.True(FromA(trace).Single().Confidence > RestsOn.InDoubt.Value);
    }

    [Fact]
    public void What_is_on_the_link_goes_before_every_route_in_reserve()
    {
        NetworkBuilder network = Square(RouteProtocol.Eigrp, 3072, RouteProtocol.Eigrp, 3072);
        network["e"].Route("10.2.0.0/24", "10.0.0.9", "Gi1", RouteProtocol.Ospf, 200);
        Trace trace = network.Trace(Left, Right);
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.All(trace.Edges.Where(edge => trace.Nodes[edge.From].Name == "e"),
            edge => Assert.True(edge.Confidence > RestsOn.InDoubt.Value));
    }

    private static (string, double)[] Ways(Trace trace) =>
        [.. FromA(trace).Select(edge => (trace.Nodes[edge.To].Name!, Math.Round(edge.Share, 2))).Order()];

    private static IEnumerable<TraceEdge> FromA(Trace trace) => trace.Edges.Where(edge => trace.Nodes[edge.From].Name == "a");

    /// <summary>h - a, then b or c, then e - h.</summary>
    private static NetworkBuilder Square(RouteProtocol byB, int metricByB, RouteProtocol byC, int metricByC)
    {
        var network = new NetworkBuilder();
        DeviceBuilder a = network.Device("a", "10.0.0.1").Address("Gi0", "10.1.0.1/24").Address("Gi1", "10.0.0.1/30")
            .Address("Gi2", "10.0.0.5/30").Arp("Gi0", Left, Mac(1));
        DeviceBuilder b = network.Device("b", "10.0.0.2").Address("Gi1", "10.0.0.2/30").Address("Gi2", "10.0.0.9/30");
        DeviceBuilder c = network.Device("c", "10.0.0.6").Address("Gi1", "10.0.0.6/30").Address("Gi2", "10.0.0.13/30");
        DeviceBuilder e = network.Device("e", "10.0.0.10").Address("Gi1", "10.0.0.10/30").Address("Gi2", "10.0.0.14/30")
            .Address("Gi0", "10.2.0.1/24").Arp("Gi0", Right, Mac(2));
        network.Cable("a:Gi1", "b:Gi1");
        network.Cable("a:Gi2", "c:Gi1");
        network.Cable("b:Gi2", "e:Gi1");
        network.Cable("c:Gi2", "e:Gi2");
        a.Route("10.2.0.0/24", "10.0.0.2", "Gi1", byB, metricByB).Route("10.2.0.0/24", "10.0.0.6", "Gi2", byC, metricByC)
            .Arp("Gi1", "10.0.0.2", b.MacOf("Gi1")).Arp("Gi2", "10.0.0.6", c.MacOf("Gi1"));
        b.Route("10.2.0.0/24", "10.0.0.10", "Gi2").Arp("Gi2", "10.0.0.10", e.MacOf("Gi1"));
        c.Route("10.2.0.0/24", "10.0.0.14", "Gi2").Arp("Gi2", "10.0.0.14", e.MacOf("Gi2"));
        return network;
    }
}
