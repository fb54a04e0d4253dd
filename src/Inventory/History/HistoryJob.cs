using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Looks at the network as a whole, after the views of it: roles, conflicts and hosts follow from many devices' facts, so no device's own
/// write can tell that they changed. And deletes what is not kept any more, a little at a time.
/// </summary>
#pragma warning disable CA1001 // a semaphore that nobody waits for with a thread holds nothing to dispose
public sealed class HistoryJob(Devices devices, HostHistory hosts, IWriter writer, TimeProvider time, ILogger<HistoryJob> logger)
    : ISerialJob
#pragma warning restore CA1001
{
    public const string JobKind = "inventory-history";

    /// <summary>How often it looks. A look at what it has seen costs nothing.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Events are kept for so long, and so many.</summary>
    public static TimeSpan EventAge { get; } = TimeSpan.FromDays(30);

    public const int MostEvents = 1_000_000;

    private const int PrunedAtOnce = 5000;
    private const int MostPrunings = 100; // the rest at the next turn
    private const int DevicesAtOnce = 500; // a discovery changes the roles of many
    private static readonly TimeSpan s_pruneEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pruneFactsEvery = TimeSpan.FromDays(1); // of devices that tell nothing new; a save prunes its own

    private readonly SemaphoreSlim _turn = new(1);
    private readonly WeakReference<InventoryView> _seen = new(InventoryView.Empty); // an old view takes no memory
    private ImmutableDictionary<DeviceId, DeviceState> _states = ImmutableDictionary<DeviceId, DeviceState>.Empty;
    private long? _pruned;
    private long? _prunedFacts;

    public string Kind => JobKind;

    /// <summary>What is known now is what later looks are compared with. Call once, after the inventory was loaded.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        InventoryView view = devices.View;
        _states = DeviceState.Of(view);
        await hosts.LoadAsync(view, cancellationToken);
        _seen.SetTarget(view);
        return true;
    }, cancellationToken);

    /// <summary>What is remembered of a look changes after its commit, so one that failed is made again.</summary>
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
        InventoryView view = devices.View;
        if (!_seen.TryGetTarget(out InventoryView? seen) || seen != view)
        {
            ImmutableDictionary<DeviceId, DeviceState> states = DeviceState.Of(view);
            foreach (NetworkEvent[] some in DeviceState.Events(_states, states, time.GetUtcNow()).Chunk(DevicesAtOnce))
                await writer.CommitAsync([new AddEvents([.. some])], cancellationToken);
            _states = states;
            await hosts.LookAsync(view, cancellationToken);
            _seen.SetTarget(view);
        }
        if (_pruned is { } last && time.GetElapsedTime(last) < s_pruneEvery) return true;
        await hosts.AgeAsync(view, cancellationToken);
        await PruneAsync(cancellationToken);
        _pruned = time.GetTimestamp();
        if (_prunedFacts is { } before && time.GetElapsedTime(before) < s_pruneFactsEvery) return true;
        foreach (DeviceId[] some in view.Network.Devices.Select(device => device.Id).Chunk(DevicesAtOnce))
            await writer.CommitAsync([new PruneSnapshots([.. some], time.GetUtcNow() - PruneSnapshots.KeptFor)], cancellationToken);
        _prunedFacts = time.GetTimestamp();
        return true;
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var prune = new PruneEvents(time.GetUtcNow() - EventAge, MostEvents, PrunedAtOnce);
        for (int turn = 0; turn < MostPrunings; turn++)
            if (!(await writer.CommitAsync([prune], cancellationToken))[0]) return;
    }
}
