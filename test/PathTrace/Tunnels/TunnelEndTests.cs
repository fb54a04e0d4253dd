using Towpath.Network.Tests;

namespace Towpath.PathTrace.Tests;

/// <summary>What kind of tunnel a row tells, and by which interface a packet comes out of it.</summary>
public sealed class TunnelEndTests
{
    private const string Hq = "10.1.0.10", Branch = "10.2.0.20", HubWan = "198.51.100.2", SpokeWan = "203.0.113.2";

    [Theory]
    [InlineData(1, "Tunnel")]
    [InlineData(2, "IP-in-IP")]
    [InlineData(3, "GRE")]
    [InlineData(4, "Minimal encapsulation")]
    [InlineData(5, "L2TP")]
    [InlineData(19, "IPsec")]
    public void Its_encapsulation_is_its_kind(int encapsulation, string kind)
    {
        NetworkBuilder network = OverlayTests.Wan(tunnels: false);
        network["hub"].Tunnel("Tunnel0", HubWan, SpokeWan, encapsulation);
        Trace trace = network.Trace(Hq, Branch);
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.All(trace.ShownNodes.Where(node => node.Name is "isp" or "spoke"),
            node => Assert.Equal($"{kind} {HubWan} -> {SpokeWan}", Text(Assert.Single(node.Tunnels))));
    }

    [Theory]
    [InlineData("next hop", "Tunnel0")] // its address is the next hop
    [InlineData("remote", "Tunnel2")] // its row has the sender's address
    [InlineData("any", "Tunnel3")] // its row has many ends
    [InlineData("", "")]
    public void A_packet_comes_out_by_the_interface_of_the_next_hop_else_of_the_sender_else_of_many_ends(string told, string by)
    {
        NetworkBuilder network = OverlayTests.Wan(tunnels: false);
        network["hub"].Tunnel("Tunnel0", HubWan, SpokeWan).Route("10.2.0.0/25", "10.0.0.77", "Tunnel0"); // an address that nobody has
        if (told == "next hop") network["spoke"].Address("Tunnel0", "10.0.0.77/30");
        DeviceBuilder spoke = network["spoke"].Tunnel("Tunnel1", SpokeWan, "192.0.2.99"); // to somebody else
        if (told is "next hop" or "remote") spoke.Tunnel("Tunnel4", "192.0.2.98", HubWan).Tunnel("Tunnel2", SpokeWan, HubWan);
        if (told is "next hop" or "remote" or "any") spoke.Tunnel("Tunnel3", SpokeWan, "");
        Trace trace = network.Trace(Hq, Branch);
        if (by.Length > 0)
        {
            Assert.IsType<Ending.Delivered>(trace.Ending);
            Assert.Equal(by, Assert.Single(trace.ShownNodes.Single(node => node.Name == "spoke").Ingress!.Virtual).Name);
            return;
        }
        Assert.Equal($"spoke takes GRE packets for {SpokeWan}, and does not tell by which interface or VRF: let it answer tunnelIfTable "
            + "(1.3.6.1.2.1.10.131) and its VRFs' routes.", Assert.IsType<Ending.Unknown>(trace.Ending).Missing);
    }

    [Fact]
    public void An_interface_of_the_type_of_tunnels_that_tells_no_addresses_is_a_line_like_others()
    {
        NetworkBuilder network = OverlayTests.Wan(tunnels: false);
        Trace trace = network.Trace(Hq, Branch);
        Assert.Equal("h hub spoke h", trace.Way()); // their subnet joins the two
        Assert.All(trace.ShownNodes, node => Assert.Empty(node.Tunnels));
    }

    [Theory]
    [InlineData("red", "h pe1 p pe2 h")]
    [InlineData("green", "h pe1 p pe2 h")] // the only VRF of pe2 with a route
    [InlineData("blue", null)] // two have one
    public void A_label_stands_for_the_VRF_of_the_same_name_else_for_the_only_one_with_a_route(string vrf, string? way)
    {
        NetworkBuilder network = OverlayTests.LabelSwitched(vrf == "red" ? "red" : "green", other: vrf == "blue");
        Trace trace = network.Trace(Hq, Branch);
        if (way is not null) Assert.Equal(way, trace.Way());
        else
            Assert.StartsWith("pe2 takes MPLS packets for 192.0.2.2, and does not tell by which interface or VRF",
                Assert.IsType<Ending.Unknown>(trace.Ending).Missing, StringComparison.Ordinal);
    }

    private static string Text(Tunnel tunnel) => $"{tunnel.Kind} {tunnel.OuterSource} -> {tunnel.OuterDestination}";
}
