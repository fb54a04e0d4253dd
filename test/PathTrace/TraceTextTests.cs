using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Filtered;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>What the golden answers are compared with says how a path ends, in words.</summary>
public sealed class TraceTextTests
{
    [Fact]
    public void A_denied_packet_names_the_side_the_interface_the_device_and_the_rule()
    {
        NetworkBuilder network = Line();
        network["r2"].Rule("Gi0", FilterDirection.Out, "deny tcp any any:22").Rule("Gi0", FilterDirection.Out, "permit ip any any");
        Assert.Equal($"{Left} -> {Right}: denied out of Gi0 of r2, rule 10 of FILTER: deny tcp any any port 22",
            First(network.Trace(Left, Right, 6, 40000, 22)));
        network["r1"].Rule("Gi0", FilterDirection.In, "permit udp any any");
        Assert.Equal($"{Left} -> {Right}: denied in by Gi0 of r1, implicit deny at the end of FILTER",
            First(network.Trace(Left, Right, 6, 40000, 22)));
    }

    [Fact]
    public void A_packet_that_leaves_names_the_last_device_and_the_next_hop_where_there_is_one()
    {
        Assert.Equal("10.11.1.50 -> 8.8.8.8: leaves what is managed at br1 toward 192.168.100.2",
            First(LeftTests.Branches().Trace("10.11.1.50", "8.8.8.8")));
        var network = new NetworkBuilder();
        network.Device("r1", "10.11.1.1").Address("Lan", "10.11.1.1/24").Address("Dmz", "10.11.2.1/24").Arp("Lan", "10.11.1.50", Mac(1))
            .Route("0.0.0.0/0", "0.0.0.0", "Dialer0", RouteProtocol.NetMgmt);
        Assert.Equal("10.11.1.50 -> 8.8.8.8: leaves what is managed at r1", First(network.Trace("10.11.1.50", "8.8.8.8")));
    }

    [Fact]
    public void A_path_that_is_given_up_or_never_begins_says_why()
    {
        var network = new NetworkBuilder();
        for (int i = 0; i < 65; i++)
            network.Device($"r{i}", $"172.16.0.{i}").Address("Down", $"10.0.{i}.2/30").Address("Up", $"10.0.{i + 1}.1/30")
                .Route("203.0.113.0/24", $"10.0.{i + 1}.2", "Up");
        Assert.Equal("10.0.0.2 -> 203.0.113.9: stopped after 64 routed hops", First(network.Trace("10.0.0.2", "203.0.113.9")));
        Assert.Equal("10.99.0.1 -> 203.0.113.9: Not able to locate interface or host based on source ip address 10.99.0.1\n",
            network.Trace("10.99.0.1", "203.0.113.9").ToText());
    }

    [Fact]
    public void A_branch_that_is_not_shown_and_that_ends_otherwise_says_how()
    {
        NetworkBuilder network = Diamond();
        network["r3"].Rule("Gi1", FilterDirection.In, "deny ip any any");
        string[] lines = network.Trace(Left, Right).ToText().Split('\n');
        string other = Assert.Single(lines, line => line.StartsWith(" or r1 | out Gi3", StringComparison.Ordinal));
        Assert.EndsWith("-> r3 10.0.0.3 | in Gi1: denied in by Gi1 of r3, rule 10 of FILTER: deny ip any any", other,
            StringComparison.Ordinal);
        network = Diamond();
        network["r1"].Rule("Gi3", FilterDirection.Out, "deny ip any any");
        Assert.Contains(" or at r1: denied out of Gi3 of r1, rule 10 of FILTER: deny ip any any",
            network.Trace(Left, Right).ToText().Split('\n'));
    }

    [Fact]
    public void A_trace_that_never_begins_is_not_sure_and_one_that_was_asked_about_filters_says_so()
    {
        NetworkBuilder network = Line();
        Trace none = network.Trace("10.99.0.1", Right), open = network.Trace(Left, Right);
        Assert.Equal((0.0, false), (none.Confidence, open.PassesFilters));
        Assert.Equal(0.95 * 0.99 * 0.95, open.Confidence, 9);
        network["r1"].Rule("Gi0", FilterDirection.In, "permit ip any any");
        Assert.True(network.Trace(Left, Right).PassesFilters);
        network["r2"].Rule("Gi1", FilterDirection.In, "deny ip any any");
        Assert.True(network.Trace(Left, Right).PassesFilters);
    }

    private static string First(Trace trace) => trace.ToText().Split('\n')[0];
}
