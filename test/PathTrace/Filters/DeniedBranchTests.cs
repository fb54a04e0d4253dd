using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Filtered;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>A filter on one of several ways ends that way only.</summary>
public sealed class DeniedBranchTests
{
    [Theory]
    [InlineData("r1", "Gi3", FilterDirection.Out)]
    [InlineData("r3", "Gi1", FilterDirection.In)]
    [InlineData("r3", "Gi2", FilterDirection.Out)]
    [InlineData("r4", "Gi3", FilterDirection.In)]
    public void The_sibling_goes_on_is_shown_and_is_as_sure_as_a_branch_is(string device, string port, FilterDirection direction)
    {
        NetworkBuilder network = Diamond();
        network[device].Rule(port, direction, "deny ip any any");
        Trace trace = network.Trace(Left, Right);
        Assert.Equal("delivered", trace.Verdict());
        Assert.Equal(["r1", "r2", "r4"], trace.ShownNodes.Select(node => node.Name).OfType<string>());
        Ending.Denied denied = Assert.Single(trace.Endings.Values.OfType<Ending.Denied>());
        Assert.Equal((network[device].Build().Id, port, direction), (denied.At, denied.InterfaceName, denied.Direction));
        TraceEdge branch = trace.Edges[trace.Shown[1]];
        Assert.Equal((0.5, RestsOn.BothEnds.Value / 2), (branch.Share, branch.Confidence));
    }

    [Fact]
    public void Where_each_way_is_denied_the_packet_is()
    {
        NetworkBuilder network = Diamond();
        network["r2"].Rule("Gi1", FilterDirection.In, "deny ip any any");
        network["r3"].Rule("Gi1", FilterDirection.In, "deny ip any any");
        Assert.Equal("r3 in Gi1, rule 10 of FILTER: deny ip any any", network.Trace(Left, Right).Verdict());

        network = Diamond();
        network["r1"].Rule("Gi1", FilterDirection.Out, "deny ip any any").Rule("Gi3", FilterDirection.Out, "deny ip any any");
        Assert.Equal("r1 out Gi1, rule 10 of FILTER: deny ip any any", network.Trace(Left, Right).Verdict());
    }

    [Fact]
    public void Of_three_ways_of_which_two_are_denied_at_the_fork_the_third_is_a_third()
    {
        NetworkBuilder network = Diamond();
        DeviceBuilder r5 = network.Device("r5", "10.0.0.5").Address("Gi1", "198.51.100.18/30").Address("Gi2", "198.51.100.21/30");
        network["r1"].Address("Gi5", "198.51.100.17/30").Route("203.0.113.0/24", "198.51.100.18", "Gi5")
            .Arp("Gi5", "198.51.100.18", r5.MacOf("Gi1"))
            .Rule("Gi5", FilterDirection.Out, "deny ip any any").Rule("Gi3", FilterDirection.Out, "deny ip any any");
        network.Cable("r1:Gi5", "r5:Gi1");
        Trace trace = network.Trace(Left, Right);
        Assert.Equal("delivered", trace.Verdict());
        Assert.Equal(RestsOn.BothEnds.Value / 3, trace.Edges[trace.Shown[1]].Confidence, 9);
    }

    [Fact]
    public void Two_ways_that_one_gate_refuses_end_in_one_element()
    {
        NetworkBuilder network = Diamond();
        network["r4"].Rule("Gi0", FilterDirection.Out, "deny ip any any");
        Trace trace = network.Trace(Left, Right);
        Assert.StartsWith("r4 out Gi0", trace.Verdict(), StringComparison.Ordinal);
        Assert.Equal(2, trace.Endings.Count); // it is entered by two ports
    }

    /// <summary>
    /// <code>
    ///                +-Te1- agg1 -Peer-+
    ///   h -Gi1-sw1-Po1               | -Gi9- h at agg1
    ///                +-Te2- agg2 -Peer-+
    /// </code>
    /// </summary>
    [Fact]
    public void A_member_toward_one_of_two_switches_that_share_a_bundle_closes_the_way_to_that_one()
    {
        const string h1 = "192.0.2.10", h3 = "192.0.2.30";
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Po1", 10).Bundle("Po1", "Te1", "Te2")
            .Address("Vlan10", "192.0.2.2/24").Arp("Vlan10", h1, Mac(1)).Arp("Vlan10", h3, Mac(3))
            .Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(3), "Po1").Rule("Te1", FilterDirection.Out, "deny ip any any");
        network.Device("agg1", "192.0.2.3").Trunk("Po1", 10).Bundle("Po1", "Eth1").Trunk("Peer", 10)
            .Access("Gi9", 10).Fdb(10, Mac(3), "Gi9");
        network.Device("agg2", "192.0.2.4").Trunk("Po1", 10).Bundle("Po1", "Eth1").Trunk("Peer", 10).Fdb(10, Mac(3), "Peer");
        network.Cable("sw1:Te1", "agg1:Eth1");
        network.Cable("sw1:Te2", "agg2:Eth1");
        network.Cable("agg1:Peer", "agg2:Peer");
        Trace trace = network.Trace(h1, h3);
        Assert.Equal("delivered", trace.Verdict());
        Assert.Equal(["sw1", "agg2", "agg1"], trace.ShownNodes.Select(node => node.Name).OfType<string>());
        Assert.Equal("Te1", Assert.Single(trace.Endings.Values.OfType<Ending.Denied>()).InterfaceName);
    }

    [Fact]
    public void A_VPNs_host_that_a_filter_stops_is_no_less_the_one_that_was_meant()
    {
        NetworkBuilder network = VrfTests.Provider();
        network["pe1"].Rule("Gi1", FilterDirection.In, "deny ip any any");
        string reason = Assert.IsType<Ending.SourceNotFound>(network.Trace("10.1.0.10", "10.2.0.20").Ending).Reason;
        Assert.Contains("more than one of them", reason, StringComparison.Ordinal);
    }
}
