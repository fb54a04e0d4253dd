using System.Globalization;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>Tables that speak of bridge ports, as agents really index and number them.</summary>
public sealed class BridgePortTests
{
    private const string BasePort = "1.3.6.1.2.1.17.1.4.1", Fdb = "1.3.6.1.2.1.17.4.3.1", QFdb = "1.3.6.1.2.1.17.7.1.2.2.1";
    private const string Stp = "1.3.6.1.2.1.17.2.15.1.3", Current = "1.3.6.1.2.1.17.7.1.4.2.1", Static = "1.3.6.1.2.1.17.7.1.4.3.1";

    [Fact]
    public async Task A_MAC_address_in_an_index_may_have_its_length_before_it()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1", "p2", "p3"), .. Ports(1, 2, 3),
            Row.Int($"{Fdb}.2.6.2.171.171.1.0.1", 2), Row.Int($"{Fdb}.3.6.2.171.171.1.0.1", 3),
            Row.Int($"{QFdb}.2.7.6.2.171.171.1.0.2", 3)]);
        Assert.Equal(["0 02:ab:ab:01:00:01 2", "7 02:ab:ab:01:00:02 3"], Learned(snapshot));
    }

    [Fact]
    public async Task Rows_that_are_numbered_are_read_by_the_columns_that_tell_their_keys()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1", "p2", "p3"), .. Ports(1, 2, 3),
            .. Enumerable.Range(1, 3).Select(row => Row.Int($"{BasePort}.1.{row}", 32_767 + row)),
            Row.Hex($"{Fdb}.1.1", "02abab020001"), Row.Int($"{Fdb}.2.1", 32_769), Row.Hex($"{Fdb}.1.2", "02abab020002"),
            Row.Int($"{Fdb}.2.2", 32_770), Row.Hex($"{QFdb}.1.9.1", "02abab020003"), Row.Int($"{QFdb}.2.9.1", 32_768),
            Row.Int($"{Stp}.32769", 5)]);
        Assert.Equal(["0 02:ab:ab:02:00:01 2", "0 02:ab:ab:02:00:02 3", "9 02:ab:ab:02:00:03 1"], Learned(snapshot));
        Assert.Equal(new StpPort(default, new IfIndex(2), StpState.Forwarding), Assert.Single(snapshot.StpPorts));
        Assert.Equal((ReadingOutcome.Answered, 2, null), Reading(snapshot, FdbEntry.Dot1dTpFdbTable));
        Assert.Single(snapshot.Readings, reading => reading.Source == BridgePort.Dot1dBasePortTable);
    }

    [Fact]
    public async Task Columns_that_repeat_the_index_are_not_asked_where_it_is_read()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("p1"), .. Ports(1), Row.Int($"{BasePort}.1.1", 1),
            Row.Int($"{Fdb}.2.2.171.171.1.0.1", 1), Row.Hex($"{Fdb}.1.2.171.171.1.0.1", "02abab010001"),
            Row.Int($"{Fdb}.2.2.171.171.1.0.2", 77)]); // one port that is none makes no doubt of the others
        await Collect.From(device);
        Assert.DoesNotContain(device.Asked, asked => asked is $"{BasePort}.1" or $"{Fdb}.1");
    }

    [Theory]
    [InlineData(49_152)]
    [InlineData(100)]
    public async Task Ports_that_are_counted_from_1_are_bridge_ports_behind_a_constant(int constant)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Enumerable.Range(1, 4).SelectMany(number => Port(constant + number)),
            Row.Int($"{QFdb}.2.1.2.171.171.4.0.1", 2), Row.Int($"{Fdb}.2.2.171.171.4.0.3", 3), Row.Int($"{Stp}.4", 2),
            Row.Hex($"{Current}.4.0.100", "C0"), Row.Hex($"{Current}.5.0.100", "80")]);
        Assert.Equal([$"1 02:ab:ab:04:00:01 {constant + 2}", $"0 02:ab:ab:04:00:03 {constant + 3}"],
            Learned(snapshot).OrderDescending());
        Assert.Equal(constant + 4, Assert.Single(snapshot.StpPorts).Interface.Value);
        Assert.Equal([$"{constant + 1}: 100 []", $"{constant + 2}: 0 [100]"], Members(snapshot));
    }

    [Theory]
    [InlineData("2 101", "0 101")] // one of them is a bridge port: they are not counted
    [InlineData("2 9", "102 0")] // there are not so many ports
    public async Task Ports_are_counted_only_where_none_of_the_table_is_a_bridge_port(string ports, string on)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Enumerable.Range(101, 4).SelectMany(Port),
            .. ports.Split(' ').Select((port, row) =>
                Row.Int($"{QFdb}.2.1.2.171.171.4.0.{row}", int.Parse(port, CultureInfo.InvariantCulture)))]);
        Assert.Equal(on.Split(' ').Order(), snapshot.Fdb.Select(entry => $"{entry.Interface}").Order());
    }

    [Fact]
    public async Task An_address_on_a_port_that_is_no_interface_leaves_a_note_and_an_own_one_does_not()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1"), .. Ports(1), Row.Int($"{Fdb}.2.2.171.171.1.0.1", 1),
            Row.Int($"{Fdb}.2.2.171.171.1.0.2", 65), Row.Int($"{Fdb}.2.2.171.171.1.0.3", 65), Row.Int($"{Fdb}.3.2.171.171.1.0.3", 4),
            Row.Int($"{Fdb}.2.2.171.171.1.0.4", 0), Row.Int($"{Stp}.1", 5), Row.Int($"{Stp}.66", 5)]);
        const string Lost = "1 rows speak of bridge ports that dot1dBasePortTable maps to no interface, the first of port ";
        Assert.Equal((ReadingOutcome.Answered, 4, Lost + "65."), Reading(snapshot, FdbEntry.Dot1dTpFdbTable));
        Assert.Equal((ReadingOutcome.Answered, 1, Lost + "66."), Reading(snapshot, StpPort.Dot1dStpPortTable));
        Assert.Equal(4, snapshot.Fdb.Length);
    }

    [Fact]
    public async Task A_port_may_be_named_by_its_ifIndex_in_every_table()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1"), Row.Int($"{BasePort}.2.1", 1_001),
            Row.Int($"{Fdb}.2.2.171.171.1.0.1", 1_001), Row.Int($"{Stp}.1001", 5)]);
        Assert.Equal(1_001, Assert.Single(snapshot.Fdb).Interface.Value);
        Assert.Equal(1_001, Assert.Single(snapshot.StpPorts).Interface.Value);
    }

    [Fact]
    public async Task A_VLAN_is_the_last_part_of_its_index_with_or_without_a_time_mark()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("p1", "p2"), .. Ports(1, 2),
            Row.Gauge($"{Current}.3.100", 100), Row.Hex($"{Current}.4.100", "C0"), Row.Hex($"{Current}.5.100", "80"),
            Row.Text($"{Static}.1.5.100", "staff")]);
        Assert.Equal(["1: 100 []", "2: 0 [100]"], Members(snapshot));
        Assert.Equal(new Vlan(new VlanId(100), "staff"), Assert.Single(snapshot.Vlans));
    }

    [Fact]
    public async Task Port_lists_of_which_no_port_is_a_bridge_port_leave_a_note()
    {
        DeviceSnapshot snapshot = await Collect.From([Row.Int($"{BasePort}.2.20", 7), Row.Hex($"{Current}.4.0.100", "C0")]);
        Assert.Empty(snapshot.VlanMembers);
        Assert.Equal("2 ports of its lists are none that dot1dBasePortTable maps to an interface, the first is 1.",
            snapshot.Reading(VlanMember.Dot1qVlanCurrentTable).Reason);
    }

    /// <summary>Bridge ports on the interfaces 1, 2 and so on.</summary>
    private static IEnumerable<VarBind> Ports(params int[] ports) =>
        ports.Select((port, at) => Row.Int($"{BasePort}.2.{port}", at + 1));

    /// <summary>An interface and a bridge port of one number.</summary>
    private static VarBind[] Port(int number) =>
        [Row.Text($"1.3.6.1.2.1.2.2.1.2.{number}", $"gigabitEthernet 1/0/{number}"), Row.Int($"{BasePort}.2.{number}", number)];

    private static IEnumerable<string> Learned(DeviceSnapshot snapshot) =>
        snapshot.Fdb.Select(entry => $"{entry.Vlan} {entry.Mac} {entry.Interface}").OrderBy(text => text[2..]);

    private static IEnumerable<string> Members(DeviceSnapshot snapshot) =>
        snapshot.VlanMembers.Select(member => $"{member.Interface}: {member.Untagged} [{string.Join(' ', member.Tagged)}]");

    private static (ReadingOutcome, int, string?) Reading(DeviceSnapshot snapshot, FactSource source) =>
        snapshot.Reading(source) is var reading ? (reading.Outcome, reading.Rows, reading.Reason) : default;
}
