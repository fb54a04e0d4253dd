using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.Network.Tests;

/// <summary>Which addresses are hosts, and where access points hang.</summary>
public sealed class HostTests
{
    private const string Host = "10.1.0.50";

    [Theory]
    [InlineData("10.1.0.50", "00:00:5e:00:53:01", true)]
    [InlineData("224.0.0.5", "00:00:5e:00:53:01", false)] // multicast
    [InlineData("10.1.0.255", "ff:ff:ff:ff:ff:ff", false)] // broadcast
    [InlineData("10.1.0.50", "00:00:00:00:00:00", false)] // not resolved
    [InlineData("10.1.0.50", "02:00:00:00:02:01", false)] // a managed device's
    [InlineData("10.1.0.50", "00:00:5e:00:53:0b", false)] // an access point's
    [InlineData("10.1.0.9", "00:00:5e:00:53:01", false)] // a next hop
    [InlineData("10.1.0.2", "00:00:5e:00:53:01", false)] // a managed device's address
    [InlineData("10.1.0.70", "00:00:5e:00:53:01", false)] // an access point's address
    public void A_resolved_address_is_a_hosts_unless_it_is_somebody_elses(string address, string mac, bool isHost)
    {
        var network = new NetworkBuilder();
        network.Device("gw", "10.1.0.1").Address("Gi1", "10.1.0.1/24").Address("Gi2", "10.2.0.1/24")
            .Arp("Gi1", address, MacAddress.Parse(mac)).Route("0.0.0.0/0", "10.1.0.9", "Gi1");
        network.Device("sw", "10.1.0.2").Port("Gi1");
        network.Device("wlc", "10.1.0.3").AccessPoint("ap", "10.1.0.70", Mac(0xb), Mac(0xc));
        Assert.Equal(isHost ? address : "", string.Join(' ', network.Build().Hosts.Select(host => host.Address)));
    }

    [Fact]
    public void Its_gateway_is_a_router_that_has_resolved_it_to_the_same_address()
    {
        var network = new NetworkBuilder();
        network.Device("access", "10.1.0.2").Address("Vlan10", "10.1.0.2/24").Arp("Vlan10", Host, Mac(1));
        DeviceBuilder router = network.Device("router", "10.1.0.1").Address("Gi1", "10.1.0.1/24").Address("Gi2", "10.2.0.1/24")
            .Arp("Gi1", Host, Mac(1));
        network.Device("second", "10.1.0.3").Address("Gi1", "10.1.0.3/24").Address("Gi2", "10.2.0.3/24").Arp("Gi1", Host, Mac(1));
        Assert.Equal(new Port(router.Build().Id, router.Port("Gi1")), Of(network).Gateway);

        network = new NetworkBuilder();
        network.Device("access", "10.1.0.2").Address("Vlan10", "10.1.0.2/24").Arp("Vlan10", Host, Mac(1));
        network.Device("router", "10.1.0.1").Address("Gi1", "10.1.0.1/24").Address("Gi2", "10.2.0.1/24").Arp("Gi1", Host, Mac(2));
        Assert.Equal((Mac(1), default), (Of(network).Mac, Of(network).Gateway)); // another host's
    }

    [Theory]
    [InlineData("Vlan10", 0, 10)]
    [InlineData("Vlan10", 10, 10)]
    [InlineData("Gi1", 30, 30)] // the port's row tells it
    [InlineData("Gi1", 0, 0)]
    public void Its_VLAN_is_that_of_its_port_else_that_of_the_gateways_interface(string gateway, int learned, int vlan)
    {
        var network = new NetworkBuilder();
        network.Device("gw", "10.1.0.1").Address(gateway, "10.1.0.1/24").Address("Gi2", "10.2.0.1/24").Arp(gateway, Host, Mac(1));
        DeviceBuilder sw = network.Device("sw", "10.1.0.2").Fdb(learned, Mac(1), "Gi7");
        Assert.Equal(new VlanId((ushort)vlan), Of(network).Vlan);
        Assert.Equal(new Port(sw.Build().Id, sw.Port("Gi7")), Of(network).Attached);
    }

