using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.Network.Tests;

/// <summary>Which ports are joined, by announcements, subnets of two, and learned addresses.</summary>
public sealed class LinkTests
{
    [Theory]
    [InlineData(30, 30, "one/Gi1 two/Gi1 Subnet")]
    [InlineData(31, 31, "one/Gi1 two/Gi1 Subnet")]
    [InlineData(29, 29, "")] // others may stand there, too
    [InlineData(32, 32, "")]
    [InlineData(30, 31, "")]
    public void A_subnet_of_two_addresses_joins_the_only_two_that_stand_in_it(int one, int two, string links)
    {
        NetworkBuilder network = Three();
        network["one"].Address("Gi1", $"10.0.0.{(one == 31 ? 2 : 1)}/{one}");
        network["two"].Address("Gi1", $"10.0.0.{(one == 31 ? 3 : 2)}/{two}");
        Assert.Equal(links, Links(network));
    }

    [Fact]
    public void Three_in_a_subnet_of_two_are_not_joined()
    {
        NetworkBuilder network = Three();
        network["one"].Address("Gi1", "10.0.0.1/30");
        network["two"].Address("Gi1", "10.0.0.2/30");
        network["three"].Address("Gi1", "10.0.0.2/30");
        Assert.Equal("", Links(network));
    }

    [Theory]
    [InlineData("Vlan7")] // the frame leaves by one of its ports
    [InlineData("Loop0")]
    public void A_subnet_of_two_on_no_wire_joins_nothing(string port)
    {
        NetworkBuilder network = Three();
        network["one"].Address(port, "10.0.0.1/30");
        network["two"].Address("Gi1", "10.0.0.2/30");
        Assert.Equal("", Links(network));
    }

    [Fact]
    public void One_device_with_both_addresses_is_not_joined_to_itself()
    {
        NetworkBuilder network = Three();
        network["one"].Address("Gi1", "10.0.0.1/30").Address("Gi2", "10.0.0.2/30");
        Assert.Equal("", Links(network));
    }

    [Fact]
    public void A_subinterfaces_subnet_joins_the_ports_under_it()
    {
        NetworkBuilder network = Three();
        network["one"].Address("Gi1.5", "10.0.0.1/30");
        network["two"].Address("Gi2.5", "10.0.0.2/30");
        Assert.Equal("one/Gi1 two/Gi2 Subnet", Links(network));
    }

    [Theory]
    [InlineData("managed", "one/Gi1 three/Gi1 BothSides")]
    [InlineData("forwards", "")]
    [InlineData("host", "one/Gi1 two/Gi1 Subnet")]
    public void A_port_that_announces_somebody_who_forwards_is_not_joined_by_its_subnet(string neighbor, string links)
    {
        NetworkBuilder network = Three();
        network["one"].Address("Gi1", "10.0.0.1/30");
        network["two"].Address("Gi1", "10.0.0.2/30");
        if (neighbor == "managed") network.Cable("one:Gi1", "three:Gi1");
        else network["one"].HearsCdp("Gi1", "stranger", "eth0", neighbor == "forwards" ? 1u : 16u);
        Assert.Equal(links, Links(network));
    }

    [Fact]
    public void The_near_ends_ARP_row_speaks_against_a_link_only_where_the_far_device_tells_its_addresses()
    {
        NetworkBuilder network = Three();
        network["one"].Address("Gi1", "10.0.0.1/30").Arp("Gi1", "10.0.0.2", Mac(1));
        network["two"].Address("Gi1", "10.0.0.2/30").Shared("Gi1", default).Shared("Gi2", default);
        Assert.Equal("one/Gi1 two/Gi1 Subnet", Links(network));
        network["two"].Shared("Gi2", Mac(9));
        Assert.Equal("", Links(network));
    }

