using System.Collections.Immutable;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Network;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Inventory.Tests;

/// <summary>An inventory over tables in memory that execute the same writes as the database does.</summary>
internal sealed class MemoryInventory : IInventoryStore, IHistoryStore, IScheduleStore, ILoadStore, IWriter, IChanges, ISharedTurns
{
    private readonly Lock _lock = new(); // the jobs of the schedule write side by side
    private readonly Dictionary<DeviceId, ScheduledDevice> _schedule = [];
    private readonly HashSet<Prefix> _silentSubnets = [];
    private readonly List<Change> _told = [];
    private int _forgotten;
    private Guid _holder;

    private readonly Dictionary<DeviceId, DeviceRecord> _devices = [];
    private readonly Dictionary<DeviceId, byte[]> _snapshots = [];
    private readonly Dictionary<DeviceId, DeviceRole> _roles = [];
    private readonly Dictionary<Guid, HostPlace> _hosts = [];
    private readonly Dictionary<DeviceId, DeviceState> _states = [];
    private readonly Dictionary<Guid, StoredCredential> _credentials = [];
    private readonly Dictionary<string, int> _properties = [];
    private readonly Dictionary<DeviceId, byte[]> _loads = [];

    public MemoryInventory(IDataProtectionProvider? keys = null)
    {
        Secrets = new Secrets(keys ?? new EphemeralDataProtectionProvider());
        Network = new CurrentNetwork(Time, NullLogger<CurrentNetwork>.Instance);
        Credentials = new Credentials(this, Secrets);
        Devices = new Devices(this, this, this, this, Network, Credentials, Secrets, Reach,
            new InterfaceLoads(this, this, NullLogger<InterfaceLoads>.Instance), Time, NullLogger<Devices>.Instance);
    }

    /// <summary>Noon, and pauses cost nothing.</summary>
    public ManualTime Time { get; } = new(Facts.Noon) { IsHurried = true };

    public Secrets Secrets { get; }

    public DeviceReach Reach { get; } = new(161, []);

    public CurrentNetwork Network { get; }

    public Credentials Credentials { get; }

    public Devices Devices { get; }

    /// <summary>A device was.</summary>
    public TaskCompletionSource Saved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything committed, in order.</summary>
    public List<Write> Writes { get; } = [];

    /// <summary>All events that were stored with it.</summary>
    public List<NetworkEvent> Events { get; } = [];

    /// <summary>
    /// Commits of others may come between a commit and what its caller does next, as in the database; see <see cref="SeededSchedule"/>.
    /// </summary>
    public bool IsShared { get; set; }

    /// <summary>The next commit is kept, and its caller hears that it failed.</summary>
    public bool FailsAfterCommit { get; set; }

    /// <summary>So many commits fail, as they do while the disk is full.</summary>
    public int FullFor { get; set; }

    /// <summary>The inventory as it is shown once everything is.</summary>
    public Task<InventoryView> ViewAsync() => Devices.UpToDateAsync(CancellationToken.None);

    /// <summary>Loses the device's stored facts, as a deletion beside a save once did.</summary>
    public void LoseFacts(DeviceId device) => _snapshots.Remove(device);

    /// <summary>Changes the device's stored facts as a failing disk would.</summary>
    public void Damage(DeviceId device) => _snapshots[device] = [.. _snapshots[device].AsSpan(0, _snapshots[device].Length / 2)];

    /// <summary>The same tables after a restart of the process, or in another one.</summary>
    public async Task<Devices> RestartAsync(IDataProtectionProvider? keys = null)
    {
        var secrets = new Secrets(keys ?? new EphemeralDataProtectionProvider());
        var devices = new Devices(
            this, this, this, this, new CurrentNetwork(Time, NullLogger<CurrentNetwork>.Instance), new Credentials(this, secrets), secrets,
            Reach, new InterfaceLoads(this, this, NullLogger<InterfaceLoads>.Instance), Time, NullLogger<Devices>.Instance);
        await devices.LoadAsync(CancellationToken.None);
        return devices;
    }

    /// <summary>Another process has changed it; see <see cref="IChanges"/>.</summary>
    public void Tell(DeviceId device) => _told.Add(new Change(DeviceChanges.Word, device.Value));

    /// <summary>What was told up to now is forgotten, with what nobody has heard.</summary>
    public void ForgetTold() => _forgotten = _told.Count + 1;

    public Task<long> NowAsync(CancellationToken cancellationToken) => Task.FromResult((long)_told.Count);

