using Towpath.Network;

namespace Towpath.Simulator.Tests;

/// <summary>Packets through the demo campus, by the rules of docs/network-description.md alone.</summary>
public sealed class ForwardingTests
{
    private static readonly RunningNetwork s_campus = new(DemoCampus.Load());

    [Fact]
    public void The_wireless_host_reaches_the_branch_through_the_controller_and_the_second_core()
    {
        Journey journey = Send("laptop-1", "branch-pc-1", 6, 52114, 445);

        Assert.Null(journey.Dropped);
        Assert.Equal(["CAMPUS-Dist1", "CAMPUS-Core2", "CAMPUS-Router2", "WAN", "Branch-Router2"], journey.Hops.Select(h => h.Node.Name));
        Assert.Equal(
            [
                "AP7081.059f.19ca:GigabitEthernet0 > CAMPUS-Access1:GigabitEthernet1/0/26",
                "CAMPUS-Access1:GigabitEthernet1/0/1 > CAMPUS-Dist1:GigabitEthernet5/5",
                "CAMPUS-Dist1:GigabitEthernet5/38 > Campus-WLC-5508:GigabitEthernet0/0/1",
                "Campus-WLC-5508:GigabitEthernet0/0/1 > CAMPUS-Dist1:GigabitEthernet5/38",
                "CAMPUS-Dist1:TenGigabitEthernet3/1 > CAMPUS-Core2:TenGigabitEthernet1/5",
                "CAMPUS-Core2:GigabitEthernet1/3 > CAMPUS-Router2:GigabitEthernet0/0/1",
                "CAMPUS-Router2:GigabitEthernet0/0/3 > WAN:ge-0/0/1",
                "WAN:ge-0/0/2 > Branch-Router2:GigabitEthernet0/1",
                "Branch-Router2:GigabitEthernet0/2 > Branch-Access1:GigabitEthernet1/0/1",
                "Branch-Access1:GigabitEthernet1/0/47 > branch-pc-1:eth0",
            ],
            journey.Trips.SelectMany(t => t.Crossings).Select(c => $"{c.FromPort} > {c.ToPort}"));
    }

    [Fact]
    public void Every_host_reaches_every_other_one()
    {
        string[] hosts = [.. s_campus.Description.Hosts.Select(h => h.Name)];
        foreach ((string from, string to) in hosts.SelectMany(from => hosts.Where(to => to != from).Select(to => (from, to))))
        {
            for (ushort port = 1000; port < 1010; port++) Assert.Null(Send(from, to, 17, port, 53).Dropped);
        }
    }

    [Fact]
    public void Both_layers_share_the_load_among_equal_cost_next_hops()
    {
        var cores = new HashSet<string>();
        var routers = new HashSet<string>();
        for (ushort port = 1000; port < 1100; port++)
        {
            Journey journey = Send("desk-1", "branch-pc-1", 6, port, 80);
            cores.Add(journey.Hops[1].Node.Name);
            routers.Add(journey.Hops[2].Node.Name);
        }
        Assert.Equal(["CAMPUS-Core1", "CAMPUS-Core2"], cores.Order());
        Assert.Equal(["CAMPUS-Router1", "CAMPUS-Router2"], routers.Order());
    }

    [Fact]
    public void Spanning_tree_blocks_the_access_switchs_second_uplink_in_every_VLAN()
    {
        Wire[] blocked = [.. s_campus.LayerTwo.Bridges.SelectMany(b => b.Wires).Where(w => w.Blocked).Distinct()];

        Assert.Equal([1, 12, 14, 20, 30], blocked.Select(w => w.A.Vlan).Order());
        Assert.All(blocked, w =>
            Assert.Equal(["CAMPUS-Access1:GigabitEthernet1/0/2", "CAMPUS-Dist2:Ethernet4"], new[] { $"{w.PortA}", $"{w.PortB}" }.Order()));
    }

    [Fact]
    public void A_null_route_of_one_router_is_announced_and_drops_there()
    {
        Node dist = s_campus["CAMPUS-Dist1"];
        InstalledRoute route = s_campus.Routes[dist].LongestMatch(Ipv4Address.Parse("192.0.2.1"))!;
        Assert.Equal(RouteProtocol.Ospf, route.Protocol);
        Assert.Equal(20, route.Metric);
        Assert.Equal(2, route.Hops.Length);

        string? dropped = new Forwarder(s_campus).Send(s_campus["desk-1"],
            new FiveTuple(Ipv4Address.Parse("10.1.20.100"), Ipv4Address.Parse("192.0.2.1"), 6, 1, 1)).Dropped;
        Assert.Equal("CAMPUS-Router1 drops 192.0.2.0/24", dropped);
    }

    private static Journey Send(string from, string to, byte protocol, ushort sourcePort, ushort destinationPort) =>
        new Forwarder(s_campus).Send(s_campus[from], new FiveTuple(
            s_campus[from].Host!.Address.Address, s_campus[to].Host!.Address.Address, protocol, sourcePort, destinationPort));
}