    [Theory]
    [InlineData("1:2 2:1", "one/Gi1 two/Gi1 Fdb")] // each has learned the other
    [InlineData("1:2", "")]
    [InlineData("1:2 2:1 1:3 2:3", "")] // a third is seen by both ports: it may stand between
    [InlineData("1:2 2:1 1:3", "one/Gi1 two/Gi1 Fdb")] // behind one of them it stands behind the other
    public void Two_bridges_are_neighbors_where_no_managed_device_is_seen_by_both_ports(string learned, string links)
    {
        NetworkBuilder network = Three();
        string[] names = ["one", "two", "three"];
        foreach (string[] pair in learned.Split(' ').Select(pair => pair.Split(':')))
            network[names[pair[0][0] - '1']].Fdb(1, network[names[pair[1][0] - '1']].MacOf("Gi2"), "Gi1");
        network["three"].Fdb(1, Mac(9), "Gi1");
        network["two"].Fdb(1, Mac(9), "Gi2"); // they are bridges
        Assert.Equal(links, Links(network));
    }

    [Fact]
    public void Learned_addresses_join_no_port_that_announces_somebody()
    {
        NetworkBuilder network = Three();
        network["one"].Fdb(1, network["two"].MacOf("Gi2"), "Gi1");
        network["two"].Fdb(1, network["one"].MacOf("Gi2"), "Gi1");
        network.Cable("two:Gi1", "three:Gi1");
        Assert.Equal("two/Gi1 three/Gi1 BothSides", Links(network));
    }

    [Theory]
    [InlineData("Gi1", true)]
    [InlineData("Vlan7", false)] // it is on every port of the VLAN
    [InlineData("Gi1.7", true)] // on the port under it
    public void A_router_hangs_on_the_port_where_its_own_port_was_learned(string port, bool joined)
    {
        NetworkBuilder network = Three();
        network["two"].Port(port);
        network["one"].Fdb(1, network["two"].MacOf(port), "Gi1");
        Assert.Equal(joined ? "one/Gi1 two/Gi1 Fdb" : "", Links(network));
    }

    [Fact]
    public void A_router_behind_another_bridge_does_not_hang_on_this_one()
    {
        NetworkBuilder network = Three();
        network["one"].Fdb(1, network["three"].MacOf("Gi1"), "Gi1").Fdb(1, network["two"].MacOf("Gi1"), "Gi1");
        network["two"].Fdb(1, network["three"].MacOf("Gi1"), "Gi2").Fdb(1, network["one"].MacOf("Gi1"), "Gi1");
        Assert.Equal("one/Gi1 two/Gi1 Fdb, two/Gi2 three/Gi1 Fdb", Links(network));
    }

    [Fact]
    public void A_MAC_address_that_two_ports_of_the_router_have_names_none()
    {
        NetworkBuilder network = Three();
        network["two"].Shared("Gi1", Mac(7)).Shared("Gi2", Mac(7));
        network["one"].Fdb(1, Mac(7), "Gi1");
        Assert.Equal("", Links(network));
    }

    [Fact]
    public void What_both_ends_announce_counts_more_than_what_one_end_does()
    {
        NetworkBuilder network = Three();
        network["one"].HearsCdp("Gi1", "two", "Gi1", 1);
        network.Cable("one:Gi1", "two:Gi1");
        Assert.Equal("one/Gi1 two/Gi1 BothSides", Links(network));
    }

    [Fact]
    public void An_announcement_whose_port_does_not_resolve_is_completed_at_the_end_where_only_one_answer_fits()
    {
        NetworkBuilder network = Three();
        network["one"].Hears("Gi1", "two", "whatever");
        network["two"].Hears("Gi1", "one", "whatever").Hears("Gi2", "one", "whatever");
        Assert.Equal("one/Gi1 two/Gi1 BothSides, one/Gi1 two/Gi2 BothSides", Links(network));
    }

