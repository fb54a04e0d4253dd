using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>Hosts that have been silent for so long that no table but their switch's DHCP snooping knows them.</summary>
public sealed class LeaseTests
{
    private const string H5 = "192.0.2.50", H6 = "198.51.100.60";
    private static readonly Network.MacAddress s_m5 = Network.Tests.NetworkBuilder.Mac(5), s_m6 = Network.Tests.NetworkBuilder.Mac(6);

    [Fact]
    public void A_silent_source_is_on_the_port_of_its_lease() => Silent().Network.Trace(H5, H2).Is("lease-source");

    [Fact]
    public void A_silent_destination_is_reached_by_the_spanning_tree_on_the_port_of_its_lease() =>
        Silent().Network.Trace(H2, H5).Is("lease-destination");

    [Fact]
    public void A_learned_address_says_more_than_an_old_lease()
    {
        Floor floor = Silent();
        floor.Sw2.Access("Gi7", 10).Fdb(10, s_m5, "Gi7"); // it has moved
        Assert.Equal("Gi7", floor.Network.Trace(H5, H3).Nodes[1].Ingress!.Name);
    }

    [Fact]
    public void Two_silent_hosts_of_different_VLANs_find_each_other()
    {
        Floor floor = Silent();
        floor.Sw2.Access("Gi8", 20).Lease(20, s_m6, H6, "Gi8");
        Trace trace = floor.Network.Trace(H5, H6);
        Assert.Equal(["", "sw1", "dist", "sw2", ""], trace.ShownNodes.Select(node => node.Name ?? ""));
        Assert.Equal(new Ending.Delivered(), trace.Ending);
    }

    private static Floor Silent()
    {
        var floor = new Floor();
        floor.Sw1.Access("Gi5", 10).Lease(10, s_m5, H5, "Gi5");
        return floor;
    }
}
