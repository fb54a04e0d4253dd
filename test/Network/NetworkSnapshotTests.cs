using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.Network.Tests;

public sealed class NetworkSnapshotTests
{
    [Fact]
    public void An_announcement_at_both_ends_is_one_link()
    {
        NetworkBuilder network = Two();
        network.Cable("one:Gi1", "two:Gi2");
        Assert.Equal(["one/Gi1 two/Gi2 BothSides LldpRemTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void LLDP_and_CDP_on_the_same_port_are_one_link()
    {
        NetworkBuilder network = Two();
        network.Cable("one:Gi1", "two:Gi2");
        network["one"].HearsCdp("Gi1", "two.example.net", "Gi2", 1);
        Assert.Single(network.Build().Links);
    }

    [Fact]
    public void An_announcement_at_one_end_is_a_link_too()
    {
        NetworkBuilder network = Two();
        network.Announce("two:Gi2", "one:Gi1");
        Assert.Equal(["one/Gi1 two/Gi2 OneSide LldpRemTable"], LinksOf(network.Build()));
    }

    [Theory]
    [InlineData("TWO.example.net")]
    [InlineData("two(FOX1234)")]
    [InlineData("192.0.2.2")]
    public void A_neighbor_is_found_by_its_name_in_any_case_with_a_domain_or_a_serial_number_and_by_its_address(string announced)
    {
        NetworkBuilder network = Two();
        network["two"].Address("Gi2", "192.0.2.2/30");
        network["one"].HearsCdp("Gi1", announced, "gi2", 1);
        Assert.Equal(["one/Gi1 two/Gi2 OneSide CdpCacheTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void A_port_name_that_does_not_resolve_is_completed_by_the_other_end()
    {
        NetworkBuilder network = Two();
        network["one"].Hears("Gi1", "two", "whatever");
        network["two"].Hears("Gi2", "one", "Gi1");
        Assert.Equal(["one/Gi1 two/Gi2 BothSides LldpRemTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void Parallel_links_keep_their_ports_apart()
    {
        NetworkBuilder network = Two();
        network.Cable("one:Gi1", "two:Gi1");
        network.Cable("one:Gi2", "two:Gi2");
        Assert.Equal(["one/Gi1 two/Gi1 BothSides LldpRemTable", "one/Gi2 two/Gi2 BothSides LldpRemTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void A_name_that_two_devices_share_finds_neither()
    {
        var network = new NetworkBuilder();
        network.Device("switch", "192.0.2.1");
        network.Device("switch", "192.0.2.2");
        network.Device("one", "192.0.2.3").Hears("Gi1", "switch", "Gi1");
        Assert.Empty(network.Build().Links);
        Assert.Equal("switch", Assert.Single(network.Build().UnmanagedNeighbors).Name);
    }

    [Fact]
    public void Bridges_with_a_third_one_between_them_are_no_neighbors()
    {
        var network = new NetworkBuilder();
        DeviceBuilder one = network.Device("one", "192.0.2.1"), middle = network.Device("middle", "192.0.2.2"),
            two = network.Device("two", "192.0.2.3");
        one.Fdb(1, middle.MacOf("Gi1"), "Gi1").Fdb(1, two.MacOf("Gi1"), "Gi1");
        middle.Fdb(1, one.MacOf("Gi1"), "Gi1").Fdb(1, two.MacOf("Gi1"), "Gi2");
        two.Fdb(1, middle.MacOf("Gi1"), "Gi1").Fdb(1, one.MacOf("Gi1"), "Gi1");
        Assert.Equal(["one/Gi1 middle/Gi1 Fdb Dot1qTpFdbTable", "middle/Gi2 two/Gi1 Fdb Dot1qTpFdbTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void A_router_that_announces_nothing_hangs_on_the_port_that_has_learned_it()
    {
        NetworkBuilder network = Two();
        network["one"].Fdb(1, network["two"].MacOf("Gi2"), "Gi1");
        Assert.Equal(["one/Gi1 two/Gi2 Fdb Dot1qTpFdbTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void Hosts_are_what_gateways_resolve_and_controllers_list_without_devices_and_next_hops()
    {
        MacAddress pc = Mac(1), phone = Mac(2), ap = Mac(3), radio = Mac(4), wan = Mac(5);
        var network = new NetworkBuilder();
        DeviceBuilder access = network.Device("access", "192.0.2.2").Access("Gi1", 10).Access("Gi2", 14).Trunk("Up", 10, 14)
            .Fdb(10, pc, "Gi1").Fdb(14, ap, "Gi2");
        DeviceBuilder dist = network.Device("dist", "192.0.2.1").Address("Vlan10", "192.0.2.1/24").Address("Wan", "198.51.100.1/30")
            .Trunk("Down", 10)
            .Arp("Vlan10", "192.0.2.10", pc).Arp("Vlan10", "192.0.2.2", access.MacOf("Vlan10")).Arp("Vlan10", "192.0.2.99", ap)
            .Arp("Wan", "198.51.100.2", wan).Route("0.0.0.0/0", "198.51.100.2", "Wan").Fdb(10, pc, "Down");
        access.Address("Vlan10", "192.0.2.2/24");
        network.Device("wlc", "192.0.2.3").ControllerInterface("clients", 60, "203.0.113.2/24", "Gi1")
            .AccessPoint("ap1", "192.0.2.99", ap, radio).Station(phone, "203.0.113.9", radio, "clients");
        network.Cable("access:Up", "dist:Down");
        NetworkSnapshot snapshot = network.Build();

        Assert.Equal(["192.0.2.10 wired access/Gi1 vlan 10 gateway dist/Vlan10",
            "203.0.113.9 wireless access/Gi2 vlan 60 gateway -"], snapshot.Hosts.Select(host =>
            $"{host.Address} {(host.IsWireless ? "wireless" : "wired")} {Text(snapshot, host.Attached)} vlan {host.Vlan} gateway {Text(snapshot, host.Gateway)}"));
        Assert.Equal(StableId.OfAccessPoint(ap), snapshot.Hosts[1].AccessPoint);
        AttachedAccessPoint attached = Assert.Single(snapshot.AccessPoints);
        Assert.Equal("access/Gi2 vlan 14", $"{Text(snapshot, attached.Attached)} vlan {attached.Vlan}");

        Assert.True(snapshot.LeadsIntoUnmanaged(new Port(dist.Build().Id, dist.Port("Wan"))));
        Assert.False(snapshot.LeadsIntoUnmanaged(new Port(dist.Build().Id, dist.Port("Down"))));
    }

    [Fact]
    public void Where_devices_contradict_each_other_the_one_collected_last_is_right()
    {
        MacAddress old = Mac(1), now = Mac(2), ap = Mac(3), radio = Mac(4);
        DateTimeOffset month = Noon.AddDays(-30);
        var network = new NetworkBuilder();
        network.Device("dead", "10.1.1.1").CollectedAt(month).Address("Gi1", "10.1.1.1/24").Address("Gi2", "10.1.2.1/24")
            .Arp("Gi1", "10.1.1.5", old).Lease(1, old, "10.1.1.6", "Gi1")
            .Fdb(1, Mac(9), "Gi1");
        network.Device("alive", "10.1.1.2").Address("Gi1", "10.1.1.2/24").Address("Gi2", "10.1.3.1/24").Arp("Gi1", "10.1.1.5", now)
            .Lease(1, now, "10.1.1.6", "Gi1")
            .Fdb(1, Mac(9), "Gi1");
        network.Device("wlc-1", "10.1.1.3").CollectedAt(month).ControllerInterface("clients", 60, "10.1.60.2/24", "Gi1")
            .AccessPoint("ap", "10.1.1.9", ap, radio).Station(Mac(7), "10.1.60.7", radio, "clients");
        network.Device("wlc-2", "10.1.1.4").ControllerInterface("clients", 61, "10.1.61.2/24", "Gi1")
            .AccessPoint("ap", "10.1.1.9", ap, radio).Station(Mac(7), "10.1.60.7", radio, "clients");
        NetworkSnapshot snapshot = network.Build();
        DeviceId alive = network["alive"].Build().Id, second = network["wlc-2"].Build().Id;

        Assert.Equal((now, alive),
            (snapshot.ArpOf(Ipv4Address.Parse("10.1.1.5"))[0].Entry.Mac, snapshot.ArpOf(Ipv4Address.Parse("10.1.1.5"))[0].Device));
        Assert.Equal(now, snapshot.HostAt(Ipv4Address.Parse("10.1.1.5"))!.Mac);
        Assert.Equal(now, snapshot.LeaseOf(Ipv4Address.Parse("10.1.1.6"))!.Value.Lease.Mac);
        Assert.Equal(alive, snapshot.EdgePorts(Mac(9))[0].At.Device);
        Assert.Equal(second, snapshot.StationAt(Ipv4Address.Parse("10.1.60.7"))!.Value.Controller);
        Assert.Equal(second, snapshot.StationOf(Mac(7))!.Value.Controller);
        Assert.Equal(new VlanId(61), snapshot.HostAt(Ipv4Address.Parse("10.1.60.7"))!.Vlan);
        Assert.Equal(second, Assert.Single(snapshot.AccessPoints).Controller);
    }

    [Fact]
    public void Those_who_agree_stay_in_the_order_of_their_ids_whoever_was_collected_last()
    {
        var network = new NetworkBuilder();
        network.Device("one", "10.1.1.1").Address("Gi1", "10.1.1.1/24").Arp("Gi1", "10.1.1.5", Mac(1));
        network.Device("two", "10.1.1.2").CollectedAt(Noon.AddMinutes(1)).Address("Gi1", "10.1.1.2/24").Arp("Gi1", "10.1.1.5", Mac(1));
        Assert.Equal(network["one"].Build().Id, network.Build().ArpOf(Ipv4Address.Parse("10.1.1.5"))[0].Device);
    }

    [Fact]
    public void A_row_contradicts_another_unless_its_device_is_silent_old_or_answers_for_others()
    {
        Ipv4Address address = Ipv4Address.Parse("10.1.1.5");
        var network = new NetworkBuilder();
        network.Device("one", "10.1.1.1").Address("Gi1", "10.1.1.1/24").Arp("Gi1", "10.1.1.5", Mac(1));
        DeviceBuilder two = network.Device("two", "10.1.1.2").Address("Gi1", "10.1.1.2/24").Arp("Gi1", "10.1.1.5", Mac(2));
        Assert.Equal(Mac(2), network.Build().ArpAgainst(address, Mac(1), Vrfs.Global)!.Value.Entry.Mac);
        Assert.Null(network.Build().ArpAgainst(address, Mac(1), new VrfName("red")));
        Assert.Null(network.Build().ArpAgainst(Ipv4Address.Parse("10.1.1.6"), Mac(1), Vrfs.Global));
        two.CollectedAt(Noon.AddHours(-5));
        Assert.Null(network.Build().ArpAgainst(address, Mac(1), Vrfs.Global));
        two.CollectedAt(Noon).Silent();
        Assert.Null(network.Build().ArpAgainst(address, Mac(1), Vrfs.Global));
        network.Device("proxy", "10.1.1.3").Address("Gi1", "10.1.1.3/24").Arp("Gi1", "10.1.1.5", network["one"].MacOf("Gi1"));
        Assert.Null(network.Build().ArpAgainst(address, Mac(1), Vrfs.Global));
    }

    [Fact]
    public void A_management_address_is_its_devices_own_though_another_has_it_in_a_VRF()
    {
        var network = new NetworkBuilder();
        network.Device("one", "10.0.0.1").Address("Gi1", "10.0.0.1/24");
        network.Device("two", "10.0.0.2").Address("Gi1", "10.0.0.2/24").Address("Gi2", "10.0.0.1/24").Vrf("red", "Gi2");
        DeviceBuilder listener = network.Device("three", "10.0.0.3");
        listener.HearsAddress("Gi1", "10.0.0.1");
        Assert.Equal(["one/ three/Gi1 OneSide LldpRemTable"], LinksOf(network.Build()));
    }

    [Fact]
    public void Access_points_whose_controller_tells_no_Ethernet_address_are_known_by_their_radios()
    {
        var network = new NetworkBuilder();
        network.Device("wlc", "192.0.2.3").ControllerInterface("clients", 60, "203.0.113.2/24", "Gi1")
            .AccessPoint("ap1", "192.0.2.98", default, Mac(1)).AccessPoint("ap2", "192.0.2.99", default, Mac(2))
            .Station(Mac(7), "203.0.113.7", Mac(2), "clients");
        NetworkSnapshot snapshot = network.Build();
        Assert.Equal([StableId.OfAccessPoint(Mac(1)), StableId.OfAccessPoint(Mac(2))],
            snapshot.AccessPoints.Select(accessPoint => accessPoint.Id));
        Assert.Equal(StableId.OfAccessPoint(Mac(2)), snapshot.HostAt(Ipv4Address.Parse("203.0.113.7"))!.AccessPoint);
        Assert.Null(snapshot.AccessPointOf(default));
    }

    [Fact]
    public void Two_sites_that_use_the_same_subnet_toward_their_modems_are_not_joined_by_it()
    {
        NetworkBuilder twice = Two(), modem = Two(), joined = Two();
        twice["one"].Address("Gi1", "192.168.100.1/30");
        twice["two"].Address("Gi1", "192.168.100.1/30");
        Assert.Empty(LinksOf(twice.Build()));

        modem["one"].Address("Gi1", "192.168.100.1/30").Arp("Gi1", "192.168.100.2", Mac(1));
        modem["two"].Address("Gi1", "192.168.100.2/30");
        Assert.Empty(LinksOf(modem.Build()));

        joined["one"].Address("Gi1", "192.168.100.1/30").Arp("Gi1", "192.168.100.2", joined["two"].MacOf("Gi1"));
        joined["two"].Address("Gi1", "192.168.100.2/30");
        Assert.Equal(["one/Gi1 two/Gi1 Subnet IpAddressTable"], LinksOf(joined.Build()));
    }

    [Fact]
    public void A_device_that_becomes_silent_changes_nothing_but_itself()
    {
        NetworkBuilder network = Two();
        network.Cable("one:Gi1", "two:Gi1");
        NetworkSnapshot before = network.Build();
        NetworkDevice silent = before.Devices[1] with { UnreachableReason = "No SNMP answer." };
        NetworkSnapshot after = before.With(silent);
        Assert.Equal([null, "No SNMP answer."], after.Devices.Select(device => device.UnreachableReason));
        Assert.Same(silent, after.Device(silent.Id));
        Assert.Null(before.Device(silent.Id)!.UnreachableReason);
        Assert.Equal(LinksOf(before), LinksOf(after));
        Assert.Throws<ArgumentException>(() => before.With(network["one"].Build()));
    }

    [Theory]
    [InlineData("02:00:00:00:77:00", 1)]
    [InlineData("02:00:00:00:77:40", 0)] // no block of port addresses begins here
    public void Switches_that_hide_their_interfaces_are_joined_by_the_addresses_that_follow_their_bridge_address(string bridge, int links)
    {
        NetworkBuilder network = Two();
        network["one"].Fdb(1, MacAddress.FromBits(MacAddress.Parse(bridge).Bits + 3), "Gi1");
        network["two"].Fdb(1, network["one"].MacOf("Gi1"), "Gi2");
        NetworkDevice two = network["two"].Build();
        two = new NetworkDevice(two.Id, two.ManagementAddress, two.Snapshot with
        {
            Interfaces = [],
            BridgePorts = [new BridgePort(default, 2, new IfIndex(2))],
            Identity = two.Snapshot.Identity with { BridgeAddress = MacAddress.Parse(bridge) },
        });
        Assert.Equal(links, NetworkSnapshot.Build([network["one"].Build(), two]).Links.Length);
    }

    [Fact]
    public void A_subinterface_stands_on_its_port_and_an_SVI_in_its_VLAN()
    {
        DeviceBuilder device = new NetworkBuilder().Device("one", "192.0.2.1");
        (IfIndex port, IfIndex sub, IfIndex svi) = (device.Port("Gi0/2"), device.Port("Gi0/2.600"), device.Port("Vlan600"));
        InterfaceRoles roles = device.Build().Tables.Roles;
        Assert.Equal((port, new VlanId(600)), (roles.PortUnder(sub), roles.SubinterfaceVlan(sub)));
        Assert.Equal((new VlanId(600), svi), (roles.SviVlan(svi), roles.Svi(new VlanId(600))));
        Assert.False(roles.IsSvi(sub));
        Assert.Equal(port, roles.PortUnder(port));
    }

    private static NetworkBuilder Two()
    {
        var network = new NetworkBuilder();
        foreach (DeviceBuilder device in new[] { network.Device("one", "192.0.2.11"), network.Device("two", "192.0.2.12") })
            foreach (string port in new[] { "Gi1", "Gi2" }) device.Port(port);
        return network;
    }

    private static string[] LinksOf(NetworkSnapshot network) =>
        [.. network.Links.Select(link => $"{Text(network, link.A)} {Text(network, link.B)} {link.Evidence} {link.Source}")];

    private static string Text(NetworkSnapshot network, Port port) =>
        port == default ? "-" : $"{network.Device(port.Device)!.Name}/{network.Interface(port.Device, port.Interface)?.Name}";
}