    [Fact]
    public void Ends_that_announce_other_ports_than_they_have_are_two_links_of_one_side()
    {
        NetworkBuilder network = Three();
        network["one"].Hears("Gi1", "two", "Gi1");
        network["two"].Hears("Gi2", "one", "Gi2");
        Assert.Equal("one/Gi1 two/Gi1 OneSide, one/Gi2 two/Gi2 OneSide", Links(network));
    }

    [Theory]
    [InlineData("two", "GigabitEthernet1", "Gi1")] // either form of a name
    [InlineData("two", "gi1", "Gi1")]
    [InlineData("two", "uplink", "Gi2")] // an alias
    [InlineData("two", "02:00:00:00:02:01", "Gi1")] // its MAC address
    [InlineData("two", "10.0.9.1", "Gi2")] // its address
    [InlineData("two", "2", "Gi2")] // its ifIndex
    [InlineData("two", "3", "")]
    [InlineData("two", "0", "")]
    [InlineData("two", "elsewhere", "")]
    [InlineData("two.example.net", "Gi1", "Gi1")]
    [InlineData("two", "Gi2/Gi1", "Gi1")] // a port with its bridge before it
    [InlineData("two", "bridge/Gi1", "")] // there is no such bridge
    [InlineData("two", "Gi2/7", "")]
    public void An_announced_port_is_found_by_any_of_its_names(string system, string port, string found)
    {
        NetworkBuilder network = Three();
        network["one"].Hears("Gi1", system, port);
        network["two"].Address("Gi2", "10.0.9.1/24").Alias("Gi2", "uplink");
        Assert.Equal($"one/Gi1 two/{found} OneSide", Links(network));
    }

    [Fact]
    public void A_name_that_two_ports_share_finds_none_of_them_unless_it_is_a_better_name_of_one()
    {
        NetworkBuilder network = Three();
        network["one"].Hears("Gi1", "two", "uplink").Hears("Gi2", "two", "Gi1");
        network["two"].Alias("Gi1", "uplink").Alias("Gi2", "uplink");
        Assert.Equal("one/Gi1 two/ OneSide, one/Gi2 two/Gi1 OneSide", Links(network));
        network = Three();
        network["one"].Hears("Gi1", "two", "Gi1");
        network["two"].Alias("Gi2", "Gi1"); // somebody wrote another port's name there
        Assert.Equal("one/Gi1 two/Gi1 OneSide", Links(network));
    }

    [Theory]
    [InlineData(3, 3, "one/Gi1 two/Gi1 OneSide")] // the chassis id is its own
    [InlineData(3, 4, "")] // another device of the maker's default name
    [InlineData(null, 4, "one/Gi1 two/Gi1 OneSide")] // nothing contradicts the name
    public void A_name_finds_nobody_who_tells_another_chassis_id(int? own, int announced, string links)
    {
        NetworkBuilder network = Three();
        if (own is { } chassis) network["two"].Chassis(Mac(chassis));
        network["one"].HearsChassis("Gi1", Mac(announced), "two", "Gi1");
        Assert.Equal(links, Links(network));
        string[] unmanaged = links.Length == 0 ? ["two"] : [];
        Assert.Equal(unmanaged, network.Build().UnmanagedNeighbors.Select(neighbor => neighbor.Name));
    }

    [Theory]
    [InlineData("10.0.9.1", "one/Gi1 two/Gi1 OneSide")]
    [InlineData("192.0.2.12", "one/Gi1 two/Gi1 OneSide")] // its management address
    [InlineData("10.0.9.2", "")]
    public void A_name_finds_nobody_who_has_neither_the_chassis_id_nor_the_addresses(string address, string links)
    {
        NetworkBuilder network = Three();
        network["two"].Address("Gi2", "10.0.9.1/24");
        network["one"].HearsChassis("Gi1", Mac(4), "two", "Gi1", address);
        Assert.Equal(links, Links(network));
    }

