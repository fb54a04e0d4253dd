using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Filtered;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Of two equal-cost ways, by r2 and by r3, the list shows one: that of which a router has a record, else that of the higher next hop.
/// </summary>
public sealed class ShownBranchTests
{
    private const int Tcp = 6, Udp = 17;

    [Fact]
    public void Without_a_record_the_higher_next_hop_is_shown_and_each_way_has_its_share()
    {
        Trace trace = Diamond().Trace(Left, Right);
        Assert.Equal("h r1 r3 r4 h", trace.Way());
        TraceEdge[] fork = Fork(trace);
        Assert.Equal(2, fork.Length);
        Assert.All(fork, edge =>
        {
            Assert.Equal((0.5, RestsOn.BothEnds.Value / 2, false), (edge.Share, edge.Confidence, edge.NamedByFlowRecord));
            Assert.Equal("One of 2 equal-cost branches, which the device chooses by a hash of its own: collect its flow records (top "
                + "talkers).", edge.Reason);
        });
    }

    [Theory]
    [InlineData("r1", "Gi0", "Gi1", "r2")] // the output, where the ways part
    [InlineData("r1", "Gi0", "Gi3", "r3")]
    [InlineData("r2", "Gi1", "Gi2", "r2")] // the input, further on
    [InlineData("r4", "Gi2", "Gi0", "r2")]
    [InlineData("r4", "Gi3", "Gi0", "r3")]
    public void A_record_names_the_way_by_its_output_at_the_fork_or_by_its_input_behind_it(
        string device, string input, string output, string way)
    {
        NetworkBuilder network = Diamond();
        network[device].Flow(Left, Right, input, output);
        Trace trace = network.Trace(Left, Right);
        Assert.Equal($"h r1 {way} r4 h", trace.Way());
        TraceEdge named = Assert.Single(Fork(trace), edge => edge.NamedByFlowRecord), other = Assert.Single(Fork(trace),
            edge => !edge.NamedByFlowRecord);
        Assert.Equal((RestsOn.BothEnds.Value, RestsOn.BothEnds.Value / 2), (named.Confidence, other.Confidence));
        Assert.Equal("A flow record names another branch.", other.Reason);
    }

    [Theory]
    [InlineData("r4", "Gi9", "Gi0")] // it came in by a port that is on neither way
    [InlineData("r1", "Gi0", "Gi9")]
    [InlineData("r2", "Gi2", "Gi1")] // the other direction
    public void A_record_that_fits_no_way_names_none(string device, string input, string output)
    {
        NetworkBuilder network = Diamond();
        network[device].Flow(Left, Right, input, output);
        Assert.DoesNotContain(network.Trace(Left, Right).Edges, edge => edge.NamedByFlowRecord);
    }

    [Fact]
    public void A_record_of_the_answers_names_nothing_of_the_way_there()
    {
        NetworkBuilder network = Diamond();
        network["r1"].Flow(Right, Left, "Gi1", "Gi0");
        Assert.DoesNotContain(network.Trace(Left, Right).Edges, edge => edge.NamedByFlowRecord);
    }

    [Fact]
    public void Records_of_both_ways_name_none()
    {
        NetworkBuilder network = Diamond();
        network["r1"].Flow(Left, Right, "Gi0", "Gi1").Flow(Left, Right, "Gi0", "Gi3");
        Trace trace = network.Trace(Left, Right);
        Assert.Equal("h r1 r3 r4 h", trace.Way());
        Assert.DoesNotContain(trace.Edges, edge => edge.NamedByFlowRecord);
    }

