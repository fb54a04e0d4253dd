using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Two routers stand in the hosts' subnets and share 192.0.2.254 and 198.51.100.254; both have all hosts in ARP.
/// <code>
///   h1 -Gi1-+     +-Up1-- r1
///           +-sw1-+
///   h2 -Gi2-+     +-Up2-- r2
/// </code>
/// </summary>
public sealed class GatewayRedundancyTests
{
    private const string Virtual10 = "192.0.2.254", Virtual20 = "198.51.100.254";
    private static readonly MacAddress s_shared = MacAddress.Parse("00:00:0c:07:ac:0a");

    [Fact]
    public void A_host_sends_to_the_virtual_address_and_the_active_router_forwards() =>
        Network(GatewayState.Standby, GatewayState.Active).Trace(H1, H2).Is("active-gateway");

    [Fact]
    public void When_the_other_router_is_active_it_forwards()
    {
        Trace trace = Network(GatewayState.Active, GatewayState.Standby).Trace(H1, H2);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal(["r1"], trace.Nodes.Select(node => node.Name).Where(name => name is "r1" or "r2"));
    }

    [Fact]
    public void Without_a_group_either_router_may_be_the_gateway()
    {
        Trace trace = Network(GatewayState.Inactive, GatewayState.Inactive).Trace(H1, H2);
        Assert.Equal(["r1", "r2"], trace.Nodes.Select(node => node.Name).Where(name => name is "r1" or "r2").Distinct().Order());
        const string Which = "Which of its gateways 192.0.2.10 sends to is in no table: r1 (192.0.2.2) or r2 (192.0.2.3). "
            + "Let them answer for their group (HSRP, VRRP), or collect flow records (top talkers) there.";
        Assert.Equal(new Ending.Unknown(null, Which) { Candidates = 2 }, trace.Ending);
        Assert.Empty(trace.Shown);
        Assert.All(trace.Edges, edge => Assert.True(edge.IsCandidate));
        Assert.All(trace.Edges.Where(edge => edge.From == 0), edge => Assert.InRange(edge.Confidence, 0.4, 0.5));
    }

    [Fact]
    public void Routers_that_have_each_seen_the_conversation_come_in_are_ways_and_no_guesses()
    {
        NetworkBuilder network = Network(GatewayState.Inactive, GatewayState.Inactive);
        network["r1"].Flow(H1, H2, "Vlan10", "Vlan20");
        Assert.Equal(new Ending.Delivered(), network.Trace(H1, H2).Ending);
        network["r2"].Flow(H1, H2, "Vlan10", "Vlan20");
        Trace both = network.Trace(H1, H2);
        Assert.Equal(new Ending.Delivered(), both.Ending);
        Assert.Equal(2, both.Edges.Count(edge => edge.From == 0 && !edge.IsCandidate));
    }

    [Fact]
    public void A_router_that_is_active_for_two_addresses_is_one_gateway_and_two_that_are_active_for_one_each_are_guesses()
    {
        MacAddress second = MacAddress.Parse("00:00:0c:07:ac:0b");
        NetworkBuilder one = Network(GatewayState.Standby, GatewayState.Active), each = Network(GatewayState.Standby, GatewayState.Active);
        one["r2"].Shares("Vlan10", "192.0.2.253", second, GatewayState.Active);
        each["r1"].Shares("Vlan10", "192.0.2.253", second, GatewayState.Active);
        Assert.Equal(new Ending.Delivered(), one.Trace(H1, H2).Ending);
        Assert.Equal(2, Assert.IsType<Ending.Unknown>(each.Trace(H1, H2).Ending).Candidates);
    }

    [Fact]
    public void An_address_that_all_leaves_have_with_one_MAC_address_is_one_gateway()
    {
        var network = new NetworkBuilder();
        foreach (string leaf in new[] { "leaf1", "leaf2" })
            network.Device(leaf, leaf == "leaf1" ? "10.9.0.1" : "10.9.0.2").Address("Vlan10", "192.0.2.1/24")
                .Address("Vlan20", "198.51.100.1/24").Shared("Vlan10", s_shared).Shared("Vlan20", s_shared)
                .Arp("Vlan10", H1, M1).Arp("Vlan20", H2, M2);
        network["leaf1"].Access("Gi1", 10).Access("Gi2", 20).Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi2");
        Assert.Equal(new Ending.Delivered(), network.Trace(H1, H2).Ending);
        Assert.Equal(1, Assert.Single(network.Trace(H1, H2).Edges, edge => edge.From == 0).Share);
    }

