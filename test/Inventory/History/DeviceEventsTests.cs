using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>What two collections of a device, one after the other, say that happened.</summary>
public sealed class DeviceEventsTests
{
    private readonly MemoryInventory _inventory = new();

    [Fact]
    public async Task A_device_comes_falls_silent_answers_again_and_goes()
    {
        CollectedDevice device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1");
        DeviceId id = await SaveAsync(device);
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(id)!, "no answer", CancellationToken.None);
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(id)!, "still no answer", CancellationToken.None);
        await SaveAsync(device);
        await SaveAsync(device);
        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);
        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);

        Assert.Equal([EventKind.DeviceAdded, EventKind.DeviceUnreachable, EventKind.DeviceReachable, EventKind.DeviceRemoved], Kinds());
        Assert.Equal("no answer", _inventory.Events[1].Reason);
        Assert.All(_inventory.Events, happened => Assert.Equal((id, "r1"), (happened.Device, happened.DeviceName)));
    }

    [Fact]
    public async Task A_row_that_is_new_changed_or_gone_is_an_event_in_the_commit_of_its_snapshot()
    {
        await SaveAsync(Said(Vlans(10, 20)));
        await SaveAsync(Said(Vlans(20, 30) with { CollectedAt = Facts.Noon.AddMinutes(30) }));

        SaveDevice write = Assert.IsType<SaveDevice>(_inventory.Writes[^1]);
        Assert.NotNull(write.Snapshot);
        Assert.Equal([EventKind.RowRemoved, EventKind.RowAdded], write.Events.Select(happened => happened.Kind));
        Assert.Equal(["vlans id 10: name=old", "vlans id 30: name=old"], write.Events.Select(Line));
        Assert.Equal([Facts.Noon, Facts.Noon], write.Events.Select(happened => happened.Since));

        await SaveAsync(Said(Vlans(20, 30) with { Vlans = [new Vlan(new VlanId(20), "new"), new Vlan(new VlanId(30), "old")] }));
        Assert.Equal((EventKind.RowChanged, "vlans id 20: name=old > name=new"), (_inventory.Events[^1].Kind, Line(_inventory.Events[^1])));
    }

    [Fact]
    public async Task What_comes_and_goes_with_hosts_makes_no_row_events()
    {
        await SaveAsync(Said(Vlans(10) with { Arp = [Arp(1)], Fdb = [Learned(1)] }));
        await SaveAsync(Said(Vlans(10) with { Arp = [Arp(2)], Fdb = [Learned(2)] }));

        Assert.Equal([EventKind.DeviceAdded], Kinds());
        Assert.NotNull(Assert.IsType<SaveDevice>(_inventory.Writes[^1]).Snapshot);
    }

    [Fact]
    public async Task More_than_a_thousand_changed_rows_of_a_table_are_one_event_that_counts_them()
    {
        await SaveAsync(Said(Vlans([.. Enumerable.Range(1, RowEvents.MostOfATable)])));
        await SaveAsync(Said(Vlans()));
        await SaveAsync(Said(Vlans([.. Enumerable.Range(1, RowEvents.MostOfATable + 1)])));

        Assert.Equal(RowEvents.MostOfATable, _inventory.Events.Count(happened => happened.Kind == EventKind.RowRemoved));
        Assert.Equal((EventKind.TableChanged, "vlans", "0 rows are not as they were, 1001 are new or other."),
            (_inventory.Events[^1].Kind, _inventory.Events[^1].Table, _inventory.Events[^1].Reason));
        Assert.DoesNotContain(_inventory.Events, happened => happened.Kind == EventKind.RowAdded);
    }

    [Theory]
    [InlineData(ReadingOutcome.Refused)]
    [InlineData(ReadingOutcome.NoAnswer)]
    [InlineData(ReadingOutcome.Truncated)]
    public async Task Rows_of_a_table_that_was_not_read_whole_are_not_said_to_be_gone_or_back(ReadingOutcome outcome)
    {
        await SaveAsync(Said(Read(Vlans(10, 20), ReadingOutcome.Answered)));
        await SaveAsync(Said(Read(Vlans(10), outcome)));
        await SaveAsync(Said(Read(Vlans(), outcome) with { Identity = Facts.Identity("r1") with { SysLocation = "moved" } }));
        await SaveAsync(Said(Read(Vlans(20, 30), ReadingOutcome.Answered)));

        NetworkEvent[] ofVlans = [.. _inventory.Events.Where(happened => happened.Table == "vlans")];
        // One that refused both times told the same both times: what others told of that table counts.
        EventKind[] between = outcome == ReadingOutcome.Truncated ? [] : [EventKind.RowRemoved];
        Assert.Equal([EventKind.TableUnread, .. between, EventKind.TableReadAgain], ofVlans.Select(happened => happened.Kind));
        Assert.Equal("vtpVlanTable: lost", ofVlans[0].Reason);
    }

    [Fact]
    public async Task Exchanged_hardware_and_another_version_are_told_besides_their_rows()
    {
        await SaveAsync(Said(Vlans() with { Identity = Facts.Identity("r1", "SERIAL-1") with { SoftwareVersion = "15.1" } }));
        DeviceId id = await SaveAsync(Said(Vlans() with { Identity = Facts.Identity("r1", "SPARE-2") with { SoftwareVersion = "15.2" } }));

        Assert.Equal([EventKind.DeviceAdded, EventKind.HardwareReplaced, EventKind.SoftwareChanged, EventKind.RowChanged], Kinds());
        Assert.Equal("serialNumber=SERIAL-1 > serialNumber=SPARE-2", Line(_inventory.Events[1]));
        Assert.Equal("softwareVersion=15.1 > softwareVersion=15.2", Line(_inventory.Events[2]));
        Assert.Equal(id, _inventory.Events[1].Device);
    }

    [Theory]
    [InlineData(100, 10, 110, false)] // minutes up before, minutes that passed, minutes up then
    [InlineData(100, 10, 2, true)]
    [InlineData(1, 1440, 700, true)] // up for longer than before, and all the same not since then
    [InlineData(100, 10, 109.5, false)] // clocks go apart
    [InlineData(100, 10, 105, false)] // our clock was set forward meanwhile
    [InlineData(715827, 10, 9.118, false)] // 2^32 hundredths of a second are 715,827.88 minutes
    [InlineData(0, 10, 2, false)] // the agent hides it
    public async Task A_restart_is_told_when_the_device_is_up_for_less_than_has_passed(double up, double passed, double then, bool told)
    {
        await SaveAsync(Said(Vlans() with { SysUpTime = TimeSpan.FromMinutes(up) }));
        await SaveAsync(Said(Vlans() with { CollectedAt = Facts.Noon.AddMinutes(passed), SysUpTime = TimeSpan.FromMinutes(then) }));

        Assert.Equal(told, Kinds().Contains(EventKind.DeviceRestarted));
    }

    [Fact]
    public async Task A_device_whose_address_another_one_has_taken_is_managed_elsewhere_or_silent()
    {
        await SaveAsync(Facts.Collected("192.0.2.1", "active", "SERIAL-1", null, "192.0.2.2"));
        await SaveAsync(Facts.Collected("192.0.2.3", "standby", "SERIAL-2"));
        await SaveAsync(Facts.Collected("192.0.2.1", "standby", "SERIAL-2", null, "192.0.2.3"));

        NetworkEvent moved = Assert.Single(_inventory.Events,
            happened => happened.DeviceName == "active" && happened.Kind != EventKind.DeviceAdded);
        Assert.Equal((EventKind.AddressChanged, "managementAddress=192.0.2.1 > managementAddress=192.0.2.2"), (moved.Kind, Line(moved)));

        await SaveAsync(Facts.Collected("192.0.2.9", "known", "SERIAL-3"));
        await SaveAsync(Facts.Collected("192.0.2.9", "stranger", "SERIAL-4"));
        NetworkEvent silent = _inventory.Events[^1];
        Assert.Equal((EventKind.DeviceUnreachable, "known"), (silent.Kind, silent.DeviceName));
    }

    [Fact]
    public async Task A_failed_commit_tells_nothing()
    {
        await SaveAsync(Said(Vlans(10)));
        _inventory.FullFor = 1;
        await Assert.ThrowsAsync<Towpath.Tasks.StorageUnavailableException>(() => SaveAsync(Said(Vlans(20))));
        Assert.Equal([EventKind.DeviceAdded], Kinds());

        await SaveAsync(Said(Vlans(20)));
        Assert.Equal([EventKind.DeviceAdded, EventKind.RowRemoved, EventKind.RowAdded], Kinds());
    }

    private async Task<DeviceId> SaveAsync(CollectedDevice device) =>
        (await _inventory.Devices.SaveAsync([device], CancellationToken.None))[0];

    private IEnumerable<EventKind> Kinds() => _inventory.Events.Select(happened => happened.Kind);

    private static CollectedDevice Said(DeviceSnapshot snapshot) => new(Ipv4Address.Parse("192.0.2.1"), snapshot, Facts.Public);

    private static DeviceSnapshot Vlans(params int[] ids) =>
        Facts.Snapshot(Facts.Identity("r1"), "192.0.2.1") with { Vlans = [.. ids.Select(id => new Vlan(new VlanId((ushort)id), "old"))] };

    private static DeviceSnapshot Read(DeviceSnapshot snapshot, ReadingOutcome outcome) => snapshot with
    {
        Readings = [new TableReading(Vlan.VtpVlanTable, "", outcome, snapshot.Vlans.Length, Facts.Noon,
            outcome == ReadingOutcome.Answered ? null : "lost")],
    };

    private static ArpEntry Arp(byte host) =>
        new(new IfIndex(1), Ipv4Address.FromOctets([192, 0, 2, host]), Mac(host), ArpEntry.IpNetToMediaTable);

    private static FdbEntry Learned(byte host) =>
        new(new VlanId(10), Mac(host), new IfIndex(1), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable);

    private static MacAddress Mac(byte host) => MacAddress.FromOctets([2, 0, 0, 0, 0, host]);

    private static string Line(NetworkEvent happened)
    {
        string row = happened.Table is null || happened.Row.IsEmpty ? "" : $"{happened.Table} {Text(happened.Row, ' ')}: ";
        var sides = new[] { happened.Before, happened.After }.OfType<ImmutableArray<RowCell>>();
        return row + string.Join(" > ", sides.Select(cells => Text(cells, '=')));
    }

    private static string Text(ImmutableArray<RowCell> cells, char between) =>
        string.Join(' ', cells.Select(cell => $"{cell.Column}{between}{cell.Text}"));
}
