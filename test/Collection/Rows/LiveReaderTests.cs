using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>Rows of a device are asked again, each kind by its index, and told apart from what is only not answered.</summary>
public sealed class LiveReaderTests
{
    private const string Mac = "00:00:5e:00:53:09", MacIndex = "0.0.94.0.83.9";
    private static readonly VlanId s_vlan = new(20);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_interface_that_went_down_is_down()
    {
        RowKey state = RowKey.State(new IfIndex(2));
        LiveDevice asked = await AskAsync(Device(), Device(Row.Int("1.3.6.1.2.1.2.2.1.8.2", 2)), state);
        Assert.Equal([true, false], asked.Snapshot.Interfaces.Select(one => one.OperUp));
        Assert.All(asked.Snapshot.Interfaces, one => Assert.True(one.AdminUp));
        Assert.Equal(new AskedRow(_time.GetUtcNow(), null, true, false), asked.Asked[state]);
    }

    [Theory]
    [InlineData("1.3.6.1.2.1.4.22.1.2.2.192.0.2.7", "1.3.6.1.2.1.4.22.1.4.2.192.0.2.7", "IpNetToMediaTable")]
    [InlineData("1.3.6.1.2.1.4.35.1.4.2.1.4.192.0.2.7", "1.3.6.1.2.1.4.35.1.6.2.1.4.192.0.2.7", "IpNetToPhysicalTable")]
    [InlineData("1.3.6.1.2.1.4.35.1.4.2.1.192.0.2.7", "1.3.6.1.2.1.4.35.1.6.2.1.192.0.2.7", "IpNetToPhysicalTable")] // Cisco ASA
    public async Task An_address_is_resolved_otherwise_or_no_more(string mac, string type, string table)
    {
        RowKey row = RowKey.Arp(new IfIndex(2), Ipv4Address.Parse("192.0.2.7"), FactSource.Named(table));
        RecordedSession before = Device(Row.Hex(mac, "00005e005309"), Row.Int(type, 3));
        LiveDevice asked = await AskAsync(before, Device(Row.Hex(mac, "00005e00530a"), Row.Int(type, 3)), row);
        Assert.Equal("00:00:5e:00:53:0a", $"{Assert.Single(asked.Snapshot.Arp).Mac}");

        asked = await AskAsync(before, Device(), row);
        Assert.Empty(asked.Snapshot.Arp);
        Assert.True(asked.Asked[row].HasChanged);

        asked = await AskAsync(before, before, row);
        Assert.False(asked.Asked[row].HasChanged);
        Assert.NotNull(asked.Asked[row].ReadAt);
    }