    /// <summary>The record is of TCP, from port 40000 to port 443.</summary>
    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(Tcp, 0, 0, true)]
    [InlineData(Tcp, 40000, 443, true)]
    [InlineData(Udp, 40000, 443, false)]
    [InlineData(Tcp, 40001, 443, false)]
    [InlineData(Tcp, 40000, 80, false)]
    [InlineData(0, 0, 443, true)]
    [InlineData(0, 0, 80, false)]
    public void A_record_counts_where_it_has_what_the_request_gives(int protocol, int sourcePort, int destinationPort, bool counts)
    {
        NetworkBuilder network = Diamond();
        network["r1"].Flow(Left, Right, "Gi0", "Gi1");
        Trace trace = network.Trace(Left, Right, protocol, sourcePort, destinationPort);
        Assert.Equal(counts, trace.Edges.Any(edge => edge.NamedByFlowRecord));
    }

    [Fact]
    public void Of_three_ways_two_that_are_named_share_what_the_third_has_not()
    {
        NetworkBuilder network = Diamond();
        DeviceBuilder r5 = network.Device("r5", "10.0.0.5").Address("Gi1", "198.51.100.18/30").Address("Gi2", "198.51.100.21/30");
        network["r1"].Address("Gi5", "198.51.100.17/30").Route("203.0.113.0/24", "198.51.100.18", "Gi5")
            .Arp("Gi5", "198.51.100.18", r5.MacOf("Gi1")).Flow(Left, Right, "Gi0", "Gi1").Flow(Left, Right, "Gi0", "Gi3");
        network.Cable("r1:Gi5", "r5:Gi1");
        Trace trace = network.Trace(Left, Right);
        Assert.Equal("h r1 r3 r4 h", trace.Way());
        Assert.Equal([RestsOn.BothEnds.Value / 2, RestsOn.BothEnds.Value / 2, RestsOn.BothEnds.Value / 3],
            Fork(trace).Select(edge => edge.Confidence));
        Assert.Equal([true, true, false], Fork(trace).Select(edge => edge.NamedByFlowRecord));
    }

    [Fact]
    public void On_one_port_the_records_next_hop_tells_the_ways_apart()
    {
        NetworkBuilder network = Segment();
        network["r1"].Flow(Left, Right, "Gi0", "Wan", nextHop: "198.51.100.2");
        Assert.Equal("h r1 r2 h", network.Trace(Left, Right).Way());
        network = Segment();
        network["r1"].Flow(Left, Right, "Gi0", "Wan"); // no next hop in it
        Assert.Equal("h r1 r3 h", network.Trace(Left, Right).Way());
    }

    [Fact]
    public void A_named_way_is_shown_though_a_filter_ends_it()
    {
        NetworkBuilder network = Diamond();
        network["r1"].Flow(Left, Right, "Gi0", "Gi3");
        network["r3"].Rule("Gi1", FilterDirection.In, "deny ip any any");
        Assert.Equal("r3 in Gi1, rule 10 of FILTER: deny ip any any", network.Trace(Left, Right).Verdict());
    }

    [Fact]
    public void In_a_tunnel_the_records_are_those_of_its_outer_addresses()
    {
        Assert.Equal("h r0 r1 r3 r4 h", Tunnelled("r1", "Down", "Gi9").Way());
        Assert.Equal("h r0 r1 r2 r4 h", Tunnelled("r1", "Down", "Gi1").Way());
        Assert.Equal("h r0 r1 r2 r4 h", Tunnelled("r4", "Gi2", "Gi0").Way());
    }

    private static TraceEdge[] Fork(Trace trace) => [.. trace.Edges.Where(edge => trace.Nodes[edge.From].Name == "r1")];

    /// <summary>r1, r2 and r3 on one Ethernet; both others stand in the destination's subnet.</summary>
    private static NetworkBuilder Segment()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.0.0.1").Address("Gi0", "192.0.2.1/24").Arp("Gi0", Left, Mac(1)).Address("Wan", "198.51.100.1/24")
            .Route("203.0.113.0/24", "198.51.100.2", "Wan").Route("203.0.113.0/24", "198.51.100.3", "Wan");
        foreach (int i in new[] { 2, 3 })
            network.Device($"r{i}", $"10.0.0.{i}").Address("Wan", $"198.51.100.{i}/24").Address("Lan", $"203.0.113.{i}/24")
                .Arp("Lan", Right, Mac(2));
        return network;
    }

    /// <summary>The diamond, crossed in a tunnel from a router before it to r4. A router has a record of the outer packets.</summary>
    private static Trace Tunnelled(string device, string input, string output)
    {
        NetworkBuilder network = Diamond();
        network.Device("r0", "10.9.0.1").Address("Lan", "192.0.3.1/24").Arp("Lan", "192.0.3.10", Mac(3)).Address("Up", "10.9.2.1/30")
            .Address("Loop0", "10.9.0.1/32").Address("Tunnel0", "10.9.1.1/30").Tunnel("Tunnel0", "10.9.0.1", "10.9.0.4")
            .Route("203.0.113.0/24", "10.9.1.2", "Tunnel0").Route("10.9.0.4/32", "10.9.2.2", "Up");
        network["r1"].Address("Down", "10.9.2.2/30").Route("10.9.0.4/32", "198.51.100.2", "Gi1")
            .Route("10.9.0.4/32", "198.51.100.6", "Gi3");
        network["r2"].Route("10.9.0.4/32", "198.51.100.10", "Gi2");
        network["r3"].Route("10.9.0.4/32", "198.51.100.14", "Gi2");
        network["r4"].Address("Loop0", "10.9.0.4/32").Address("Tunnel0", "10.9.1.2/30").Tunnel("Tunnel0", "10.9.0.4", "10.9.0.1");
        network[device].Flow("10.9.0.1", "10.9.0.4", input, output, protocol: 47);
        return network.Trace("192.0.3.10", Right, Tcp, 40000, 443);
    }
}
