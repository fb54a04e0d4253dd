using System.Net;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

public sealed class BridgeTableTests
{
    private const string Mac = "0.0.94.0.83.9"; // 00:00:5e:00:53:09

    [SharedFact]
    public async Task A_production_switch_answers_in_every_one_of_its_VLAN_contexts()
    {
        RecordedSession device = Recordings.Walk("nms0002ciscoalcatel", "r-se-malm-nobe-013.txt");
        DeviceSnapshot snapshot = await Collect.From(device);

        // entLogicalTable names the contexts there: no vtpVlanTable in this walk. 1002..1005 bridge nothing.
        int[] asked = [.. device.Vlans.Keys.Where(vlan => vlan is < 1002 or > 1005).Order()];
        Assert.Equal(35, asked.Length);
        foreach (int vlan in asked)
        {
            var id = new VlanId((ushort)vlan);
            RecordedSession context = device.Vlans[vlan];
            Assert.Equal(context.CountBelow("1.3.6.1.2.1.17.4.3.1.2"), snapshot.Fdb.Count(entry => entry.Vlan == id));
            Assert.Equal(context.CountBelow("1.3.6.1.2.1.17.1.4.1.2"), snapshot.BridgePorts.Count(port => port.Context == id));
            Assert.Equal(context.CountBelow("1.3.6.1.2.1.17.2.15.1.3"), snapshot.StpPorts.Count(port => port.Vlan == id));
        }
        Assert.DoesNotContain(snapshot.Fdb, entry => entry.Vlan.IsNone); // VLAN 1 would stand there twice
        Assert.All(snapshot.Fdb.Where(entry => entry.Status == FdbStatus.Learned), entry => Assert.False(entry.Interface.IsNone));
    }

    [Fact]
    public async Task Entries_of_a_VLAN_context_carry_the_VLAN_and_their_ports_are_mapped_there()
    {
        RecordedSession device = CiscoSwitch(10, 20);
        device.Vlans[10] = new RecordedSession([Row.Int("1.3.6.1.2.1.17.1.4.1.2.3", 1), .. Learned(3)]);
        device.Vlans[20] = new RecordedSession([Row.Int("1.3.6.1.2.1.17.1.4.1.2.3", 2), .. Learned(3),
            Row.Int("1.3.6.1.2.1.17.2.15.1.3.3", 2)]);
        DeviceSnapshot snapshot = await Collect.From(device);
        Assert.Equal(["10 on 1", "20 on 2"], snapshot.Fdb.Select(entry => $"{entry.Vlan} on {entry.Interface}"));
        Assert.Equal(new StpPort(new VlanId(20), new IfIndex(2), StpState.Blocking), Assert.Single(snapshot.StpPorts));
        Assert.Equal(1, snapshot.Reading(FdbEntry.Dot1dTpFdbTable, "vlan-20").Rows);
    }