    [Fact]
    public async Task A_row_that_its_agent_indexes_in_another_way_is_not_gone()
    {
        RecordedSession odd = Device(Row.Hex("1.3.6.1.2.1.4.22.1.2.2.1.4.192.0.2.7", "00005e005309"));
        RowKey row = RowKey.Arp(new IfIndex(2), Ipv4Address.Parse("192.0.2.7"), ArpEntry.IpNetToMediaTable);
        LiveDevice asked = await AskAsync(odd, odd, row);
        Assert.Single(asked.Snapshot.Arp);
        Assert.Contains("ipNetToMediaTable in a way of its own", asked.Asked[row].NotRead, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_that_moved_is_on_its_new_port_by_the_FDB_of_its_VLAN()
    {
        RowKey row = RowKey.Fdb(s_vlan, MacAddress.Parse(Mac), FdbEntry.Dot1qTpFdbTable);
        LiveDevice asked = await AskAsync(Bridge(port: 11), Bridge(port: 12), row);
        Assert.Equal(new FdbEntry(s_vlan, MacAddress.Parse(Mac), new IfIndex(2), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable),
            Assert.Single(asked.Snapshot.Fdb));

        asked = await AskAsync(Bridge(port: 11), Bridge(port: null), row);
        Assert.Empty(asked.Snapshot.Fdb);

        asked = await AskAsync(Bridge(port: 11), Bridge(port: 77), row);
        Assert.Equal(new IfIndex(1), Assert.Single(asked.Snapshot.Fdb).Interface);
        Assert.Contains("bridge port 77", asked.Asked[row].NotRead, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_that_moved_is_on_its_new_port_in_the_context_of_its_VLAN()
    {
        RowKey row = RowKey.Fdb(s_vlan, MacAddress.Parse(Mac), FdbEntry.Dot1dTpFdbTable);
        LiveDevice asked = await AskAsync(WithContext(11), WithContext(12), row);
        Assert.Equal("20 on 2", string.Join(", ", asked.Snapshot.Fdb.Select(entry => $"{entry.Vlan} on {entry.Interface}")));
        Assert.True(asked.Asked[row].HasChanged);
    }

    [Fact]
    public async Task Another_neighbor_on_a_port_replaces_the_one_that_was_there()
    {
        RowKey row = RowKey.Neighbor(new IfIndex(2), CdpNeighbor.CdpCacheTable);
        RecordedSession before = Device([.. Cdp(2, "sw1"), .. Cdp(1, "other")]), now = Device([.. Cdp(2, "sw2"), .. Cdp(1, "other")]);
        LiveDevice asked = await AskAsync(before, now, row);
        Assert.Equal(["other", "sw2"], asked.Snapshot.CdpNeighbors.Select(neighbor => neighbor.DeviceId));
        Assert.False((await AskAsync(Device(Cdp(2, "sw1")), Device(Cdp(2, "sw1")), row)).Asked[row].HasChanged);
        Assert.Empty((await AskAsync(Device(Cdp(2, "sw1")), Device(), row)).Snapshot.CdpNeighbors);
    }

    [Fact]
    public async Task An_LLDP_neighbor_is_found_again_by_its_port_or_nothing_is_said()
    {
        RowKey row = RowKey.Neighbor(new IfIndex(2), LldpNeighbor.LldpRemTable);
        Assert.NotNull((await AskAsync(Device(Lldp(2, "sw1")), Device(Lldp(2, "sw1")), row)).Asked[row].ReadAt);
        LiveDevice other = await AskAsync(Device(Lldp(2, "sw1")), Device(Lldp(2, "sw2")), row);
        Assert.Equal(default, other.Asked[row]);
        Assert.Equal("sw1", Assert.Single(other.Snapshot.LldpNeighbors).ChassisId.Text);
    }

    [Fact]
    public async Task A_silent_device_is_asked_once_and_tells_nothing()
    {
        RecordedSession silent = new([]) { Failures = { ["1"] = SnmpStatus.Timeout } };
        LiveDevice asked = await AskAsync(Device(), silent, RowKey.State(new IfIndex(1)), RowKey.State(new IfIndex(2)));
        Assert.Equal("scripted Timeout", asked.Silence);
        Assert.Equal(3, asked.Asked.Count);
        Assert.All(asked.Asked.Values, row => Assert.Equal(new AskedRow(null, "scripted Timeout", false, IsUnanswered: true), row));
        Assert.Equal(SystemGroup.VariablesAgain, silent.Asked.Count);
    }

    [Fact]
    public async Task A_device_that_falls_silent_is_asked_for_nothing_more()
    {
        RecordedSession device = Device();
        device.Failures["1.3.6.1.2.1.2.2.1.8.1"] = SnmpStatus.Timeout;
        LiveDevice asked = await AskAsync(Device(), device, RowKey.State(new IfIndex(1)), RowKey.State(new IfIndex(2)));
        Assert.Null(asked.Silence);
        Assert.True(asked.IsRecognized);
        Assert.Equal("scripted Timeout", asked.Asked[RowKey.State(new IfIndex(2))].NotRead);
        Assert.DoesNotContain(device.Asked, oid => oid.EndsWith(".2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_device_at_its_address_and_one_that_has_restarted_tell_nothing()
    {
        RowKey state = RowKey.State(new IfIndex(2));
        VarBind down = Row.Int("1.3.6.1.2.1.2.2.1.8.2", 2);
        RecordedSession other = new([.. Row.System("edge-2"), .. Row.Interfaces("eth0", "eth1"), down]);
        LiveDevice asked = await AskAsync(Device(), other, state);
        Assert.Equal("another device, edge-2, answers at its address", asked.Asked[state].NotRead);
        Assert.Null(asked.Silence);
        Assert.All(asked.Snapshot.Interfaces, one => Assert.True(one.OperUp));

        RecordedSession restarted = Device(down);
        restarted.Uptimes.Enqueue(500);
        Assert.Equal("it has restarted since it was collected: collect it again",
            (await AskAsync(Device(), restarted, state)).Asked[state].NotRead);
    }

    [Fact]
    public async Task Rows_behind_the_thirtieth_variable_are_not_asked_for_and_say_so()
    {
        string[] names = [.. Enumerable.Range(1, 40).Select(port => $"eth{port}")];
        RecordedSession device = new([.. Row.System(), .. Row.Interfaces(names)]);
        LiveDevice asked = await AskAsync(device, device, [.. Enumerable.Range(1, 40).Select(port => RowKey.State(new IfIndex(port)))]);
        Assert.Equal(LiveReader.MostVariables, device.Asked.Count);
        Assert.Equal(27, asked.Asked.Count(row => row.Key.Kind == RowKind.State && row.Value.ReadAt is not null));
        Assert.All(asked.Asked.Values.Where(row => row.ReadAt is null),
            row => Assert.Equal("its rows take more than the 30 variables that one device is asked for", row.NotRead));
    }

    [Fact]
    public async Task What_is_not_told_in_time_is_late_and_what_was_told_before_stays()
    {
        using var patience = new CancellationTokenSource();
        RecordedSession device = Device();
        DeviceSnapshot known = await Collect.From(Device());
        device.OnAsked = asked => { if (asked == "1.3.6.1.2.1.2.2.1.8.1") patience.Cancel(); };
        LiveDevice live = new LiveReader(Collect.Snmp(device), _time).Open(Collect.Access, known);
        await live.ReadAsync([RowKey.State(new IfIndex(1)), RowKey.State(new IfIndex(2))], "too late", patience.Token);
        Assert.NotNull(live.Asked[RowKey.State(new IfIndex(1))].ReadAt);
        Assert.Equal("too late", live.Asked[RowKey.State(new IfIndex(2))].NotRead);
        Assert.Null(live.Silence);
    }

    [Fact]
    public async Task A_device_that_nobody_can_reach_any_more_is_not_asked()
    {
        LiveDevice live = new LiveReader(Collect.Snmp(new RecordedSession([])), _time).Open(null, await Collect.From(Device()));
        await live.ReadAsync([RowKey.State(new IfIndex(1))], "late", CancellationToken.None);
        Assert.Contains("credential", live.Asked[RowKey.State(new IfIndex(1))].NotRead, StringComparison.Ordinal);
        Assert.Null(live.Silence);
    }

    private async Task<LiveDevice> AskAsync(RecordedSession before, RecordedSession now, params RowKey[] rows)
    {
        DeviceSnapshot known = await Collect.From(before);
        now.Asked.Clear();
        LiveDevice device = new LiveReader(Collect.Snmp(now), _time).Open(Collect.Access, known);
        await device.ReadAsync(rows, "late", CancellationToken.None);
        return device;
    }

    /// <summary>Two interfaces that are up; a later row takes the place of an earlier one.</summary>
    private static RecordedSession Device(params IEnumerable<VarBind> rows) =>
        new([.. Row.System(), .. Row.Interfaces("eth0", "eth1"), .. rows]);

    /// <summary>VLAN 20 has FDB 7; bridge ports 11 and 12 are ifIndex 1 and 2.</summary>
    private static RecordedSession Bridge(int? port) => Device(
    [
        Row.Int("1.3.6.1.2.1.17.1.4.1.2.11", 1), Row.Int("1.3.6.1.2.1.17.1.4.1.2.12", 2),
        Row.Gauge("1.3.6.1.2.1.17.7.1.4.2.1.3.0.20", 7), Row.Hex("1.3.6.1.2.1.17.7.1.4.2.1.4.0.20", "0030"),
        .. port is { } on ? [Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.2.7.{MacIndex}", on),
            Row.Int($"1.3.6.1.2.1.17.7.1.2.2.1.3.7.{MacIndex}", 3)] : Array.Empty<VarBind>(),
    ]);

    private static RecordedSession WithContext(int port)
    {
        RecordedSession device = Device([Row.Int("1.3.6.1.4.1.9.9.46.1.3.1.1.2.1.20", 1),
            Row.Int("1.3.6.1.4.1.9.9.46.1.3.1.1.3.1.20", 1), Row.Text("1.3.6.1.4.1.9.9.46.1.3.1.1.4.1.20", "STAFF")]);
        device.Vlans[20] = new RecordedSession(
        [
            Row.Int("1.3.6.1.2.1.17.1.4.1.2.11", 1), Row.Int("1.3.6.1.2.1.17.1.4.1.2.12", 2),
            Row.Int($"1.3.6.1.2.1.17.4.3.1.2.{MacIndex}", port), Row.Int($"1.3.6.1.2.1.17.4.3.1.3.{MacIndex}", 3),
        ]);
        return device;
    }

    private static IEnumerable<VarBind> Cdp(int port, string name) =>
    [
        Row.Text($"1.3.6.1.4.1.9.9.23.1.2.1.1.6.{port}.1", name), Row.Text($"1.3.6.1.4.1.9.9.23.1.2.1.1.7.{port}.1", "Gi0/1"),
    ];

    /// <summary>The local port is numbered as the interface.</summary>
    private static IEnumerable<VarBind> Lldp(int port, string chassis) =>
    [
        Row.Int($"1.0.8802.1.1.2.1.4.1.1.4.0.{port}.1", 7), Row.Text($"1.0.8802.1.1.2.1.4.1.1.5.0.{port}.1", chassis),
        Row.Int($"1.0.8802.1.1.2.1.4.1.1.6.0.{port}.1", 5), Row.Text($"1.0.8802.1.1.2.1.4.1.1.7.0.{port}.1", "Gi0/1"),
    ];
}
