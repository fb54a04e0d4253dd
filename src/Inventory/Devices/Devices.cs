using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// The devices of the inventory: who they are, how they were reached, what they last said. Safe for concurrent use. Changes are made one
/// after another, each from its decision to its commit to what is shown, so that memory and disk hear of them in one order; of processes
/// that share the inventory one at a time, which has first heard what the others have changed: so they give a device one id.
/// </summary>
#pragma warning disable CA1001 // a semaphore that nobody waits for with a thread holds nothing to dispose
public sealed class Devices(
    IInventoryStore store, IWriter writer, IChanges changes, ISharedTurns turns, CurrentNetwork network, Credentials credentials,
    Secrets secrets, DeviceReach reach, InterfaceLoads loads, TimeProvider time, ILogger<Devices> logger)
#pragma warning restore CA1001
{
    private const string TurnName = "inventory";

    /// <summary>A lost turn is rare; one that is lost again and again says that the database cannot be used.</summary>
    private const int MostAttempts = 5;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<DeviceId> _inDoubt = []; // a commit failed, and may have been kept all the same; whoever has the turn has them
    private long _heard; // the version up to which the changes of others are shown; whoever has the turn has it, too
    private readonly Recognition _recognition = new(secrets, time, logger);

    /// <summary>The last finished view, which nobody waits for: see <see cref="CurrentNetwork"/>.</summary>
    /// <exception cref="InventoryUnreadException">Between <see cref="Withhold"/> and <see cref="Release"/>.</exception>
    public InventoryView View => network.View;

    /// <summary>Null between <see cref="Withhold"/> and <see cref="Release"/>.</summary>
    public InventoryView? ViewIfRead => network.IsWithheld ? null : network.View;

    /// <summary>The view that shows every change made before this call. A build that fails is thrown.</summary>
    public Task<InventoryView> UpToDateAsync(CancellationToken cancellationToken) => network.UpToDateAsync(cancellationToken);

    /// <summary>As of now. Null when the device is not known. Access points have no record of their own.</summary>
    public DeviceRecord? Find(DeviceId device) => network.State.Records.GetValueOrDefault(device);

    /// <summary>
    /// The device whose management address this is; null when there is none. Of several, one that answered when it was last asked.
    /// </summary>
    public DeviceId? ManagedAt(Ipv4Address address)
    {
        ImmutableArray<DeviceId> all = _recognition.ManagedAt(address);
        foreach (DeviceId device in all)
            if (Find(device) is not { UnreachableReason: not null }) return device;
        return all is [var first, ..] ? first : null;
    }

    /// <summary>The devices that are managed at the address or told last that it is their own, as of now.</summary>
    public ImmutableArray<DeviceId> Having(Ipv4Address address) => _recognition.Having(address);

    /// <summary>What the device last told, as of now. Null when it is not known, or none of its facts are.</summary>
    public NetworkDevice? Facts(DeviceId device) => network.State.Devices.GetValueOrDefault(device);

    /// <summary>All that are known, as of now.</summary>
    public IEnumerable<NetworkDevice> All => network.State.Devices.Values;

    /// <summary>Nobody is shown a view until <see cref="Release"/>. Call before anybody asks for one.</summary>
    public void Withhold() => network.Withhold();

    /// <summary>All that a view rests on was read.</summary>
    public void Release() => network.Release();

    /// <summary>Reads everything stored into memory. Call once, before anything else works on devices.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await InOwnTurnAsync(async () =>
        {
            long now = await changes.NowAsync(cancellationToken); // before it is read: nothing falls in between
            await ReadAllAsync(cancellationToken);
            _heard = now;
            return true;
        }, cancellationToken);
        await UpToDateAsync(cancellationToken); // a start is over when the first trace need not wait
    }

    /// <summary>What others have written or deleted is shown from now on.</summary>
    public Task HearAsync(CancellationToken cancellationToken) => InOwnTurnAsync(async () =>
    {
        await ShowOthersAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>
    /// The view that shows also what others have changed so far: before something is called unknown that they may have found a moment ago.
    /// </summary>
    /// <exception cref="InventoryUnreadException">Between <see cref="Withhold"/> and <see cref="Release"/>.</exception>
    /// <exception cref="StorageUnavailableException">Nobody can say.</exception>
    public async Task<InventoryView> HeardViewAsync(CancellationToken cancellationToken)
    {
        if (!changes.AreOthers || network.IsWithheld) return View;
        await HearAsync(cancellationToken);
        return await UpToDateAsync(cancellationToken);
    }

    /// <summary>Whether <see cref="HeardViewAsync"/> shows what another server has changed and the view that was seen did not.</summary>
    /// <inheritdoc cref="HeardViewAsync"/>
    public async Task<bool> HasHeardMoreAsync(InventoryView seen, CancellationToken cancellationToken) =>
        changes.AreOthers && await HeardViewAsync(cancellationToken) != seen;

    /// <summary>Identifies the devices and writes them in one transaction. Ids are in the order of <paramref name="collected"/>.</summary>
    public Task<ImmutableArray<DeviceId>> SaveAsync(IReadOnlyList<CollectedDevice> collected, CancellationToken cancellationToken) =>
        SaveAsync([.. collected.Select(Digested)], null, null, cancellationToken);

    /// <summary>
    /// Writes what a known device said when it was read again. How it is reached stays as it is now: it may have been changed during the
    /// reading.
    /// </summary>
    /// <param name="collected">How it was reached counts where another device has answered.</param>
    /// <returns>
    /// Null: it was removed meanwhile, and stays so. Another id: another device has answered at its address, and was written.
    /// </returns>
    public async Task<DeviceId?> SaveAgainAsync(DeviceId known, CollectedDevice collected, CancellationToken cancellationToken) =>
        await SaveAsync([Digested(collected)], known, null, cancellationToken) is [var saved] ? saved : null;

    /// <summary>
    /// The same of a device of which only some tables were read. Null also when somebody has read it meanwhile: what they have is newer
    /// than what was kept here.
    /// </summary>
    /// <param name="kept">What the tables were kept of that were not read.</param>
    public async Task<DeviceId?> SaveRenewedAsync(
        NetworkDevice kept, CollectedDevice collected, CancellationToken cancellationToken) =>
        await SaveAsync([Digested(collected)], kept.Id, kept.Snapshot, cancellationToken) is [var saved] ? saved : null;

    /// <summary>
    /// The device stays, with the facts it last told and their age. False when it is known no more, or somebody has read it meanwhile.
    /// </summary>
    /// <param name="asked">The device as it was known when the question began that it did not answer.</param>
    public Task<bool> MarkUnreachableAsync(DeviceRecord asked, string reason,
        CancellationToken cancellationToken) => InTurnAsync(async turn =>
    {
        if (Find(asked.Id) is not { } record || record.CollectedAt != asked.CollectedAt) return false;
        DateTimeOffset now = time.GetUtcNow();
        DeviceRecord silent = record with { UnreachableReason = reason, UpdatedAt = now };
        var mark = new MarkUnreachable(record.Id, reason, now) { Events = DeviceEvents.Changed(record, silent, NameOf(silent)) };
        bool took = (await CommitAsync(turn, [mark], [record.Id], cancellationToken))[0];
        if (took) network.Show(network.State.With(silent));
        return took;
    }, cancellationToken);

    /// <summary>The device answers again, with the facts it last told. False when it is known no more, or reachable already.</summary>
    public Task<bool> MarkReachableAsync(DeviceId device, CancellationToken cancellationToken) => InTurnAsync(async turn =>
    {
        if (Find(device) is not { UnreachableReason: not null } record) return false;
        DateTimeOffset now = time.GetUtcNow();
        DeviceRecord back = record with { UnreachableReason = null, UpdatedAt = now };
        var mark = new MarkReachable(device, now) { Events = DeviceEvents.Changed(record, back, NameOf(back)) };
        bool took = (await CommitAsync(turn, [mark], [device], cancellationToken))[0];
        if (took) network.Show(network.State.With(back));
        return took;
    }, cancellationToken);

    /// <summary>
    /// An operator's word on the role of a device or access point; null gives it back to the rule. False when there is no such.
    /// </summary>
    public Task<bool> SetRoleAsync(DeviceId device, DeviceRole? role, CancellationToken cancellationToken) => InTurnAsync(async turn =>
    {
        bool isDevice = network.State.Devices.ContainsKey(device) || network.State.Records.ContainsKey(device);
        if (!isDevice && View.Find(device)?.AccessPoint is null) return false; // removed meanwhile
        await CommitAsync(turn, [new SetRole(device, role)], [device], cancellationToken);
        network.Show(network.State.With(device, role));
        return true;
    }, cancellationToken);

    /// <summary>Forgets the device. False when it is not known, as access points are only by their controllers.</summary>
    public Task<bool> DeleteAsync(DeviceId device, CancellationToken cancellationToken) => InTurnAsync(async turn =>
    {
        ImmutableArray<NetworkEvent> removed = Find(device) is { } record
            ? [DeviceEvents.Removed(record, NameOf(record), time.GetUtcNow())] : [];
        ImmutableArray<bool> took =
            await CommitAsync(turn, [new DeleteDevice(device) { Events = removed }], [device], cancellationToken);
        network.Show(network.State.Without(device));
        _recognition.Show(device, network.State);
        return took[0];
    }, cancellationToken);

    /// <summary>
    /// How to reach the device now. Null when it is not known, its stored credential was deleted or may not be sent to its address, or a
    /// credential cannot be decrypted any more. One that answered when it was last asked is not searched for: no pace holds it up.
    /// </summary>
    public async Task<DeviceAccess?> AccessAsync(DeviceId device, CancellationToken cancellationToken)
    {
        if (Find(device) is not { } record) return null;
        DeviceCredential? credential = record.Access.GlobalCredentialId is { } id
            ? await credentials.ForReadingAsync(id, record.ManagementAddress, cancellationToken)
            : secrets.OpenCredential(record.Access.Sealed);
        if (credential is null) return null;
        StoredAccess stored = record.Access;
        DeviceAccess access = reach.AccessTo(record.ManagementAddress, credential, stored.Retries, stored.Timeout, stored.SnmpPort);
        return record.UnreachableReason is null ? access with { Pace = SearchPace.Unlimited } : access;
    }

    /// <summary>
    /// Decides and commits after what the others have changed. A turn that was lost meanwhile commits nothing: then it is heard and decided
    /// again.
    /// </summary>
    private Task<T> InTurnAsync<T>(Func<SharedTurn, Task<T>> change, CancellationToken cancellationToken) => InOwnTurnAsync(async () =>
    {
        for (int attempt = 1; ; attempt++)
        {
            await using SharedTurn turn = await turns.TakeAsync(TurnName, cancellationToken);
            await ShowOthersAsync(cancellationToken);
            try
            {
                return await change(turn);
            }
            catch (TurnLostException lost)
            {
                logger.TurnLost(attempt);
                if (attempt == MostAttempts)
                    throw new StorageUnavailableException("Other servers of this database were always first. Try again.", lost);
            }
        }
    }, cancellationToken);

    /// <param name="written">The devices of the writes: read again when nobody knows whether the commit was kept.</param>
    private async Task<ImmutableArray<bool>> CommitAsync(
        SharedTurn turn, ImmutableArray<Write> writes, IEnumerable<DeviceId> written, CancellationToken cancellationToken)
    {
        try
        {
            return await turn.CommitAsync(writer, writes, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            _inDoubt.UnionWith(written);
            throw;
        }
    }

    private async Task ShowOthersAsync(CancellationToken cancellationToken)
    {
        OthersChanges others = await changes.SoFarAsync(_heard, cancellationToken);
        ImmutableArray<DeviceId> changed = [.. others.Changed.Where(change => change.Topic == DeviceChanges.Word)
            .Select(change => new DeviceId(change.Key)).Union(_inDoubt)];
        if (!others.IsWhole) await ReadAllAsync(cancellationToken);
        else if (!changed.IsEmpty) await ReadAgainAsync(changed, cancellationToken);
        _heard = others.Version;
        _inDoubt.Clear();
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        InventoryState state = await new StoredInventory(store, writer, logger).LoadAsync(cancellationToken);
        DeviceId[] all = [.. state.Records.Keys.Union(network.State.Records.Keys)];
        network.Show(state); // first: its indexes are made meanwhile
        foreach (DeviceId device in all) _recognition.Show(device, state);
    }

    /// <summary>One in doubt that is not stored keeps its id: its commit may come to an end yet.</summary>
    private async Task ReadAgainAsync(ImmutableArray<DeviceId> changed, CancellationToken cancellationToken)
    {
        InventoryState state = await new StoredInventory(store, writer, logger).ReadAgainAsync(network.State, changed, cancellationToken);
        Show(state, [.. changed.Where(device => state.Records.ContainsKey(device) || !_inDoubt.Contains(device))]);
    }

    private void Show(InventoryState state, ImmutableArray<DeviceId> changed)
    {
        foreach (DeviceId device in changed) _recognition.Show(device, state);
        network.Show(state);
    }

    private async Task<T> InOwnTurnAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="only">The known device that was read again; null: whoever they are, new ones, too.</param>
    /// <param name="kept">What it is a renewal of; null: of nothing.</param>
    /// <returns>None when the only one was removed meanwhile, or is no longer what was kept of it.</returns>
    private async Task<ImmutableArray<DeviceId>> SaveAsync((CollectedDevice Device, string Digest)[] collected, DeviceId? only,
        DeviceSnapshot? kept, CancellationToken cancellationToken)
    {
        ImmutableArray<DeviceId> saved = await SaveFactsAsync(collected, only, kept, cancellationToken);
        // In a commit of their own, which holds nobody up who has facts to write.
        await loads.SaveAsync([.. saved.Zip(collected, (id, told) => (id, told.Device.Counters))], cancellationToken);
        return saved;
    }

    private Task<ImmutableArray<DeviceId>> SaveFactsAsync((CollectedDevice Device, string Digest)[] collected, DeviceId? only,
        DeviceSnapshot? kept, CancellationToken cancellationToken) => InTurnAsync(async turn =>
    {
        if (only is { } known && (Find(known) is null || kept is not null && !ReferenceEquals(Facts(known)?.Snapshot, kept))) return [];
        InventoryState state = network.State;
        var ids = ImmutableArray.CreateBuilder<DeviceId>(collected.Length);
        var writes = ImmutableArray.CreateBuilder<Write>(collected.Length);
        var displaced = new List<DeviceId>();
        var moves = new List<Write>();
        foreach ((CollectedDevice device, string digest) in collected)
        {
            (DeviceId id, DeviceRecord record) = _recognition.Recognize(device, digest, only, state);
            ids.Add(id);
            NetworkDevice? present = state.Devices.GetValueOrDefault(id);
            NetworkDevice told = present?.CollectedAgain(device.Snapshot, record.ManagementAddress)
                ?? new NetworkDevice(id, record.ManagementAddress, device.Snapshot);
            DeviceRecord? before = state.Records.GetValueOrDefault(id);
            writes.Add(new SaveDevice(record, Changed(device.Snapshot, record, state), IsNew: before is null)
            {
                Events = DeviceEvents.Collected(before is null ? null : (before, present), record, told),
            });
            state = state.With(told).With(record);
            foreach (DeviceRecord other in _recognition.Displaced(id, device, state))
            {
                displaced.Add(other.Id);
                moves.Add(Moved(other, DeviceEvents.Changed(state.Records[other.Id], other, NameOf(other))));
                if (state.Devices.TryGetValue(other.Id, out NetworkDevice? moved))
                    state = state.With(moved.CollectedAgain(moved.Snapshot, other.ManagementAddress));
                state = state.With(other);
            }
        }
        writes.AddRange(moves);
        ImmutableArray<bool> took = await CommitIdentifiedAsync(turn, writes.DrainToImmutable(), [.. ids, .. displaced], cancellationToken);
        foreach (int at in Enumerable.Range(0, ids.Count).Where(at => !took[at]))
        {
            state = state.Without(ids[at]); // gone from the disk: so it is from memory
            _recognition.Show(ids[at], state);
        }
        foreach (DeviceId other in displaced) _recognition.Show(other, state);
        network.Show(state);
        return only is not null && !took[0] ? [] : ids.MoveToImmutable();
    }, cancellationToken);

    /// <summary>Those whose writes were refused are recognized by what is shown of them, as before.</summary>
    private async Task<ImmutableArray<bool>> CommitIdentifiedAsync(
        SharedTurn turn, ImmutableArray<Write> writes, ImmutableArray<DeviceId> written, CancellationToken cancellationToken)
    {
        try
        {
            return await CommitAsync(turn, writes, written, cancellationToken);
        }
        catch (TurnLostException)
        {
            foreach (DeviceId device in written) _recognition.Show(device, network.State);
            throw;
        }
    }

    private static (CollectedDevice Device, string Digest) Digested(CollectedDevice device) =>
        (device, Convert.ToHexString(SnapshotCodec.Digest(device.Snapshot)));

    private static Write Moved(DeviceRecord displaced, ImmutableArray<NetworkEvent> events) => displaced.UnreachableReason is { } reason
        ? new MarkUnreachable(displaced.Id, reason, displaced.UpdatedAt) { Events = events }
        : new SaveDevice(displaced, null, IsNew: false) { Events = events };

    private string NameOf(DeviceRecord record) => network.State.Devices.GetValueOrDefault(record.Id)?.Name ?? $"{record.ManagementAddress}";

    /// <summary>Null when the stored facts are the same.</summary>
    private static ImmutableArray<byte>? Changed(DeviceSnapshot collected, DeviceRecord record, InventoryState state) =>
        state.Records.TryGetValue(record.Id, out DeviceRecord? known) && known.SnapshotDigest == record.SnapshotDigest
            ? null
            : ImmutableCollectionsMarshal.AsImmutableArray(SnapshotCodec.Encode(collected));
}