    [Fact]
    public void An_address_finds_nobody_who_tells_another_chassis_id()
    {
        NetworkBuilder network = Three();
        network["two"].Chassis(Mac(3)).Address("Gi2", "10.0.9.1/24");
        network["one"].HearsChassis("Gi1", Mac(4), null, "Gi1", "10.0.9.1");
        Assert.Equal("", Links(network));
    }

    [Theory]
    [InlineData("10.0.9.1", "one/Gi1 two/Gi1 OneSide")]
    [InlineData("10.0.9.3", "")] // another device has it
    [InlineData("10.0.9.4", "one/Gi1 two/Gi1 OneSide")] // nobody has it
    public void A_CDP_name_finds_nobody_whose_announced_address_is_another_devices(string address, string links)
    {
        NetworkBuilder network = Three();
        network["two"].Address("Gi2", "10.0.9.1/24");
        network["three"].Address("Gi2", "10.0.9.3/24");
        network["one"].HearsCdp("Gi1", "two", "Gi1", 1, address);
        Assert.Equal(links, Links(network));
    }

    [Fact]
    public void A_bundle_whose_members_nobody_tells_is_no_third_wire()
    {
        NetworkBuilder network = Three();
        foreach (string port in (string[])["Gi1", "Gi2"]) network.Cable($"one:{port}", $"two:{port}");
        network["one"].Fdb(1, network["two"].MacOf("Gi1"), "Po1");
        network["two"].Fdb(1, network["one"].MacOf("Gi2"), "Po1");
        Assert.Equal("one/Gi1 two/Gi1 BothSides, one/Gi2 two/Gi2 BothSides", Links(network));
        DeviceBuilder one = network["one"];
        NetworkSnapshot built = network.Build();
        LinkEnd joined = Assert.Single(built.LinksAt(new Port(one.Build().Id, one.Port("Po1"))));
        Assert.Equal("Po1", built.Interface(joined.Far.Device, joined.Far.Interface)!.Name);
        Assert.Equal(2, joined.Wires.Count());
    }

    [Theory]
    [InlineData("", "Gi1 Gi2")]
    [InlineData("learned on a member", "")]
    [InlineData("another bundle", "Gi1 Gi2")] // its chassis id was learned here
    [InlineData("another neighbor", "")]
    public void The_members_of_an_untold_bundle_are_the_ports_that_hear_the_neighbor_who_was_learned_on_it(string also, string members)
    {
        DeviceBuilder one = Three()["one"].HearsChassis("Gi1", Mac(4), null, "1").HearsChassis("Gi2", Mac(4), null, "2");
        one.Fdb(1, also == "another neighbor" ? Mac(5) : Mac(4), "Po1");
        if (also == "learned on a member") one.Fdb(1, Mac(6), "Gi2");
        if (also == "another bundle") one.Fdb(1, Mac(6), "Po2");
        if (also == "another neighbor") one.HearsChassis("Gi3", Mac(7), null, "1").HearsChassis("Gi4", Mac(7), null, "2");
        NetworkDevice built = one.Build();
        Assert.Equal(members, string.Join(' ', (built.Tables.Bundles.Of(one.Port("Po1"))?.Members ?? []).Select(built.Tables.NameOf)));
    }

    private static NetworkBuilder Three()
    {
        var network = new NetworkBuilder();
        foreach ((int i, string name) in new[] { "one", "two", "three" }.Index())
        {
            DeviceBuilder device = network.Device(name, $"192.0.2.{i + 11}");
            device.Port("Gi1");
            device.Port("Gi2");
        }
        return network;
    }

    private static string Links(NetworkBuilder network)
    {
        NetworkSnapshot snapshot = network.Build();
        return string.Join(", ", snapshot.Links.Select(link => $"{Text(link.A)} {Text(link.B)} {link.Evidence}"));

        string Text(Port port) => $"{snapshot.Device(port.Device)!.Name}/{snapshot.Interface(port.Device, port.Interface)?.Name}";
    }
}