    [Fact]
    public void A_router_with_the_virtual_address_beside_its_own_is_one_gateway()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "192.0.2.2").Address("Gi1", "192.0.2.2/24").Address("Gi1", $"{Virtual10}/24").Arp("Gi1", H1, M1)
            .Address("Gi2", "198.51.100.2/24").Arp("Gi2", H2, M2);
        network.Device("r2", "192.0.2.3").Address("Gi1", "192.0.2.3/24").Address("Gi2", "198.51.100.3/24");
        Trace trace = network.Trace(H1, H2);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        TraceEdge first = Assert.Single(trace.Edges, edge => edge.From == 0);
        Assert.Equal(1, first.Share);
    }

    [Fact]
    public void The_virtual_address_itself_is_the_active_routers()
    {
        Trace trace = Network(GatewayState.Standby, GatewayState.Active).Trace(H1, Virtual10);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal("r2", trace.Nodes[trace.Edges[trace.Shown[^1]].To].Name);
    }

    [Fact]
    public void A_router_that_tells_its_group_by_the_tables_of_both_generations_is_one_gateway()
    {
        NetworkBuilder network = Network(GatewayState.Standby, GatewayState.Active);
        network["r2"].Shares("Vlan10", Virtual10, s_shared, GatewayState.Active);
        TraceEdge first = Assert.Single(network.Trace(H1, H2).Edges, edge => edge.From == 0);
        Assert.Equal(1, first.Share);
    }

    /// <summary>r1 is active in VLAN 10, r2 in VLAN 20, and both groups have one number. sw1 reaches r2 through r1.</summary>
    /// <param name="hasInterfaces">The virtual MAC address is that of an interface, too.</param>
    [Theory]
    [InlineData(H1, H2, "sw1 r1 sw1", false)]
    [InlineData(H2, H1, "sw1 r1 r2 r1 sw1", false)]
    [InlineData(H1, H2, "sw1 r1 sw1", true)]
    [InlineData(H2, H1, "sw1 r1 r2 r1 sw1", true)]
    public void One_number_in_two_VLANs_is_two_groups_and_each_is_routed_where_it_is_active(string from, string to, string path,
        bool hasInterfaces)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.4").Access("Gi1", 10).Access("Gi2", 20).Trunk("Up1", 10, 20);
        DeviceBuilder r1 = Router("r1", "2"), r2 = Router("r2", "3");
        r1.Shares("Vlan10", Virtual10, s_shared, GatewayState.Active).Shares("Vlan20", Virtual20, s_shared, GatewayState.Standby);
        r2.Shares("Vlan10", Virtual10, s_shared, GatewayState.Standby).Shares("Vlan20", Virtual20, s_shared, GatewayState.Active);
        network.Cable("sw1:Up1", "r1:Gi1");
        network.Cable("r1:Gi2", "r2:Gi2");
        sw1.Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi2").Fdb(10, s_shared, "Up1").Fdb(20, s_shared, "Up1");
        r1.Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi1").Fdb(20, s_shared, "Gi2");
        r2.Fdb(10, M1, "Gi2").Fdb(20, M2, "Gi2").Fdb(10, s_shared, "Gi2");
        if (hasInterfaces) // keepalived's, which are up in the backup, too
            foreach (DeviceBuilder router in new[] { r1, r2 }) router.Shared("vrrp1-10", s_shared).Shared("vrrp1-20", s_shared);

        Trace trace = network.Trace(from, to);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal(path, string.Join(' ', trace.ShownNodes.Select(node => node.Name).OfType<string>()));
        Assert.All(trace.Edges, edge => Assert.True(edge.Confidence >= RestsOn.OneSide.Value, edge.Reason));

        DeviceBuilder Router(string name, string octet) => network.Device(name, $"192.0.2.{octet}").Trunk("Gi1", 10, 20)
            .Trunk("Gi2", 10, 20).Address("Vlan10", $"192.0.2.{octet}/24").Address("Vlan20", $"198.51.100.{octet}/24")
            .Arp("Vlan10", H1, M1).Arp("Vlan20", H2, M2);
    }

    private static NetworkBuilder Network(GatewayState first, GatewayState second)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.4").Access("Gi1", 10).Access("Gi2", 20).Trunk("Up1", 10, 20)
            .Trunk("Up2", 10, 20);
        DeviceBuilder r1 = Router("r1", "2", first), r2 = Router("r2", "3", second);
        network.Cable("sw1:Up1", "r1:Gi1");
        network.Cable("sw1:Up2", "r2:Gi1");
        string active = second == GatewayState.Active ? "Up2" : "Up1";
        sw1.Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi2").Fdb(10, s_shared, active).Fdb(20, s_shared, active)
            .Fdb(10, r1.MacOf("Vlan10"), "Up1").Fdb(10, r2.MacOf("Vlan10"), "Up2");
        return network;

        DeviceBuilder Router(string name, string octet, GatewayState state)
        {
            DeviceBuilder router = network.Device(name, $"192.0.2.{octet}").Trunk("Gi1", 10, 20).Address("Vlan10", $"192.0.2.{octet}/24")
                .Address("Vlan20", $"198.51.100.{octet}/24")
                .Arp("Vlan10", H1, M1).Arp("Vlan20", H2, M2).Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi1");
            return state == GatewayState.Inactive ? router : router.Shares("Vlan10", Virtual10, s_shared, state)
                .Shares("Vlan20", Virtual20, s_shared, state);
        }
    }
}