    public Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken) => Task.FromResult(
        new OthersChanges(Math.Max(_told.Count, _forgotten), [.. _told.Skip((int)version)], IsWhole: version >= _forgotten));

    public Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody waits here.");

    /// <summary>At once: the processes of a test take none at the same time. The last one to take it has it.</summary>
    public Task<SharedTurn> TakeAsync(string name, CancellationToken cancellationToken)
    {
        _holder = Guid.NewGuid();
        return Task.FromResult(new SharedTurn([new HoldTurn(name, _holder)], () => ValueTask.CompletedTask));
    }

    /// <summary>Runs once, before the next commit of a turn: there another process may come in between.</summary>
    public Func<Task>? BeforeNextCommit { get; set; }

    public async Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
    {
        if (BeforeNextCommit is { } meanwhile)
        {
            BeforeNextCommit = null;
            await meanwhile();
        }
        if (FullFor-- > 0) throw new StorageUnavailableException("The disk is full.", null);
        if (writes is [HoldTurn turn, ..] && turn.Holder != _holder) throw new TurnLostException(turn.Name);
        if (IsShared) await Task.Yield(); // others are queued before it
        ImmutableArray<bool> took;
        lock (_lock)
        {
            Writes.AddRange(writes.Where(write => write is not HoldTurn));
            took = [.. writes.Select(Execute)];
        }
        if (writes.Any(write => write is SaveDevice)) Saved.TrySetResult();
        if (FailsAfterCommit)
        {
            FailsAfterCommit = false;
            throw new StorageUnavailableException("The connection is lost, and with it the answer.", null);
        }
        if (IsShared) await Task.Yield(); // others hear of their commits before its caller does
        return took;
    }

    public Task<ImmutableArray<DeviceRecord>> DevicesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_devices.Values.ToImmutableArray());

    public Task<DeviceRecord?> DeviceAsync(DeviceId device, CancellationToken cancellationToken) =>
        Task.FromResult(_devices.GetValueOrDefault(device));

    public Task<byte[]?> SnapshotAsync(DeviceId device, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshots.GetValueOrDefault(device));

    public async IAsyncEnumerable<(DeviceId Device,
        byte[] Snapshot)> SnapshotsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach ((DeviceId device, byte[] snapshot) in _snapshots) yield return (device, snapshot);
    }

    public Task<ImmutableDictionary<DeviceId, DeviceRole>> RolesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_roles.ToImmutableDictionary());

    public Task<ImmutableArray<StoredCredential>> CredentialsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_credentials.Values.OrderBy(row => row.CreatedAt).ToImmutableArray());

    public Task<StoredCredential?> CredentialAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_credentials.GetValueOrDefault(id));

    public Task<ImmutableDictionary<string, int>> SnmpPropertiesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_properties.ToImmutableDictionary());

    public Task<ImmutableArray<NetworkEvent>> EventsAsync(EventFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(Events.ToImmutableArray());

    public Task<long> NewestEventAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Events.Count == 0 ? 0 : Events.Max(happened => happened.Number));

    public Task<int> CountEventsAsync(EventFilter filter, CancellationToken cancellationToken) => Task.FromResult(Events.Count);

    public Task<ImmutableArray<HostPlace>> HostsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_hosts.Values.ToImmutableArray());

    public Task<ImmutableArray<HostPlace>> GoneHostsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_hosts.Values.Where(host => host.IsGone).ToImmutableArray());

    public Task<ImmutableDictionary<DeviceId, DeviceLoad>> LoadsAsync(
        ImmutableArray<DeviceId> devices, CancellationToken cancellationToken) => Task.FromResult(devices.Where(_loads.ContainsKey)
        .ToImmutableDictionary(device => device, device => DeviceLoadCodec.Decode(_loads[device])!));

    public Task<ImmutableDictionary<DeviceId, DeviceState>> DeviceStatesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_states.ToImmutableDictionary());

    public Task<byte[]?> SnapshotAtAsync(DeviceId device, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshots.GetValueOrDefault(device));

    public Task<ImmutableArray<ScheduledDevice>> PulseDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        Task.FromResult(Due(row => row.PulseAt, now, most));

    public Task<ImmutableArray<ScheduledDevice>> ReadingDueAsync(
        DateTimeOffset now, int shard, int most, CancellationToken cancellationToken) =>
        Task.FromResult(Due(row => Intervals.ShardOf(row.Id) == shard ? row.ReadAt : null, now, most));

    public Task<ImmutableArray<int>> ShardsDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(
        Due(row => row.ReadAt, now, int.MaxValue).Select(row => Intervals.ShardOf(row.Id)).Distinct().ToImmutableArray());

    public Task<ScheduledDevice?> FindAsync(DeviceId device, CancellationToken cancellationToken) =>
        Task.FromResult(_schedule.GetValueOrDefault(device));

    public Task<TimeSpan> IntervalAsync(CancellationToken cancellationToken) => Task.FromResult(Intervals.Default);

    /// <summary>The row of the device.</summary>
    public ScheduledDevice Row(DeviceId device) => _schedule[device];

    /// <summary>Another row of it.</summary>
    public void Put(ScheduledDevice row) => _schedule[row.Id] = row;

    private ImmutableArray<ScheduledDevice> Due(Func<ScheduledDevice, DateTimeOffset?> at, DateTimeOffset now, int most)
    {
        lock (_lock) return [.. _schedule.Values.Where(row => at(row) <= now).OrderBy(at).Take(most)];
    }

    private bool Change(DeviceId device, Func<ScheduledDevice, ScheduledDevice> change)
    {
        if (!_schedule.TryGetValue(device, out ScheduledDevice? row)) return false;
        _schedule[device] = change(row);
        return true;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other < one ? other : one;

    private bool Execute(Write write)
    {
        if (write is ConcludeSubnet conclude) return Conclude(conclude);
        bool took = Take(write);
        if (took) Events.AddRange(EventsOf(write));
        return took;
    }

    private bool Conclude(ConcludeSubnet conclude)
    {
        int silent = _schedule.Values.Count(row => row.SilentIn == conclude.Subnet);
        if (SubnetOutage.Of(conclude.Subnet, silent, conclude.Devices) is not { } outage)
        {
            _silentSubnets.Remove(conclude.Subnet);
            return false;
        }
        bool isNews = _silentSubnets.Add(conclude.Subnet);
        if (isNews) Events.Add(outage.EventAt(conclude.At));
        return isNews;
    }

    private static ImmutableArray<NetworkEvent> EventsOf(Write write) => write switch
    {
        SaveDevice save => save.Events,
        MarkUnreachable mark => mark.Events,
        MarkReachable mark => mark.Events,
        DeleteDevice delete => delete.Events,
        AddEvents add => add.Events,
        SaveHosts save => save.Events,
        SaveDeviceStates save => save.Events,
        _ => [],
    };

    private bool Take(Write write)
    {
        switch (write)
        {
            case AddEvents:
                return true;
            case PruneSnapshots:
                return false; // one a device is all there is
            case PruneEvents prune:
                return Events.RemoveAll(happened => happened.At < prune.Before) > 0;
            case SaveDeviceStates save:
                foreach ((DeviceId device, DeviceState state) in save.States) _states[device] = state with { Name = "" };
                foreach (DeviceId device in save.Forgotten) _states.Remove(device);
                _told.Add(HistoryChanges.Looked);
                return true;
            case SaveHosts save:
                _told.Add(HistoryChanges.Looked);
                foreach (HostPlace place in save.Hosts) _hosts[place.Id] = place;
                return true;
            case ForgetHosts forget:
                return forget.Hosts.Sum(host => _hosts.Remove(host) ? 1 : 0) > 0;
            case SaveDevice { IsNew: false } save when !_devices.ContainsKey(save.Device.Id):
                return false;
            case SaveDevice save:
                _devices[save.Device.Id] = save.Device;
                if (save.IsNew)
                    _schedule.TryAdd(save.Device.Id, new ScheduledDevice(save.Device.Id, Intervals.Default)
                    {
                        PulseAt = save.Device.CollectedAt + Intervals.Pulse,
                        ReadAt = save.Device.CollectedAt + Intervals.Of(CollectionTier.Learned, Intervals.Default),
                    });
                if (save.Snapshot is { } snapshot) _snapshots[save.Device.Id] = [.. snapshot];
                return true;
            case MarkUnreachable mark:
                if (!_devices.TryGetValue(mark.Id, out DeviceRecord? marked)) return false;
                _devices[mark.Id] = marked with { UnreachableReason = mark.Reason, UpdatedAt = mark.At };
                return true;
            case MarkReachable mark:
                if (!_devices.TryGetValue(mark.Id, out DeviceRecord? found)) return false;
                _devices[mark.Id] = found with { UnreachableReason = null, UpdatedAt = mark.At };
                return true;
            case SavePulse save:
                return Change(save.Id, row =>
                    row with
                {
                    PulseAt = save.NextAt, Pulse = save.Notes, SilentIn = save.SilentIn, ReadAt = Earlier(row.ReadAt, save.ReadBy),
                });
            case SaveReading save:
                return Change(save.Id, row =>
                    row with { ReadAt = save.NextAt, Reading = save.Notes, PulseAt = Earlier(row.PulseAt, save.AskNow) });
            case SaveLoad save:
                if (!_devices.ContainsKey(save.Device)) return false;
                _loads[save.Device] = [.. save.Load];
                return true;
            case DeleteDevice delete:
                _loads.Remove(delete.Id);
                _schedule.Remove(delete.Id);
                _snapshots.Remove(delete.Id);
                _roles.Remove(delete.Id);
                return _devices.Remove(delete.Id);
            case SetRole { Role: { } role } set:
                _roles[set.Id] = role;
                return true;
            case SetRole set:
                return _roles.Remove(set.Id);
            case SaveCredential save:
                return _credentials.TryAdd(save.Credential.Id, save.Credential);
            case ChangeCredential change:
                if (!_credentials.TryGetValue(change.Credential.Id, out StoredCredential? stored)
                    || !stored.Sealed.SequenceEqual(change.Known))
                    throw new WriteConflictException("changed meanwhile", null);
                _credentials[change.Credential.Id] = change.Credential;
                return true;
            case DeleteCredential delete:
                return _credentials.Remove(delete.Id);
            case SaveSnmpProperty save:
                _properties[save.Name] = save.Value;
                return true;
            case AcceptTask or HoldTurn:
                return true;
            default:
                throw new ArgumentException($"{write.GetType().Name} is not the inventory's.", nameof(write));
        }
    }
}
