using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Events of the inventory as they are stored, by whichever process. Their numbers are the places in the stream.</summary>
internal sealed class InventoryFeed(IHistoryStore history, IChanges changes, TimeProvider time)
{
    /// <summary>How late an event is told.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where several processes write, a number may be given before a lower one is committed, and their devices are known here within 2 s.
    /// </summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    private const int AtOnce = 100;

    private readonly Lock _lock = new();
    private Task<long>? _newest;
    private long _askedAt;

    /// <summary>The place of whoever begins to listen now.</summary>
    public Task<long> NowAsync(CancellationToken cancellationToken) => history.NewestEventAsync(cancellationToken);

    /// <summary>The events that match, some at a time and never none, after a number.</summary>
    public async IAsyncEnumerable<ImmutableArray<NetworkEvent>> ListenAsync(
        EventFilter filter, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long place = after; ;)
        {
            long newest = await NewestAsync();
            if (newest > place)
            {
                ImmutableArray<NetworkEvent> found =
                    await history.EventsAsync(filter with { After = place, Take = AtOnce }, cancellationToken);
                DateTimeOffset settled = time.GetUtcNow() - s_settled;
                ImmutableArray<NetworkEvent> told = changes.AreOthers ? [.. found.TakeWhile(one => one.At <= settled)] : found;
                if (!told.IsEmpty)
                {
                    yield return told;
                    place = told[^1].Number;
                    continue;
                }
                if (found.IsEmpty && !changes.AreOthers) place = newest; // none of the new ones matches
            }
            await Task.Delay(Pace, time, cancellationToken);
        }
    }

    /// <summary>Asked for once for all who listen.</summary>
    private Task<long> NewestAsync()
    {
        lock (_lock)
        {
            if (_newest is null || _newest.IsFaulted || time.GetElapsedTime(_askedAt) >= Pace / 2)
                (_newest, _askedAt) = (history.NewestEventAsync(CancellationToken.None), time.GetTimestamp());
            return _newest;
        }
    }
}
