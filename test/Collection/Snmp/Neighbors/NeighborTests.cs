using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

public sealed class NeighborTests
{
    // lldpLocPortTable of port 5 says: subtype, id (hex), description. Interfaces are 1 ge-0/0/0, 2 ge-0/0/1, 3 ge-0/0/2, with MACs
    // 00:00:5e:00:53:01 ...
    [Theory]
    [InlineData(5, "67652D302F302F31", "", 2)] // interfaceName ge-0/0/1
    [InlineData(3, "00005e005303", "", 3)] // macAddress
    [InlineData(7, "32", "", 2)] // local: an ifIndex, as Junos has it
    [InlineData(7, "67652D302F302F32", "", 3)] // local: a name
    [InlineData(7, "3939", "ge-0/0/0", 1)] // local, meaningless; the description is a name
    [InlineData(5, "787878", "", 3)] // no rule by id: bridge port 5 is ifIndex 3
    public async Task The_local_port_is_found_by_the_agents_own_port_table(int subtype, string id, string description, int expected)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("ge-0/0/0", "ge-0/0/1", "ge-0/0/2"), .. Neighbor(5),
            Row.Int("1.3.6.1.2.1.17.1.4.1.2.5", 3),
            Row.Int("1.0.8802.1.1.2.1.3.7.1.2.5", subtype), Row.Hex("1.0.8802.1.1.2.1.3.7.1.3.5", id),
            Row.Text("1.0.8802.1.1.2.1.3.7.1.4.5", description)]);
        Assert.Equal(expected, Assert.Single(snapshot.LldpNeighbors).LocalPort.Value);
    }

    [Fact]
    public async Task Without_a_port_table_the_number_is_a_bridge_port_or_else_an_ifIndex_or_else_unknown()
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("p1", "p2"), Row.Int("1.3.6.1.2.1.17.1.4.1.2.1", 2), .. Neighbor(1), .. Neighbor(2),
            .. Neighbor(77)]);
        Assert.Equal([2, 2, 0], snapshot.LldpNeighbors.Select(neighbor => neighbor.LocalPort.Value));
    }

    [Fact]
    public async Task A_name_that_two_interfaces_share_names_none()
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("uplink", "uplink"), .. Neighbor(9), Row.Int("1.0.8802.1.1.2.1.3.7.1.2.9", 5),
            Row.Text("1.0.8802.1.1.2.1.3.7.1.3.9", "uplink")]);
        Assert.True(Assert.Single(snapshot.LldpNeighbors).LocalPort.IsNone);
    }

    [Theory]
    [InlineData("2.1")] // as some agents have it, without a time mark
    [InlineData("989262276.2.1")]
    [InlineData("1.2.1")]
    public async Task The_local_port_and_the_neighbor_are_the_last_parts_of_the_index(string index)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1", "p2"), .. Port(2, 5, "p2"),
            Row.Int($"1.0.8802.1.1.2.1.4.1.1.4.{index}", 4), Row.Hex($"1.0.8802.1.1.2.1.4.1.1.5.{index}", "00005e0053ff"),
            Row.Int($"1.0.8802.1.1.2.1.4.2.1.3.{index}.1.4.192.0.2.149", 2), Row.Int($"1.0.8802.1.1.2.1.4.2.1.3.{index}.1.192.0.2.150", 2),
            Row.Int($"1.0.8802.1.1.2.1.4.2.1.3.{index}.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1", 2)]);
        LldpNeighbor neighbor = Assert.Single(snapshot.LldpNeighbors);
        Assert.Equal(2, neighbor.LocalPort.Value);
        Assert.Equal(["192.0.2.149", "192.0.2.150"], neighbor.ManagementAddresses.Order().Select(address => address.ToString()));
    }

    [Fact]
    public async Task A_port_with_the_bridge_before_it_is_the_port()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("ether1", "ether2", "bridge"), .. Neighbor(1), .. Neighbor(2),
            .. Port(1, 5, "bridge/ether2"), .. Port(2, 5, "elsewhere/ether1")]);
        Assert.Equal([2, 2], snapshot.LldpNeighbors.Select(neighbor => neighbor.LocalPort.Value)); // 2: by its number
    }

    [Fact]
    public async Task Neighbors_on_ports_that_are_no_interface_leave_a_note()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1"), .. Neighbor(1), .. Neighbor(77), .. Neighbor(78)]);
        Assert.Equal("2 neighbors are heard on local ports that are no interface, the first on 77.",
            snapshot.Reading(LldpNeighbor.LldpRemTable).Reason);
    }

    [Fact]
    public async Task A_CDP_neighbor_need_not_be_numbered()
    {
        DeviceSnapshot snapshot = await Collect.From(Row.Text("1.3.6.1.4.1.9.9.23.1.2.1.1.6.3", "core-1"));
        Assert.Equal((3, "core-1"), Assert.Single(snapshot.CdpNeighbors.Select(neighbor => (neighbor.LocalPort.Value, neighbor.DeviceId))));
    }

    [Theory]
    [InlineData(4, "00005e0053ff", "00:00:5e:00:53:ff")]
    [InlineData(4, "3030303035653030353366660000", "00:00:5e:00:53:ff")] // as text
    [InlineData(5, "01c0000207", "192.0.2.7")]
    [InlineData(7, "656467652d31", "edge-1")]
    [InlineData(7, "656467652d3100", "edge-1")]
    [InlineData(7, "0001fe", "00:01:fe")] // octets that are no text
    public async Task Identities_are_written_as_their_subtype_says(int subtype, string id, string expected)
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("p1"), Row.Int("1.0.8802.1.1.2.1.4.1.1.4.0.1.1", subtype),
            Row.Hex("1.0.8802.1.1.2.1.4.1.1.5.0.1.1", id)]);
        ChassisId chassis = snapshot.LldpNeighbors[0].ChassisId;
        Assert.Equal((subtype, expected), (chassis.Subtype, chassis.Text));
    }

    [Fact]
    public async Task Optional_announcements_that_were_not_sent_are_null_and_addresses_are_IPv4()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1"), .. Neighbor(1),
            Row.Text("1.0.8802.1.1.2.1.4.1.1.9.0.1.1", "core-1"),
            Row.Int("1.0.8802.1.1.2.1.4.2.1.3.0.1.1.1.4.192.0.2.7", 2), Row.Int("1.0.8802.1.1.2.1.4.2.1.3.0.1.1.1.4.0.0.0.0", 2),
            Row.Int("1.0.8802.1.1.2.1.4.2.1.3.0.1.1.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1", 2)]);
        LldpNeighbor neighbor = Assert.Single(snapshot.LldpNeighbors);
        Assert.Equal((null, "core-1", null), (neighbor.PortDescription, neighbor.SystemName, neighbor.SystemDescription));
        Assert.Equal(["192.0.2.7"], neighbor.ManagementAddresses.Select(address => address.ToString()));
    }

    [Theory]
    [InlineData("2800", LldpCapabilities.Bridge | LldpCapabilities.Router, true)]
    [InlineData("10", LldpCapabilities.AccessPoint, true)]
    [InlineData("0400", LldpCapabilities.Telephone, false)]
    [InlineData("2400", LldpCapabilities.Bridge | LldpCapabilities.Telephone, true)] // for the station behind it
    [InlineData("0c00", LldpCapabilities.Router | LldpCapabilities.Telephone, true)]
    [InlineData("01", LldpCapabilities.StationOnly, false)]
    [InlineData("0000", LldpCapabilities.None, true)]
    [InlineData("", LldpCapabilities.None, true)]
    [InlineData("0400ffffffff", LldpCapabilities.Telephone, false)]
    public async Task Enabled_capabilities_say_what_an_LLDP_neighbor_does(string bits, LldpCapabilities expected, bool mayForward)
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("p1"), .. Neighbor(1), Row.Hex("1.0.8802.1.1.2.1.4.1.1.11.0.1.1", "ffff"),
            Row.Hex("1.0.8802.1.1.2.1.4.1.1.12.0.1.1", bits)]);
        LldpNeighbor neighbor = Assert.Single(snapshot.LldpNeighbors);
        Assert.Equal((expected, mayForward), (neighbor.Capabilities, neighbor.MayForward));
    }

    [Fact]
    public async Task A_CDP_neighbor_is_read_with_platform_capabilities_and_address()
    {
        DeviceSnapshot snapshot = await Collect.From(
            Row.Int("1.3.6.1.4.1.9.9.23.1.2.1.1.3.2.1", 1), Row.Hex("1.3.6.1.4.1.9.9.23.1.2.1.1.4.2.1", "c0000207"),
            Row.Text("1.3.6.1.4.1.9.9.23.1.2.1.1.5.2.1", "Cisco IOS Software\r\nCopyright"),
            Row.Text("1.3.6.1.4.1.9.9.23.1.2.1.1.6.2.1", "core-1.example.com"),
            Row.Text("1.3.6.1.4.1.9.9.23.1.2.1.1.7.2.1", "GigabitEthernet1/0/24"),
            Row.Text("1.3.6.1.4.1.9.9.23.1.2.1.1.8.2.1", "cisco WS-C3850-48T"), Row.Hex("1.3.6.1.4.1.9.9.23.1.2.1.1.9.2.1", "00000029"));
        Assert.Equal(
            new CdpNeighbor(new IfIndex(2), "core-1.example.com", "GigabitEthernet1/0/24", "cisco WS-C3850-48T",
                "Cisco IOS Software Copyright", 0x29, Ipv4Address.Parse("192.0.2.7")),
            Assert.Single(snapshot.CdpNeighbors));
    }

    [SharedFact]
    public async Task The_links_of_a_real_network_are_announced_on_the_interfaces_that_its_owner_named()
    {
        // nms17216: the five switches announce each other by CDP on the ports of OpenNMS's own expectations (expected-links.json names the
        // devices).
        DeviceSnapshot switch1 = await Collect.From(Recordings.Walk("nms17216", "switch1-walk.txt"));
        DeviceSnapshot switch2 = await Collect.From(Recordings.Walk("nms17216", "switch2-walk.txt"));
        Assert.Equal(4, switch1.CdpNeighbors.Count(neighbor => neighbor.DeviceId.StartsWith("Switch2", StringComparison.Ordinal)));
        Assert.Equal(4, switch2.CdpNeighbors.Count(neighbor => neighbor.DeviceId.StartsWith("Switch1", StringComparison.Ordinal)));
        Assert.All(switch1.LldpNeighbors, neighbor => Assert.Contains(switch1.Interfaces, one => one.Index == neighbor.LocalPort));
        foreach (LldpNeighbor there in switch1.LldpNeighbors.Where(neighbor => neighbor.ChassisId == switch2.Identity.LldpChassisId))
        {
            Interface far = Assert.Single(switch2.Interfaces, one => one.ShortName == there.PortId.Text);
            string near = switch1.Interfaces.Single(one => one.Index == there.LocalPort).ShortName;
            Assert.Contains(switch2.LldpNeighbors,
                back => back.LocalPort == far.Index && back.ChassisId == switch1.Identity.LldpChassisId && back.PortId.Text == near);
        }
    }

    /// <summary>A row of lldpLocPortTable.</summary>
    private static VarBind[] Port(int number, int subtype, string id) =>
        [Row.Int($"1.0.8802.1.1.2.1.3.7.1.2.{number}", subtype), Row.Text($"1.0.8802.1.1.2.1.3.7.1.3.{number}", id)];

    private static VarBind[] Neighbor(int localPort) =>
    [
        Row.Int($"1.0.8802.1.1.2.1.4.1.1.4.0.{localPort}.1", 4), Row.Hex($"1.0.8802.1.1.2.1.4.1.1.5.0.{localPort}.1", "00005e0053ff"),
        Row.Int($"1.0.8802.1.1.2.1.4.1.1.6.0.{localPort}.1", 5), Row.Text($"1.0.8802.1.1.2.1.4.1.1.7.0.{localPort}.1", "Gi1/0/1"),
    ];
}
