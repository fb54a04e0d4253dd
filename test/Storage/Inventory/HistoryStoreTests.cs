using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage.Tests;

public abstract class HistoryStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly DeviceId s_r1 = new(Guid.CreateVersion7(s_at)), s_r2 = new(Guid.CreateVersion7(s_at));

    [Fact]
    public async Task An_event_reads_back_what_was_stored()
    {
        var full = new NetworkEvent(s_at, EventKind.RowChanged, s_r1, "r1")
        {
            Since = s_at.AddMinutes(-30),
            Table = "routes",
            Row = [new RowCell("network", "192.0.2.0"), new RowCell("prefixLength", "24")],
            Before = [new RowCell("metric", "10"), new RowCell("egress", "Gi0/1 \"a\" → 東京")],
            After = [],
            Reason = "why",
        };
        var bare = new NetworkEvent(s_at, EventKind.HostsChanged, null, "");
        await CommitAsync(new AddEvents([full, bare]));

        ImmutableArray<NetworkEvent> read = await Database.History.EventsAsync(new EventFilter(), default);
        Assert.Equal([Text(full), Text(bare)], read.Select(Text));
        Assert.True(read[0].Number < read[1].Number);
    }

    [Fact]
    public async Task What_was_concluded_of_devices_is_replaced_and_forgotten_with_its_events()
    {
        DeviceState core = new("r1", DeviceRole.Core, null), doubted = new("r2", DeviceRole.Access, "two of that serial number");
        await CommitAsync(new SaveDeviceStates(
            ImmutableDictionary<DeviceId, DeviceState>.Empty.Add(s_r1, doubted).Add(s_r2, doubted), [], [Row(0, s_r1, "a", "routes")]));
        await CommitAsync(new SaveDeviceStates(ImmutableDictionary<DeviceId, DeviceState>.Empty.Add(s_r1, core), [s_r2], []));

        KeyValuePair<DeviceId, DeviceState> left = Assert.Single(await Database.History.DeviceStatesAsync(default));
        Assert.Equal((s_r1, core with { Name = "" }), (left.Key, left.Value));
        Assert.Single(await Database.History.EventsAsync(new EventFilter(), default));
    }

    [Fact]
    public async Task Events_go_on_after_a_number()
    {
        Assert.Equal(0, await Database.History.NewestEventAsync(default));
        await CommitAsync(new AddEvents([Row(0, s_r1, "a", "routes"), Row(1, s_r1, "a", "vlans"), Row(2, s_r1, "a", "vlans")]));
        NetworkEvent[] all = [.. await Database.History.EventsAsync(new EventFilter(), default)];
        Assert.Equal(all[2].Number, await Database.History.NewestEventAsync(default));
        ImmutableArray<NetworkEvent> later = await Database.History.EventsAsync(new EventFilter { After = all[0].Number }, default);
        Assert.Equal([all[1].Number, all[2].Number], later.Select(happened => happened.Number));
    }

    [Fact]
    public async Task Every_kind_is_kept_by_its_word()
    {
        EventKind[] kinds = Enum.GetValues<EventKind>();
        await CommitAsync(new AddEvents([.. kinds.Select(kind => new NetworkEvent(s_at, kind, s_r1, "r1"))]));

        Assert.Equal(kinds, (await Database.History.EventsAsync(new EventFilter(), default)).Select(happened => happened.Kind));
        foreach (EventKind kind in kinds)
            Assert.Equal(1, await Database.History.CountEventsAsync(new EventFilter { Kind = kind }, default));
    }

    [Fact]
    public async Task Events_are_filtered_sorted_paged_and_counted()
    {
        await CommitAsync(new AddEvents(
        [
            Row(0, s_r2, "b", "vlans"), Row(1, s_r1, "a", "routes"), Row(2, s_r1, "a", "vlans"), Row(3, s_r2, "b", "routes"),
        ]));

        await ExpectAsync("0123", new EventFilter());
        await ExpectAsync("3210", new EventFilter { Descending = true });
        await ExpectAsync("12", new EventFilter { Device = s_r1 });
        await ExpectAsync("02", new EventFilter { Table = "vlans" });
        await ExpectAsync("12", new EventFilter { From = s_at.AddSeconds(1), To = s_at.AddSeconds(2) });
        await ExpectAsync("1203", new EventFilter { SortBy = EventOrder.DeviceName });
        await ExpectAsync("2031", new EventFilter { SortBy = EventOrder.Table, Descending = true });
        Assert.Equal([1, 2], (await Database.History.EventsAsync(new EventFilter { Skip = 1, Take = 2 }, default)).Select(Second));

        async Task ExpectAsync(string seconds, EventFilter filter)
        {
            Assert.Equal(seconds, string.Concat((await Database.History.EventsAsync(filter, default)).Select(Second)));
            Assert.Equal(seconds.Length, await Database.History.CountEventsAsync(filter, default));
        }
    }

    [Fact]
    public async Task Events_of_a_write_are_stored_when_it_takes_effect_and_only_then()
    {
        DeviceRecord device = Device();
        ImmutableArray<NetworkEvent> events = [Row(0, device.Id, "r1", "vlans")];
        await CommitAsync(
            new SaveDevice(device, null, IsNew: false) { Events = events }, new MarkUnreachable(device.Id, "x", s_at) { Events = events },
            new DeleteDevice(device.Id) { Events = events });
        Assert.Equal(0, Database.Count("event"));

        await CommitAsync(
            new SaveDevice(device, null, IsNew: true) { Events = events }, new MarkUnreachable(device.Id, "x", s_at) { Events = events },
            new DeleteDevice(device.Id) { Events = events });
        Assert.Equal(3, Database.Count("event")); // those of a device that is no more stay
    }

    [Fact]
    public async Task Old_events_and_all_but_the_newest_are_deleted_a_few_at_a_time()
    {
        await CommitAsync(new AddEvents([.. Enumerable.Range(0, 10).Select(second => Row(second, s_r1, "r1", "vlans"))]));
        var old = new PruneEvents(s_at.AddSeconds(4), Kept: 100, Most: 3);
        Assert.Equal([true, true, false], await CommitAsync(old, old, old));
        Assert.Equal([4, 5, 6, 7, 8, 9], (await Database.History.EventsAsync(new EventFilter(), default)).Select(Second));

        var many = new PruneEvents(s_at, Kept: 2, Most: 3);
        Assert.Equal([true, true, false], await CommitAsync(many, many, many));
        Assert.Equal([8, 9], (await Database.History.EventsAsync(new EventFilter(), default)).Select(Second));
    }

    [Fact]
    public async Task A_device_that_flaps_takes_no_others_place()
    {
        await CommitAsync(new AddEvents([Row(0, s_r2, "b", "vlans"), Row(1, null, "", "vlans")]));
        for (int part = 0; part < 21; part++)
            await CommitAsync(new AddEvents([.. Enumerable.Range(0, 1000).Select(second => Row(second, s_r1, "r1", "vlans"))]));

        Assert.Equal(20_000, await Database.History.CountEventsAsync(new EventFilter { Device = s_r1 }, default));
        Assert.Equal(20_002, Database.Count("event"));
    }

    [Fact]
    public async Task Hosts_are_added_changed_and_forgotten()
    {
        var wired = new HostPlace(MacAddress.Parse("00:00:5e:00:53:01"), Ipv4Address.Parse("203.0.113.255"), false, s_r1, "Gi0/1",
            new VlanId(4094), s_at, s_at.AddDays(1));
        var wireless = new HostPlace(
            MacAddress.Parse("ff:ff:ff:00:53:02"), Ipv4Address.Parse("192.0.2.2"), true, null, "", default, s_at, s_at)
        {
            IsGone = true,
            IsToldGone = true,
        };
        await CommitAsync(
            new SaveHosts([wired with { Interface = "other" }, wireless], []), new SaveHosts([wired], [Row(0, s_r1, "r1", "vlans")]));

        Assert.Equal(new[] { wired, wireless }.OrderBy(host => host.Id),
            (await Database.History.HostsAsync(default)).OrderBy(host => host.Id));
        Assert.Equal(1, Database.Count("event"));
        Assert.Equal([true, false], await CommitAsync(new ForgetHosts([wired.Id, Guid.NewGuid()]), new ForgetHosts([wired.Id])));
        Assert.Equal(wireless, Assert.Single(await Database.History.HostsAsync(default)));
    }

    private static NetworkEvent Row(int second, DeviceId? device, string name, string table) =>
        new(s_at.AddSeconds(second), EventKind.RowAdded, device, name) { Table = table };

    private static int Second(NetworkEvent happened) => (int)(happened.At - s_at).TotalSeconds;

    private static string Text(NetworkEvent happened) => string.Join(" | ", happened.At.ToString("O"), happened.Kind, happened.Device,
        happened.DeviceName, happened.Since?.ToString("O"), happened.Table, Cells(happened.Row), Cells(happened.Before),
        Cells(happened.After), happened.Reason);

    private static string Cells(ImmutableArray<RowCell>? cells) =>
        cells is { } some ? string.Join(',', some.Select(cell => $"{cell.Column}={cell.Text}")) : "none";

    private static DeviceRecord Device() =>
        new(s_r1, Ipv4Address.Parse("192.0.2.1"), new StoredAccess(null, [9], 2, TimeSpan.FromSeconds(2)), s_at)
        {
            CollectedAt = s_at,
            SnapshotDigest = "AB",
            UpdatedAt = s_at,
        };
}
