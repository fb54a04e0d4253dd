using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Behind a gap a flow record shows where the packet came in, if it came in by a port that faces something unmanaged.
/// <code>  h -Lan-near-Wan - ? - Wan-exit-Lan- h2</code>
/// </summary>
public sealed class FlowRecordTests
{
    private const string Near = "192.0.2.10", Far = "203.0.113.20";

    [Theory]
    [InlineData("a free port", true)]
    [InlineData("a link", false)]
    [InlineData("a link with a stranger", true)]
    [InlineData("hosts", false)]
    [InlineData("a switch port", false)]
    [InlineData("a VLAN", false)]
    [InlineData("a VLAN with a route", true)]
    [InlineData("a subinterface", true)]
    [InlineData("no interface of the device", false)]
    [InlineData("its output", false)]
    public void The_port_that_the_record_names_faces_a_gap_or_it_is_no_record_of_this_one(string input, bool resumes)
    {
        NetworkBuilder network = Gap();
        DeviceBuilder exit = network["exit"];
        string port = input switch { "a VLAN" or "a VLAN with a route" => "Vlan7", "a subinterface" => "Wan.7", _ => "Wan" };
        exit.Port("Wan");
        exit.Address(port, "198.51.100.10/30");
        if (input.StartsWith("a link", StringComparison.Ordinal))
        {
            network.Device("other", "10.0.0.9").Port("Gi1");
            network.Cable("exit:Wan", "other:Gi1");
        }
        if (input == "a link with a stranger") exit.HearsCdp("Wan", "stranger", "eth0", 1);
        if (input == "hosts") exit.Arp("Wan", "198.51.100.9", Mac(9));
        if (input == "a switch port") exit.Access("Wan", 7);
        if (input == "a VLAN with a route") exit.Route("10.99.0.0/16", "198.51.100.9", "Vlan7");
        exit.Flow(Near, Far, port, input == "its output" ? "Wan" : "Lan");
        NetworkDevice[] devices = [.. network.Build().Devices];
        if (input == "no interface of the device")
            devices[1] = new NetworkDevice(devices[1].Id, devices[1].ManagementAddress, devices[1].Snapshot with
            {
                TopFlows = [.. devices[1].Snapshot.TopFlows.Select(flow => flow with { Input = new IfIndex(99) })],
            });
        Trace trace = NetworkSnapshot.Build(devices).Trace(Near, Far);
        Assert.Equal(resumes ? "h near ? exit h" : "h near ?", trace.Way());
        if (resumes) Assert.Equal("NetFlow", trace.Edges[trace.Shown[2]].Label);
    }

    [Fact]
    public void Of_two_the_one_before_the_next_gap_is_nearer_and_else_both_are_guesses()
    {
        NetworkBuilder network = Gap();
        network["exit"].Address("Wan", "198.51.100.10/30").Flow(Near, Far, "Wan", "Lan");
        network.Device("transit", "10.0.0.8").Address("East", "198.51.100.14/30").Address("West", "198.51.100.18/30")
            .Flow(Near, Far, "East", "West").Route("203.0.113.0/24", "198.51.100.17", "West")
            .Route("192.0.2.0/24", "198.51.100.13", "East");
        Assert.Equal("h near ? transit ? exit h", network.Trace(Near, Far).Way());
        network = Gap();
        network["exit"].Address("Wan", "198.51.100.10/30").Flow(Near, Far, "Wan", "Lan");
        network.Device("exit2", "10.0.0.7").Address("Wan", "198.51.100.14/30").Address("Lan", "203.0.113.2/24").Arp("Lan", Far, Mac(2))
            .Flow(Near, Far, "Wan", "Lan").Flow(Near, Far, "Wan", "Lan");
        Trace trace = network.Trace(Near, Far);
        Assert.Equal("h near ?", trace.Way());
        Assert.Equal(2, Assert.IsType<Ending.Unknown>(trace.Ending).Candidates);
        Assert.EndsWith("Beyond it the packet may come to exit or exit2: collect flow records (top talkers) there.",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing, StringComparison.Ordinal);
        Assert.All(trace.Edges.Where(edge => trace.Nodes[edge.From].Kind == NodeKind.Unknown), edge => Assert.Equal(0.5, edge.Share));
    }

    [Fact]
    public void A_router_that_has_had_the_packet_already_is_not_where_it_comes_out()
    {
        NetworkBuilder network = Gap();
        network["near"].Flow(Near, Far, "Wan", "Lan");
        Assert.Equal("h near ?", network.Trace(Near, Far).Way());
    }

    /// <summary>The exit's routes toward the source are not told, so that nothing but a record leads there.</summary>
    private static NetworkBuilder Gap()
    {
        var network = new NetworkBuilder();
        network.Device("near", "198.51.100.2").Address("Lan", "192.0.2.1/24").Address("Wan", "198.51.100.2/30").Arp("Lan", Near, Mac(1))
            .Arp("Wan", "198.51.100.1", Mac(0xee)).Route("203.0.113.0/24", "198.51.100.1", "Wan");
        network.Device("exit", "203.0.113.1").Address("Lan", "203.0.113.1/24").Arp("Lan", Far, Mac(2));
        return network;
    }
}