    [Fact]
    public async Task Silent_contexts_are_given_up_after_two_and_the_v2c_remedy_is_told()
    {
        DeviceSnapshot snapshot = await Collect.From(CiscoSwitch(10, 20, 30, 40));
        Assert.Equal(["vlan-10", "vlan-20"],
            snapshot.Readings.Where(reading => reading.Source == BridgePort.Dot1dBasePortTable && reading.Context.Length > 0)
            .Select(reading => reading.Context));
        Assert.All(snapshot.Readings.Where(reading => reading.Context.Length > 0), reading =>
        {
            Assert.Equal(ReadingOutcome.NoAnswer, reading.Outcome);
            Assert.Contains("community@VLAN", reading.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_context_that_is_refused_is_no_silent_one_and_the_others_are_asked()
    {
        RecordedSession device = CiscoSwitch(10, 20, 30, 40);
        foreach (int refused in new[] { 10, 20 })
            device.Vlans[refused] = new RecordedSession([]) { Failures = { ["1"] = SnmpStatus.NotAuthorized } };
        foreach (int allowed in new[] { 30, 40 })
            device.Vlans[allowed] = new RecordedSession([Row.Int("1.3.6.1.2.1.17.1.4.1.2.3", 1), .. Learned(3)]);
        DeviceSnapshot snapshot = await Collect.From(device);
        Assert.Equal(["30 on 1", "40 on 1"], snapshot.Fdb.Select(entry => $"{entry.Vlan} on {entry.Interface}"));
        Assert.Equal(ReadingOutcome.Refused, snapshot.Reading(BridgePort.Dot1dBasePortTable, "vlan-20").Outcome);
        Assert.DoesNotContain(snapshot.Readings, reading => reading.Reason?.Contains("did not answer", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("1.3.6.1.2.1.17.4.3", "0 on 1", "1 1")]
    [InlineData("1.3.6.1.2.1.17.2.15", "1 on 1", "0 1")]
    [InlineData("1.3.6.1.6", "1 on 1", "1 1")]
    public async Task What_VLAN_1_does_not_tell_whole_keeps_the_rows_of_the_default_context(string refusedInVlan1, string learned,
        string spanning)
    {
        VarBind[] bridge = [Row.Int("1.3.6.1.2.1.17.1.4.1.2.3", 1), .. Learned(3), Row.Int("1.3.6.1.2.1.17.2.15.1.3.3", 5)];
        RecordedSession device = new([.. Row.System(), .. Row.Interfaces("Gi1/0/1"), .. Vtp(1), .. bridge]);
        device.Vlans[1] = new RecordedSession(bridge) { Failures = { [refusedInVlan1] = SnmpStatus.NotAuthorized } };
        DeviceSnapshot snapshot = await Collect.From(device);
        Assert.Equal([learned], snapshot.Fdb.Select(entry => $"{entry.Vlan} on {entry.Interface}"));
        Assert.Equal([spanning], snapshot.StpPorts.Select(port => $"{port.Vlan} {port.Interface}"));
    }

    [Fact]
    public async Task A_v3_device_without_the_context_line_gets_that_line_told()
    {
        var v3 = new SnmpCredential.V3("towpath", AuthProtocol.Sha256, "authentication", PrivProtocol.Aes128, "encryption");
        RecordedSession device = CiscoSwitch(new SnmpTarget(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 161), v3), 10);
        device.Vlans[10] = new RecordedSession([]) { Failures = { ["1"] = SnmpStatus.NotAuthorized } };
        TableReading reading = (await Collect.From(device)).Reading(BridgePort.Dot1dBasePortTable, "vlan-10");
        Assert.Equal(ReadingOutcome.Refused, reading.Outcome);
        Assert.Contains("snmp-server group GROUP v3 priv context vlan- match prefix", reading.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("authentication", reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_FDB_id_is_mapped_to_its_VLAN_and_a_shared_FDB_has_none()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("p1"), Row.Int("1.3.6.1.2.1.17.1.4.1.2.1", 1),
            .. CurrentVlan(100, fdb: 7), .. CurrentVlan(200, fdb: 8), .. CurrentVlan(201, fdb: 8),
            .. FdbRow(7), .. FdbRow(8), .. FdbRow(9),
        ]);
        Assert.Equal(["100", "0", "0"], snapshot.Fdb.Select(entry => entry.Vlan.ToString()));
        Assert.All(snapshot.Fdb,
            entry => Assert.Equal((new IfIndex(1), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable),
            (entry.Interface, entry.Status, entry.Source)));
    }

    [Fact]
    public async Task Without_a_map_the_FDB_id_is_the_VLAN()
    {
        DeviceSnapshot snapshot = await Collect.From([.. FdbRow(12), .. FdbRow(131_072)]);
        Assert.Equal(["12", "0"], snapshot.Fdb.Select(entry => entry.Vlan.ToString()));
        Assert.All(snapshot.Fdb, entry => Assert.True(entry.Interface.IsNone)); // no base ports: a bridge port is no ifIndex
    }

    [Fact]
    public async Task Port_lists_make_access_ports_and_trunks()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("p1", "p2", "p3"), .. Enumerable.Range(1, 3).Select(port => Row.Int($"1.3.6.1.2.1.17.1.4.1.2.{port}", port)),
            Row.Hex("1.3.6.1.2.1.17.7.1.4.2.1.4.0.1", "60"), Row.Hex("1.3.6.1.2.1.17.7.1.4.2.1.5.0.1", "60"), // VLAN 1: untagged on 2, 3
            // VLAN 30: untagged on 1, tagged on 3
            Row.Hex("1.3.6.1.2.1.17.7.1.4.2.1.4.0.30", "A0"), Row.Hex("1.3.6.1.2.1.17.7.1.4.2.1.5.0.30", "80"),
            Row.Text("1.3.6.1.2.1.17.7.1.4.3.1.1.30", "staff"),
            Row.Gauge("1.3.6.1.2.1.17.7.1.4.5.1.1.1", 30), Row.Gauge("1.3.6.1.2.1.17.7.1.4.5.1.1.2", 1),
            Row.Gauge("1.3.6.1.2.1.17.7.1.4.5.1.1.3", 1),
        ]);
        Assert.Equal(["1: 30 []", "2: 1 []", "3: 1 [30]"],
            snapshot.VlanMembers.Select(member => $"{member.Interface}: {member.Untagged} [{string.Join(' ', member.Tagged)}]"));
        Assert.Equal([new Vlan(new VlanId(1), ""), new Vlan(new VlanId(30), "staff")], snapshot.Vlans.ToArray());
    }

    [Fact]
    public async Task Junos_writes_port_lists_as_text()
    {
        DeviceSnapshot snapshot = await Collect.From(new RecordedSession(
        [
            .. Row.System(descr: "Juniper Networks, Inc. ex4200-24t, kernel JUNOS 12.3R12.4"),
            .. Row.Interfaces("ge-0/0/0.0", "ge-0/0/1.0"),
            Row.Int("1.3.6.1.2.1.17.1.4.1.2.513", 1), Row.Int("1.3.6.1.2.1.17.1.4.1.2.4097", 2),
            Row.Text("1.3.6.1.2.1.17.7.1.4.3.1.1.30", "staff"), Row.Text("1.3.6.1.2.1.17.7.1.4.3.1.2.30", "0,513,4097"),
            Row.Text("1.3.6.1.2.1.17.7.1.4.3.1.4.30", "513"),
        ]));
        Assert.Equal(["1: 30 []", "2: 0 [30]"],
            snapshot.VlanMembers.Select(member => $"{member.Interface}: {member.Untagged} [{string.Join(' ', member.Tagged)}]"));
    }

    [Fact]
    public async Task An_FDB_port_that_is_no_bridge_port_but_the_ifIndex_of_one_is_that_interface()
    {
        DeviceSnapshot snapshot =
            await Collect.From([Row.Int("1.3.6.1.2.1.17.1.4.1.2.1", 1001), Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.2.1.{Mac}", 1001),
            Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.2.2.{Mac}", 1002)]);
        Assert.Equal([1001, 0], snapshot.Fdb.Select(entry => entry.Interface.Value));
    }

    [Fact]
    public async Task A_Cisco_trunk_carries_the_enabled_VLANs_that_exist()
    {
        var enabled = new byte[128];
        enabled[10 / 8] |= (byte)(0x80 >> 10 % 8);
        enabled[20 / 8] |= (byte)(0x80 >> 20 % 8);
        enabled[99 / 8] |= (byte)(0x80 >> 99 % 8); // does not exist here
        var high = new byte[128];
        high[(2000 - 1024) / 8] |= (byte)(0x80 >> (2000 - 1024) % 8);
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("Gi1/0/1", "Gi1/0/2", "Gi1/0/3"), .. Vtp(1), .. Vtp(10), .. Vtp(20), .. Vtp(2000), .. Vtp(1002, type: 2),
            Row.Int("1.3.6.1.4.1.9.9.68.1.2.2.1.2.2", 20), Row.Int("1.3.6.1.4.1.9.9.68.1.2.2.1.2.3", 0),
            Row.Int("1.3.6.1.4.1.9.9.46.1.6.1.1.14.1", 1), Row.Int("1.3.6.1.4.1.9.9.46.1.6.1.1.5.1", 10),
            Row.Hex("1.3.6.1.4.1.9.9.46.1.6.1.1.4.1", Convert.ToHexString(enabled)),
            Row.Hex("1.3.6.1.4.1.9.9.46.1.6.1.1.17.1", Convert.ToHexString(high)),
            Row.Int("1.3.6.1.4.1.9.9.46.1.6.1.1.14.2", 2), Row.Int("1.3.6.1.4.1.9.9.46.1.6.1.1.5.2", 1),
        ]);
        Assert.Equal(["1: 10 [20 2000] VlanTrunkPortTable", "2: 20 [] VmMembershipTable"],
            snapshot.VlanMembers.Select(member =>
                $"{member.Interface}: {member.Untagged} [{string.Join(' ', member.Tagged)}] {member.Source}"));
        Assert.Equal([1, 10, 20, 2000], snapshot.Vlans.Select(vlan => (int)vlan.Id.Value));
    }

    private static RecordedSession CiscoSwitch(params int[] vlans) =>
        CiscoSwitch(new SnmpTarget(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 161), new SnmpCredential.V2c("public")), vlans);

    private static RecordedSession CiscoSwitch(SnmpTarget target, params int[] vlans) =>
        new([.. Row.System(), .. Row.Interfaces("Gi1/0/1", "Gi1/0/2"), .. vlans.SelectMany(vlan => Vtp(vlan))]) { Target = target };

    private static VarBind[] Vtp(int vlan, int type = 1) =>
        [Row.Int($"1.3.6.1.4.1.9.9.46.1.3.1.1.2.1.{vlan}", 1), Row.Int($"1.3.6.1.4.1.9.9.46.1.3.1.1.3.1.{vlan}", type),
            Row.Text($"1.3.6.1.4.1.9.9.46.1.3.1.1.4.1.{vlan}", $"VLAN{vlan:0000}")];

    private static VarBind[] Learned(int port) =>
        [Row.Int($"1.3.6.1.2.1.17.4.3.1.2.{Mac}", port), Row.Int($"1.3.6.1.2.1.17.4.3.1.3.{Mac}", 3)];

    private static VarBind[] CurrentVlan(int vlan, int fdb) =>
        [Row.Gauge($"1.3.6.1.2.1.17.7.1.4.2.1.3.0.{vlan}", (uint)fdb), Row.Hex($"1.3.6.1.2.1.17.7.1.4.2.1.4.0.{vlan}", "00")];

    private static VarBind[] FdbRow(int fdb) =>
        [Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.2.{fdb}.{Mac}", 1), Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.3.{fdb}.{Mac}", 3)];
}
