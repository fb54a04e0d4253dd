using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>What follows from the whole network: roles, conflicts, and where hosts are.</summary>
public sealed class HistoryJobTests
{
    private static readonly MacAddress s_host = MacAddress.Parse("00:00:5e:00:53:07");
    private readonly MemoryInventory _inventory = new();
    private HostHistory _hosts;
    private HistoryJob _job;

    public HistoryJobTests() => (_hosts, _job) = NewJob(_inventory.Devices);

    [Fact]
    public async Task A_host_appears_moves_and_is_gone_when_no_table_has_it_for_a_day()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 1);
        await LookAsync();
        await SaveAsync("sw1", "192.0.2.1", port: 2);
        await LookAsync();
        await LookAsync();
        await SaveAsync("sw1", "192.0.2.1", port: null);
        await LookAsync();
        Assert.Equal([EventKind.HostAppeared, EventKind.HostMoved], HostEvents().Select(happened => happened.Kind));
        NetworkEvent moved = HostEvents()[1];
        Assert.Equal(["address 192.0.2.77", $"mac {s_host}"], Cells(moved.Row));
        Assert.Equal(["device sw1", "interface Gi0/1"], Cells(moved.Before!.Value));
        Assert.Equal(["device sw1", "interface Gi0/2"], Cells(moved.After!.Value));

        _inventory.Time.Jump(HostHistory.GoneAfter);
        await AgeAsync();
        await AgeAsync();
        Assert.Equal([EventKind.HostAppeared, EventKind.HostMoved, EventKind.HostGone], HostEvents().Select(happened => happened.Kind));
        Assert.Equal(Facts.Noon, HostEvents()[2].Since);
    }

    [Fact]
    public async Task The_last_place_of_a_host_is_kept_for_thirty_days_and_over_a_restart()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 2);
        await LookAsync();
        await SaveAsync("sw1", "192.0.2.1", port: null);
        await LookAsync();
        Assert.Equal("Gi0/2", Assert.Single(_hosts.Gone).Interface);

        (_hosts, _job) = NewJob(await _inventory.RestartAsync());
        await _job.LoadAsync(CancellationToken.None);
        HostPlace last = Assert.Single(_hosts.Gone);
        Assert.Equal((s_host, "Gi0/2", Facts.Noon), (last.Mac, last.Interface, last.SeenAt));

        _inventory.Time.Jump(HostHistory.KeptFor - TimeSpan.FromSeconds(1));
        await AgeAsync();
        Assert.Single(_hosts.Gone);
        _inventory.Time.Jump(TimeSpan.FromSeconds(1));
        await AgeAsync();
        Assert.Empty(_hosts.Gone);
        Assert.Empty(await _inventory.HostsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_host_that_is_back_within_a_day_is_no_news()
    {
        foreach (int? port in new int?[] { 1, null, 1 })
        {
            await SaveAsync("sw1", "192.0.2.1", port);
            await LookAsync();
        }

        Assert.Equal([EventKind.HostAppeared], HostEvents().Select(happened => happened.Kind));
        Assert.Empty(_hosts.Gone);
    }

    [Fact]
    public async Task A_host_that_is_seen_without_a_port_keeps_its_place()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 1);
        await LookAsync();
        await SaveAsync("sw1", "192.0.2.1", port: 0); // resolved, and learned nowhere
        await LookAsync();
        await SaveAsync("sw1", "192.0.2.1", port: null);
        await LookAsync();

        Assert.Equal([EventKind.HostAppeared], HostEvents().Select(happened => happened.Kind));
        Assert.Equal("Gi0/1", Assert.Single(_hosts.Gone).Interface);
    }

    [Fact]
    public async Task What_was_there_when_the_process_started_is_no_news()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 1);
        await _inventory.ViewAsync();
        await _job.LoadAsync(CancellationToken.None);
        await SaveAsync("sw1", "192.0.2.1", port: null);
        await LookAsync();

        Assert.Empty(HostEvents());
        Assert.Equal("Gi0/1", Assert.Single(await _inventory.HostsAsync(CancellationToken.None)).Interface);
    }

    [Fact]
    public async Task More_than_a_thousand_hosts_at_once_are_one_event()
    {
        await _inventory.Devices.SaveAsync([Gateway("sw1", "192.0.2.1", null) with { Snapshot = WithHosts(HostHistory.MostTold + 1) }],
            CancellationToken.None);
        await LookAsync();

        NetworkEvent summary = Assert.Single(HostEvents());
        Assert.Equal((EventKind.HostsChanged, "1001 hosts appeared, 0 moved, 0 are gone."), (summary.Kind, summary.Reason));
        Assert.Equal(HostHistory.MostTold + 1, (await _inventory.HostsAsync(CancellationToken.None)).Length);
    }

    [Fact]
    public async Task A_conflict_appears_and_ends_and_a_role_changes()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 1, serial: "CLONE-1");
        await LookAsync();
        DeviceId clone = await SaveAsync("sw2", "192.0.2.2", port: null, serial: "CLONE-1");
        await LookAsync();
        await _inventory.Devices.SetRoleAsync(clone, DeviceRole.Core, CancellationToken.None);
        await LookAsync();
        await _inventory.Devices.DeleteAsync(clone, CancellationToken.None);
        await LookAsync();

        NetworkEvent[] events = [.. _inventory.Writes.OfType<SaveDeviceStates>().SelectMany(write => write.Events)];
        Assert.Equal(["ConflictAppeared sw1", "ConflictAppeared sw2", "RoleChanged sw2", "ConflictEnded sw1"],
            events.Select(happened => $"{happened.Kind} {happened.DeviceName}"));
        Assert.StartsWith("The serial number CLONE-1 is also that of sw2", events[0].Reason, StringComparison.Ordinal);
        Assert.Equal(["role CORE"], Cells(events[2].After!.Value));
    }

    [Fact]
    public async Task Old_events_are_deleted_until_none_is_left()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 1);
        _inventory.Time.Jump(HistoryJob.EventAge + TimeSpan.FromSeconds(1));
        await LookAsync();

        Assert.DoesNotContain(_inventory.Events, happened => happened.Kind == EventKind.DeviceAdded);
        Assert.Equal(2, _inventory.Writes.OfType<PruneEvents>().Count()); // the second finds nothing more
    }

    [Fact]
    public async Task Once_a_day_facts_that_are_too_old_are_deleted_also_of_devices_that_tell_nothing_new()
    {
        DeviceId device = await SaveAsync("sw1", "192.0.2.1", port: 1);
        await LookAsync();
        await AgeAsync();
        PruneSnapshots first = Assert.Single(_inventory.Writes.OfType<PruneSnapshots>());
        Assert.Equal((device, PruneSnapshots.KeptFor), (Assert.Single(first.Devices), _inventory.Time.GetUtcNow() - first.Before));

        _inventory.Time.Advance(TimeSpan.FromDays(1));
        await AgeAsync();
        Assert.Equal(2, _inventory.Writes.OfType<PruneSnapshots>().Count());
    }

    [Fact]
    public async Task Two_processes_that_look_in_turn_tell_each_change_once()
    {
        Devices other = await _inventory.RestartAsync();
        (HostHistory otherHosts, HistoryJob otherJob) = NewJob(other);
        await _job.LoadAsync(default);
        await otherJob.LoadAsync(default);

        DeviceId device = await SaveAsync("sw1", "192.0.2.1", port: 1);
        _inventory.Tell(device);
        await LookAsync();
        await otherJob.RunAsync("", default);
        await SaveAsync("sw1", "192.0.2.1", port: null);
        await _inventory.Devices.SetRoleAsync(device, DeviceRole.Core, default);
        _inventory.Tell(device);
        await otherJob.RunAsync("", default);
        await LookAsync();
        await otherJob.RunAsync("", default);

        Assert.Equal([EventKind.HostAppeared], HostEvents().Select(happened => happened.Kind));
        Assert.Single(_inventory.Events, happened => happened.Kind == EventKind.RoleChanged);
        await new HistoryChanges(otherHosts).ChangedAsync([], default);
        Assert.Equal([s_host], _hosts.Gone.Select(place => place.Mac));
        Assert.Equal([s_host], otherHosts.Gone.Select(place => place.Mac));
    }

    [Fact]
    public async Task What_changed_while_no_process_ran_is_told_by_the_next_one()
    {
        DeviceId device = await SaveAsync("sw1", "192.0.2.1", port: 1);
        await LookAsync();
        await _inventory.Devices.SetRoleAsync(device, DeviceRole.Core, default);

        (_hosts, _job) = NewJob(await _inventory.RestartAsync());
        await _job.LoadAsync(default);
        await LookAsync();

        Assert.Single(_inventory.Events, happened => happened.Kind == EventKind.RoleChanged);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_told_when_it_can()
    {
        await SaveAsync("sw1", "192.0.2.1", port: 1);
        _inventory.FullFor = 2;
        await LookAsync();

        Assert.Equal([EventKind.HostAppeared], HostEvents().Select(happened => happened.Kind));
    }

    private (HostHistory Hosts, HistoryJob Job) NewJob(Devices devices)
    {
        var hosts = new HostHistory(_inventory, _inventory.Time);
        return (hosts, new HistoryJob(
            devices, hosts, _inventory, _inventory, _inventory, _inventory, _inventory.Time, NullLogger<HistoryJob>.Instance));
    }

    private async Task LookAsync()
    {
        await _inventory.ViewAsync();
        await _job.RunAsync("", CancellationToken.None);
    }

    /// <summary>A look so much later that it is time to forget.</summary>
    private async Task AgeAsync()
    {
        _inventory.Time.Advance(TimeSpan.FromMinutes(10));
        _inventory.Time.Jump(-TimeSpan.FromMinutes(10));
        await _job.RunAsync("", CancellationToken.None);
    }

    private NetworkEvent[] HostEvents() => [.. _inventory.Writes.OfType<SaveHosts>().SelectMany(write => write.Events)];

    private async Task<DeviceId> SaveAsync(string name, string address, int? port, string? serial = null) =>
        (await _inventory.Devices.SaveAsync([Gateway(name, address, port, serial)], CancellationToken.None))[0];

    /// <param name="port">Where the host is learned; 0: nowhere; null: nobody knows the host.</param>
    private static CollectedDevice Gateway(string name, string address, int? port, string? serial = null)
    {
        string chassis = $"00:00:5e:00:53:0{address[^1]}";
        DeviceSnapshot snapshot = Facts.Snapshot(Facts.Identity(name, serial, chassis), address) with
        {
            Interfaces = [.. new[] { 1, 2, 3 }.Select(index =>
                new Interface { Index = new IfIndex(index), Name = $"Gi0/{index}", AdminUp = true, OperUp = true })],
            Arp = port is null ? [] : [new ArpEntry(new IfIndex(3), Ipv4Address.Parse("192.0.2.77"), s_host, ArpEntry.IpNetToMediaTable)],
            Fdb = port is null or 0
                ? [] : [new FdbEntry(new VlanId(1), s_host, new IfIndex(port.Value), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable)],
        };
        return new CollectedDevice(Ipv4Address.Parse(address), snapshot, Facts.Public);
    }

    private static DeviceSnapshot WithHosts(int count) => Gateway("sw1", "192.0.2.1", null).Snapshot with
    {
        Arp = [.. Enumerable.Range(1, count).Select(number => new ArpEntry(new IfIndex(3), new Ipv4Address(0x0a00_0000u + (uint)number),
            MacAddress.FromBits(0x0200_0000_0000 + (ulong)number), ArpEntry.IpNetToMediaTable))],
    };

    private static string[] Cells(IEnumerable<RowCell> cells) => [.. cells.Select(cell => $"{cell.Column} {cell.Text}")];
}