    [Fact]
    public void An_access_point_that_several_switches_announce_hangs_where_its_address_is_learned_too()
    {
        var network = new NetworkBuilder();
        network.Device("wlc", "10.1.0.3").AccessPoint("ap", "10.1.0.70", Mac(0xb), Mac(0xc));
        network.Device("sw1", "10.1.0.4").HearsCdp("Gi1", "ap", "Gi0", 2);
        DeviceBuilder sw2 = network.Device("sw2", "10.1.0.5").HearsCdp("Gi2", "ap.example.net", "Gi0", 2).Fdb(14, Mac(0xb), "Gi2");
        AttachedAccessPoint found = Assert.Single(network.Build().AccessPoints);
        Assert.Equal((new Port(sw2.Build().Id, sw2.Port("Gi2")), new VlanId(14), true), (found.Attached, found.Vlan, found.IsAnnounced));
    }

    [Fact]
    public void One_that_nobody_announces_hangs_where_its_address_is_learned()
    {
        var network = new NetworkBuilder();
        network.Device("wlc", "10.1.0.3").AccessPoint("ap", "10.1.0.70", Mac(0xb), Mac(0xc));
        Assert.Equal(default, Assert.Single(network.Build().AccessPoints).Attached);
        DeviceBuilder sw = network.Device("sw", "10.1.0.4").Access("Gi1", 14).Fdb(0, Mac(0xb), "Gi1");
        AttachedAccessPoint found = Assert.Single(network.Build().AccessPoints);
        Assert.Equal((new Port(sw.Build().Id, sw.Port("Gi1")), new VlanId(14), false), (found.Attached, found.Vlan, found.IsAnnounced));
    }

    [Fact]
    public void Where_its_address_is_not_learned_its_VLAN_is_the_ports_own()
    {
        var network = new NetworkBuilder();
        network.Device("wlc", "10.1.0.3").AccessPoint("ap", "10.1.0.70", Mac(0xb), Mac(0xc));
        network.Device("sw1", "10.1.0.4").HearsCdp("Gi1", "ap", "Gi0", 2).Native("Gi1", 14, 20);
        Assert.Equal(new VlanId(14), Assert.Single(network.Build().AccessPoints).Vlan);
    }

    [Theory]
    [InlineData("ap")]
    [InlineData("AP.example.net")]
    [InlineData("10.1.0.70")]
    public void It_is_known_by_its_name_or_its_address(string announced)
    {
        var network = new NetworkBuilder();
        network.Device("wlc", "10.1.0.3").AccessPoint("ap", "10.1.0.70", Mac(0xb), Mac(0xc));
        DeviceBuilder sw = network.Device("sw1", "10.1.0.4");
        if (announced == "10.1.0.70") sw.HearsAddress("Gi1", announced);
        else sw.HearsCdp("Gi1", announced, "Gi0", 2);
        Assert.True(Assert.Single(network.Build().AccessPoints).IsAnnounced);
        Assert.Empty(network.Build().UnmanagedNeighbors);
    }

    /// <summary>A telephone that bridges is drawn as a host alone, an unmanaged switch with an address of its own is not.</summary>
    [Theory]
    [InlineData(LldpCapabilities.Telephone | LldpCapabilities.Bridge, true)]
    [InlineData(LldpCapabilities.Telephone, true)]
    [InlineData(LldpCapabilities.Bridge, false)]
    [InlineData(LldpCapabilities.None, false)]
    public void An_announced_telephone_that_is_listed_as_a_host_is_no_second_thing(LldpCapabilities capabilities, bool isHost)
    {
        var network = new NetworkBuilder();
        network.Device("gw", "10.1.0.1").Address("Gi0", "10.1.0.1/24").Arp("Gi0", "10.1.0.81", Mac(0x81));
        network.Device("sw", "10.1.0.2").Access("Gi1", 10).Fdb(10, Mac(0x81), "Gi1")
            .HearsStation("Gi1", "10.1.0.81", $"{Mac(0x81)}", capabilities);
        NetworkSnapshot snapshot = network.Build();
        Assert.Equal(isHost, snapshot.IsHost(Assert.Single(snapshot.UnmanagedNeighbors)));
    }

    private static NetworkHost Of(NetworkBuilder network) => network.Build().HostAt(Ipv4Address.Parse(Host))!;
}
