using System.Globalization;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class InterfaceTableTests
{
    [Theory]
    [InlineData("GigabitEthernet1/0/1", "Gi1/0/1", "GigabitEthernet1/0/1")]
    [InlineData("Vlan600", "Vl600", "Vlan600")]
    [InlineData("Port-channel1", "Po1", "Port-channel1")]
    [InlineData("ge-0/0/0.0", "ge-0/0/0.0", "ge-0/0/0.0")]
    [InlineData("swp1", "swp1", "swp1")]
    [InlineData("lo", "lo", "lo")]
    [InlineData("1", "1", "1")]
    [InlineData("Intel Corporation 82574L Gigabit Network Connection", "eth0", "eth0")]
    [InlineData("Adaptive Security Appliance 'outside' interface", "outside", "outside")]
    [InlineData("Unit: 0 Slot: 0 Port: 1 Gigabit - Level 0x8010001", "GigabitEthernet0/0/1", "GigabitEthernet0/0/1")]
    [InlineData("Ethernet", "eth7", "eth7")]
    [InlineData("unrouted VLAN 1", "", "unrouted VLAN 1")]
    [InlineData("", "wan1", "wan1")]
    public async Task The_name_is_the_one_people_configure(string ifDescr, string ifName, string expected)
    {
        DeviceSnapshot snapshot = await Collect.From(Row.Text("1.3.6.1.2.1.2.2.1.2.7", ifDescr), Row.Int("1.3.6.1.2.1.2.2.1.3.7", 6),
            Row.Text("1.3.6.1.2.1.31.1.1.1.1.7", ifName));
        Interface one = Assert.Single(snapshot.Interfaces);
        Assert.Equal((new IfIndex(7), expected, ifName), (one.Index, one.Name, one.ShortName));
    }

    [Theory]
    [InlineData(100_000_000u, 100u, 100_000_000L)]
    [InlineData(1_544_000u, 2u, 1_544_000L)] // ifHighSpeed is rounded
    [InlineData(4_294_967_295u, 10_000u, 10_000_000_000L)] // ifSpeed sticks at its highest number
    [InlineData(1_410_065_408u, 10_000u, 10_000_000_000L)] // or an agent lets it wrap
    [InlineData(0u, 0u, 0L)]
    public async Task The_speed_comes_from_the_object_that_can_tell_it(uint ifSpeed, uint ifHighSpeed, long expected)
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("eth0"), Row.Gauge("1.3.6.1.2.1.2.2.1.5.1", ifSpeed),
            Row.Gauge("1.3.6.1.2.1.31.1.1.1.15.1", ifHighSpeed)]);
        Assert.Equal(expected, Assert.Single(snapshot.Interfaces).SpeedBitsPerSecond);
    }

    [Fact]
    public async Task Unreadable_cells_cost_themselves_and_not_the_interface()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("eth0", "eth1"), Row.Text("1.3.6.1.2.1.2.2.1.4.1", "a lot"), Row.Int("1.3.6.1.2.1.2.2.1.4.2", -5),
            Row.Int("1.3.6.1.2.1.2.2.1.2.0", 1), Row.Text("1.3.6.1.2.1.31.1.1.1.1.99", "ghost"),
        ]);
        Assert.Equal(["eth0", "eth1"], snapshot.Interfaces.Select(one => one.Name));
        Assert.All(snapshot.Interfaces, one => Assert.Equal(0, one.Mtu));
        TableReading reading = snapshot.Reading(Interface.IfTable);
        Assert.Equal((ReadingOutcome.Answered, 2), (reading.Outcome, reading.Rows));
        Assert.StartsWith("3 unreadable cells or rows were skipped, the first in row 0:", reading.Reason, StringComparison.Ordinal);
        Assert.Contains("row 99", snapshot.Reading(Interface.IfXTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_rows_of_top_and_bottom_and_inactive_ones_are_no_facts()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("bond0", "eth0", "eth1"),
            Row.Int("1.3.6.1.2.1.31.1.2.1.3.0.1", 1), Row.Int("1.3.6.1.2.1.31.1.2.1.3.1.2", 1), Row.Int("1.3.6.1.2.1.31.1.2.1.3.1.3", 2),
            Row.Int("1.3.6.1.2.1.31.1.2.1.3.2.0", 1)]);
        Assert.Equal([new InterfaceStackEntry(new IfIndex(1), new IfIndex(2))], snapshot.InterfaceStack.ToArray());
    }

    [Fact]
    public async Task The_chassis_gives_serial_and_model_and_modules_give_neither()
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Physical(1, 11, "", "", ""), .. Physical(2, 3, "FOC00000001", "C9300-48P", "17.9.4a"),
            .. Physical(3, 9, "FOC00000002", "C9300-NM-8X", "1.0"), .. Physical(4, 3, "FOC00000003", "C9300-24P", "17.9.4a")]);
        Assert.Equal(("FOC00000001", "C9300-48P", "Example"),
            (snapshot.Identity.SerialNumber, snapshot.Identity.Model, snapshot.Identity.Manufacturer));
        Assert.Equal("17.9.4a", snapshot.Identity.SoftwareVersion);
    }

    [Theory]
    [InlineData("11  |9 EX75 EX4110", "EX75 EX4110")] // below a stack without any chassis
    [InlineData("11 EX74 |9 EX75 EX4110", "EX74 EX4110")] // each field from the first that has it
    [InlineData("3 FOC1 |3  C9300|9 FOC2 NM-8X", "FOC1 C9300")]
    [InlineData("11 FOC0 C9300|3 FOC1 |9 FOC2 NM-8X", "FOC1 C9300")]
    [InlineData("11  |3  |9 FOC2 NM-8X", " ")] // a module of a chassis is not the device
    [InlineData("9 FOC2 NM-8X", " ")]
    public async Task Serial_and_model_are_each_from_the_first_chassis_stack_or_member_that_tells_it(string parts, string expected)
    {
        DeviceSnapshot snapshot = await Collect.From(parts.Split('|').Select(part => part.Split(' ')).SelectMany((part, at) =>
            Physical(at + 1, int.Parse(part[0], CultureInfo.InvariantCulture), part[1], part[2], "")));
        Assert.Equal(expected, $"{snapshot.Identity.SerialNumber} {snapshot.Identity.Model}");
    }

    [Fact]
    public async Task Memory_and_bridge_address_come_from_their_scalars()
    {
        DeviceSnapshot snapshot = await Collect.From(Row.Int("1.3.6.1.2.1.25.2.2.0", 2_048),
            Row.Hex("1.3.6.1.2.1.17.1.1.0", "00005e005310"),
            Row.Int("1.0.8802.1.1.2.1.3.1.0", 4), Row.Hex("1.0.8802.1.1.2.1.3.2.0", "00005e005311"));
        Assert.Equal((2_097_152L, "00:00:5e:00:53:10", "00:00:5e:00:53:11"),
            (snapshot.Identity.MemoryBytes, snapshot.Identity.BridgeAddress.ToString(), snapshot.Identity.LldpChassisId.ToString()));
    }

    private static VarBind[] Physical(int index, int kind, string serial, string model, string software) =>
    [
        Row.Int($"1.3.6.1.2.1.47.1.1.1.1.5.{index}", kind), Row.Text($"1.3.6.1.2.1.47.1.1.1.1.10.{index}", software),
        Row.Text($"1.3.6.1.2.1.47.1.1.1.1.11.{index}", serial),
        Row.Text($"1.3.6.1.2.1.47.1.1.1.1.12.{index}", "Example"), Row.Text($"1.3.6.1.2.1.47.1.1.1.1.13.{index}", model),
    ];

    [Fact]
    public async Task An_Ethernet_port_tells_the_duplex_it_has_agreed_on()
    {
        const string duplex = "1.3.6.1.2.1.10.7.2.1.19";
        DeviceSnapshot snapshot =
            await Collect.From([Row.Int($"{duplex}.1", 3), Row.Int($"{duplex}.2", 2), Row.Int($"{duplex}.3", 1),
            Row.Int($"{duplex}.4", 9)]);
        Assert.Equal([(1, Duplex.Full), (2, Duplex.Half), (3, Duplex.Unknown)],
            snapshot.EthernetPorts.Select(port => (port.Interface.Value, port.Duplex)));
        Assert.Equal((ReadingOutcome.Answered, 3),
            (snapshot.Reading(EthernetPort.Dot3StatsTable).Outcome, snapshot.Reading(EthernetPort.Dot3StatsTable).Rows));
    }
}
