using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Looks at the network as a whole, after the views of it: roles, conflicts and hosts follow from many devices' facts, so no device's own
/// write can tell that they changed. And deletes what is not kept any more, a little at a time. Of processes that share the inventory any
/// one looks; what it has concluded is stored with the events, and another one that looks next compares with that.
/// </summary>
#pragma warning disable CA1001 // a semaphore that nobody waits for with a thread holds nothing to dispose
public sealed class HistoryJob(
    Devices devices, HostHistory hosts, IHistoryStore store, IWriter writer, IChanges changes, ISharedTurns turns, TimeProvider time,
    ILogger<HistoryJob> logger) : ISerialJob
#pragma warning restore CA1001
{
    public const string JobKind = "inventory-history";

    /// <summary>How often it looks. A look at what it has seen costs nothing.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Events are kept for so long, and so many.</summary>
    public static TimeSpan EventAge { get; } = TimeSpan.FromDays(30);

    public const int MostEvents = 1_000_000;

    private const string TurnName = "history";
    private const int PrunedAtOnce = 5000;
    private const int MostPrunings = 100; // the rest at the next turn
    private const int DevicesAtOnce = 500; // a discovery changes the roles of many
    private static readonly TimeSpan s_pruneEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pruneFactsEvery = TimeSpan.FromDays(1); // of devices that tell nothing new; a save prunes its own

    private readonly SemaphoreSlim _turn = new(1);
    private readonly WeakReference<InventoryView> _seen = new(InventoryView.Empty); // an old view takes no memory
    private ImmutableDictionary<DeviceId, DeviceState> _states = ImmutableDictionary<DeviceId, DeviceState>.Empty;
    private bool _isStored; // what is in memory is what is stored
    private long _heard;
    private long? _pruned;
    private long? _prunedFacts;

    public string Kind => JobKind;

    /// <summary>The stored hosts that are gone, which lists show and traces hint at.</summary>
    public Task HearGoneAsync(CancellationToken cancellationToken) => hosts.HearAsync(cancellationToken);

    /// <summary>
    /// What is stored is what later looks are compared with, and what is known now of what has no row yet. Call once; has its turn at once,
    /// and waits for the inventory, which may be read meanwhile.
    /// </summary>
    public Task LoadAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        _heard = await changes.NowAsync(cancellationToken);
        InventoryView view = await devices.UpToDateAsync(cancellationToken);
        ImmutableDictionary<DeviceId, DeviceState> stored = await store.DeviceStatesAsync(cancellationToken);
        await hosts.ReadAsync(cancellationToken);
        _states = DeviceState.Of(view).SetItems(stored);
        hosts.Know(view);
        _isStored = true;
        return true;
    }, cancellationToken);

    /// <summary>A look that failed is made again, from what is stored.</summary>
    public Task RunAsync(string key, CancellationToken cancellationToken) => InTurnAsync(
        () => StorageOutage.RideOutAsync(
            () => LookAsync(cancellationToken), time, problem => logger.HistoryPostponed(problem.Message), cancellationToken),
        cancellationToken);

    private async Task<bool> InTurnAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        await using SharedTurn turn = await turns.TakeAsync(TurnName, cancellationToken);
        try
        {
            InventoryView view = await ViewAsync(cancellationToken);
            _isStored = false;
            await LookAsync(view, write => turn.CommitAsync(writer, [write], cancellationToken));
            _isStored = true;
        }
        catch (TurnLostException lost)
        {
            logger.HistoryPostponed(lost.Message); // whoever has it looks
        }
        return true;
    }

    /// <summary>What others have concluded is read before this process looks, by a view that is not older than theirs.</summary>
    private async Task<InventoryView> ViewAsync(CancellationToken cancellationToken)
    {
        OthersChanges others = await changes.SoFarAsync(_heard, cancellationToken);
        bool othersLooked = !others.IsWhole || others.Changed.Any(change => change.Topic == HistoryChanges.Word);
        if (_isStored && !othersLooked)
        {
            _heard = others.Version;
            return devices.View;
        }
        await devices.HearAsync(cancellationToken);
        InventoryView view = othersLooked ? await devices.UpToDateAsync(cancellationToken) : devices.View;
        _states = await store.DeviceStatesAsync(cancellationToken);
        await hosts.ReadAsync(cancellationToken);
        _seen.SetTarget(InventoryView.Empty);
        _heard = others.Version;
        return view;
    }

    private async Task LookAsync(InventoryView view, Commit commit)
    {
        if (!_seen.TryGetTarget(out InventoryView? seen) || seen != view)
        {
            await SaveStatesAsync(DeviceState.Of(view), commit);
            await hosts.LookAsync(view, commit);
            _seen.SetTarget(view);
        }
        if (_pruned is { } last && time.GetElapsedTime(last) < s_pruneEvery) return;
        await hosts.AgeAsync(view, commit);
        await PruneAsync(commit);
        _pruned = time.GetTimestamp();
        if (_prunedFacts is { } before && time.GetElapsedTime(before) < s_pruneFactsEvery) return;
        foreach (DeviceId[] some in view.Network.Devices.Select(device => device.Id).Chunk(DevicesAtOnce))
            await commit(new PruneSnapshots([.. some], time.GetUtcNow() - PruneSnapshots.KeptFor));
        _prunedFacts = time.GetTimestamp();
    }

    private async Task SaveStatesAsync(ImmutableDictionary<DeviceId, DeviceState> states, Commit commit)
    {
        ILookup<DeviceId?, NetworkEvent> events =
            DeviceState.Events(_states, states, time.GetUtcNow()).ToLookup(happened => happened.Device);
        var others = states.Where(device => !device.Value.Says(_states.GetValueOrDefault(device.Key)))
            .OrderBy(device => device.Value.Name, StringComparer.Ordinal).ThenBy(device => device.Key); // as the events are
        foreach (KeyValuePair<DeviceId, DeviceState>[] some in others.Chunk(DevicesAtOnce))
        {
            ImmutableArray<NetworkEvent> told = [.. some.SelectMany(device => events[device.Key])];
            await commit(new SaveDeviceStates(some.ToImmutableDictionary(), [], told));
        }
        foreach (DeviceId[] some in _states.Keys.Where(device => !states.ContainsKey(device)).Chunk(DevicesAtOnce))
            await commit(new SaveDeviceStates(ImmutableDictionary<DeviceId, DeviceState>.Empty, [.. some], []));
        _states = states;
    }

    private async Task PruneAsync(Commit commit)
    {
        var prune = new PruneEvents(time.GetUtcNow() - EventAge, MostEvents, PrunedAtOnce);
        for (int turn = 0; turn < MostPrunings; turn++)
            if (!(await commit(prune))[0]) return;
    }
}

/// <summary>Commits one write in the turn of a look.</summary>
internal delegate Task<ImmutableArray<bool>> Commit(Write write);
