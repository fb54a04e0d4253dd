using System.Globalization;
using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// A switch that nobody manages and that announces nothing shows by addresses where one host cannot have them: two in VLANs that its port
/// tags, two on a routed port, three on another port.
/// </summary>
public sealed class UnseenSwitchTests
{
    private const string H5 = "192.0.2.50", Why = " leads to a switch that announces nothing and is not managed: discover it.";
    private static readonly MacAddress s_m5 = Mac(5), s_m6 = Mac(6);

    /// <param name="untagged">VLAN of Gi9, where h5 is in VLAN 10; 0 for none.</param>
    /// <param name="tagged">VLANs of Gi9.</param>
    /// <param name="other">VLAN in which another address was learned there; 0 where none was.</param>
    [Theory]
    [InlineData(0, "10", 0, false)] // a server that tags
    [InlineData(0, "10", 10, true)]
    [InlineData(0, "10 20", 20, true)]
    [InlineData(10, "", 0, false)]
    [InlineData(10, "", 10, false)] // a telephone and its computer
    [InlineData(10, "20", 20, false)] // the telephone in the voice VLAN
    [InlineData(20, "10", 20, true)]
    [InlineData(10, "10", 10, false)] // some devices list the untagged VLAN among the others
    public void On_a_switch_port_two_addresses_of_which_the_hosts_is_in_a_tagged_VLAN_show_it(
        int untagged, string tagged, int other, bool shows)
    {
        Floor floor = Bare();
        floor.Sw1.Native("Gi9", untagged, [.. tagged.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)])
            .Fdb(10, s_m5, "Gi9");
        if (other > 0) floor.Sw1.Fdb(other, s_m6, "Gi9");
        Assert.Equal(shows ? "h sw1 ? h" : "h sw1 h", floor.Network.Trace(H1, H5).Way());
        Assert.Equal(shows ? "h ? sw1 h" : "h sw1 h", floor.Network.Trace(H5, H1).Way());
    }

    /// <summary>A telephone in its voice VLAN, where an announced one has no switch before it, with a station behind it.</summary>
    [Theory]
    [InlineData(LldpCapabilities.Telephone | LldpCapabilities.Bridge, "", false)]
    [InlineData(LldpCapabilities.Telephone, "", false)]
    [InlineData(LldpCapabilities.None, "", true)]
    [InlineData(LldpCapabilities.Telephone | LldpCapabilities.Bridge, "and one more", true)]
    public void To_a_telephone_that_announces_itself_the_station_behind_it_shows_none(LldpCapabilities says, string more, bool shows)
    {
        Floor floor = Bare();
        floor.Sw1.Native("Gi9", 20, 10).Fdb(10, s_m5, "Gi9").Fdb(20, s_m6, "Gi9");
        if (says != LldpCapabilities.None) floor.Sw1.HearsStation("Gi9", H5, $"{s_m5}", says);
        if (more.Length > 0) floor.Sw1.Fdb(20, Mac(7), "Gi9");
        Assert.Equal(shows ? "h sw1 ? h" : "h sw1 h", floor.Network.Trace(H1, H5).Way());
        Assert.Equal(shows ? "h ? sw1 h" : "h sw1 h", floor.Network.Trace(H5, H1).Way());
    }

    private static readonly MacAddress s_phone = Mac(0x50), s_guest = MacAddress.Parse("52:54:00:00:00:01");

    /// <summary>What else is on the port of h5, which is in VLAN 10 without a tag.</summary>
    private static readonly (string What, Action<DeviceBuilder> Facts, bool Shows)[] s_ports =
    [
        ("nobody", sw1 => sw1.Access("Gi9", 10), false),
        ("one more, perhaps a telephone", sw1 => More(sw1, 6), false),
        ("two more", sw1 => More(sw1, 6, 7), true),
        ("two more in a table without VLANs", sw1 => sw1.Fdb(0, s_m6, "Gi9").Fdb(0, Mac(7), "Gi9"), true),
        ("a telephone in its voice VLAN", sw1 => Voice(sw1), false),
        ("a telephone in both VLANs", sw1 => Voice(sw1).Fdb(10, s_phone, "Gi9"), false),
        ("a telephone in its voice VLAN and one more", sw1 => Voice(sw1).Fdb(10, s_m6, "Gi9"), true),
        ("a telephone by LLDP", sw1 => Lldp(More(sw1, 0x50)), false),
        ("a telephone by LLDP and one more", sw1 => Lldp(More(sw1, 0x50, 6)), true),
        ("a telephone by CDP", sw1 => Cdp(More(sw1, 0x50)), false),
        ("a telephone by CDP and one more", sw1 => Cdp(More(sw1, 0x50, 6)), true),
        ("guests of h5", sw1 => Guests(More(sw1)), false),
        ("guests of an announced hypervisor that is h5", sw1 => Guests(Cdp(More(sw1))), false),
        ("guests of h5 or of one more", sw1 => Guests(More(sw1, 6)), true),
    ];

    public static TheoryData<string> Ports => [.. s_ports.Select(port => port.What)];

    [Theory]
    [MemberData(nameof(Ports))]
    public void On_a_hosts_port_what_is_left_without_the_telephone_and_guests_shows_it(string what)
    {
        (_, Action<DeviceBuilder> facts, bool shows) = s_ports.Single(port => port.What == what);
        Floor floor = Bare();
        floor.Sw1.Fdb(what.Contains("without VLANs", StringComparison.Ordinal) ? 0 : 10, s_m5, "Gi9");
        facts(floor.Sw1);
        Assert.Equal(shows ? "h sw1 ? h" : "h sw1 h", floor.Network.Trace(H1, H5).Way());
        Assert.Equal(shows ? "h ? sw1 h" : "h sw1 h", floor.Network.Trace(H5, H1).Way());
    }

    [Fact]
    public void Guests_of_which_none_is_the_host_are_joined_by_something()
    {
        Floor floor = new(learned: false);
        floor.Dist.Arp("Vlan10", H5, s_guest);
        Guests(floor.Sw1.Fdb(10, M1, "Gi1").Access("Gi9", 10));
        Assert.Equal("h ? sw1 h", floor.Network.Trace(H5, H1).Way());
    }

    [Fact]
    public void Behind_a_managed_access_point_are_its_stations()
    {
        Floor floor = Bare();
        floor.Network.Device("wlc", "192.0.2.60").AccessPoint("ap1", "192.0.2.61", Mac(0x61), Mac(0x62));
        More(floor.Sw1.Fdb(10, s_m5, "Gi9"), 0x61, 6, 7);
        Assert.Equal("h sw1 h", floor.Network.Trace(H5, H1).Way());
    }

    private static DeviceBuilder More(DeviceBuilder sw1, params int[] hosts)
    {
        foreach (int host in hosts) sw1.Fdb(10, Mac(host), "Gi9");
        return sw1.Access("Gi9", 10);
    }

    private static DeviceBuilder Voice(DeviceBuilder sw1) => sw1.Native("Gi9", 10, 20).Fdb(20, s_phone, "Gi9");

    private static DeviceBuilder Lldp(DeviceBuilder sw1) =>
        sw1.HearsStation("Gi9", "192.0.2.77", $"{s_phone}", LldpCapabilities.Telephone);

    private static DeviceBuilder Cdp(DeviceBuilder sw1) => sw1.HearsCdp("Gi9", "SEP00005E005350", "Port 1", 0x90);

    private static DeviceBuilder Guests(DeviceBuilder sw1) =>
        sw1.Fdb(10, s_guest, "Gi9").Fdb(10, MacAddress.Parse("00:50:56:00:00:02"), "Gi9")
            .Fdb(10, MacAddress.Parse("00:15:5d:00:00:03"), "Gi9");

    [Fact]
    public void Two_hosts_on_one_shared_port_are_joined_by_what_is_there()
    {
        Floor floor = Bare();
        floor.Sw1.Access("Gi9", 10).Fdb(10, s_m5, "Gi9").Fdb(10, s_m6, "Gi9").Fdb(10, Mac(7), "Gi9");
        floor.Dist.Arp("Vlan10", "192.0.2.60", s_m6);
        Assert.Equal("h ? h", floor.Network.Trace(H5, "192.0.2.60").Way());
    }

    [Fact]
    public void One_address_in_two_VLANs_is_one_host()
    {
        Floor floor = Bare();
        floor.Sw1.Trunk("Gi9", 10, 20).Fdb(10, s_m5, "Gi9").Fdb(20, s_m5, "Gi9");
        Assert.Equal("h sw1 h", floor.Network.Trace(H1, H5).Way());
        Assert.Equal("h sw1 h", floor.Network.Trace(H5, H1).Way());
    }

    [Fact]
    public void Addresses_on_another_port_show_nothing_of_this_one()
    {
        Floor floor = Bare();
        floor.Sw1.Trunk("Gi9", 10).Fdb(10, s_m5, "Gi9");
        floor.Sw2.Trunk("Gi7", 10).Fdb(10, s_m5, "Gi7").Fdb(10, s_m6, "Gi7");
        Assert.DoesNotContain(floor.Network.Trace(H1, H5).Nodes, node => node.Kind == NodeKind.Unknown);
    }

    [Fact]
    public void The_step_behind_it_says_so_and_names_the_rows()
    {
        Floor floor = Bare();
        floor.Sw1.Trunk("Gi9", 10).Fdb(10, s_m5, "Gi9").Fdb(10, s_m6, "Gi9");
        foreach ((string from, string to) in new[] { (H1, H5), (H5, H1) })
        {
            TraceEdge behind = floor.Network.Trace(from, to).Edges.Single(edge => edge.Class == RestsOn.BeyondUnmanaged.Name);
            Assert.True(RestsOn.IsWorthANote(behind));
            Assert.Equal("Gi9" + Why, behind.Reason);
            Assert.Contains(behind.Evidence, fact => fact.Key == $"VLAN 10 {s_m5} on Gi9"
                && fact.Method == "several addresses in tagged VLANs of one port: a switch lies between");
        }
    }

    /// <param name="neighbors">Last octets of addresses and of MAC addresses that are resolved on Gi0; the host's are 10 and 1.</param>
    [Theory]
    [InlineData("10:1", false)]
    [InlineData("10:1 99:1", false)] // one host with two addresses
    [InlineData("10:1 99:7", true)]
    [InlineData("99:7 10:1", true)]
    public void On_a_routed_port_two_resolved_neighbors_show_it(string neighbors, bool shows)
    {
        var network = new NetworkBuilder();
        DeviceBuilder router = network.Device("r1", "10.0.0.1").Address("Gi1", "198.51.100.1/24").Arp("Gi1", "198.51.100.9", Mac(9))
            .Address("Gi0", "192.0.2.1/24");
        foreach (string[] neighbor in neighbors.Split(' ').Select(neighbor => neighbor.Split(':')))
            router.Arp("Gi0", $"192.0.2.{neighbor[0]}", Mac(int.Parse(neighbor[1], CultureInfo.InvariantCulture)));
        Assert.Equal(shows ? "h ? r1 h" : "h r1 h", network.Trace(H1, "198.51.100.9").Way());
        Trace there = network.Trace("198.51.100.9", H1);
        Assert.Equal(shows ? "h r1 ? h" : "h r1 h", there.Way());
        if (!shows) return;
        Assert.Equal("Gi0" + Why, there.Edges[there.Shown[^1]].Reason);
        Assert.Contains(there.Edges[there.Shown[^1]].Evidence, fact => fact.Key.EndsWith(" on Gi0", StringComparison.Ordinal)
            && fact.Key.Contains("192.0.2.99 is ", StringComparison.Ordinal) && fact.Key.Contains($"{H1} is ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_managed_router_on_such_a_port_is_a_neighbor_all_the_same()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.0.0.1").Address("Lan", "198.51.100.1/24").Arp("Lan", "198.51.100.9", Mac(9))
            .Address("Wan", "192.0.2.1/24").Route("203.0.113.0/24", "192.0.2.2", "Wan");
        DeviceBuilder r2 = network.Device("r2", "10.0.0.2").Address("Wan", "192.0.2.2/24").Address("Lan", "203.0.113.1/24")
            .Arp("Lan", "203.0.113.9", Mac(8));
        r1.Arp("Wan", "192.0.2.2", r2.MacOf("Wan")).Arp("Wan", "192.0.2.3", Mac(7));
        Assert.Equal("h r1 r2 h", network.Trace("198.51.100.9", "203.0.113.9").Way());
    }

    /// <summary>h1 on sw1, h5 known to dist, and learned where the test says.</summary>
    private static Floor Bare()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1");
        floor.Dist.Arp("Vlan10", H5, s_m5);
        return floor;
    }
}
