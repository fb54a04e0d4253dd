using System.Collections.Immutable;
using System.Threading.Channels;

namespace Towpath.Discovery;

/// <summary>
/// Whose turn it is in one discovery. Its lanes share its places, the first lane before the second. Work that lasts waits for its device,
/// hardly for us: after a while it goes on without its place, or a few slow devices would hold up all others. For one caller at a time.
/// </summary>
internal sealed class Turns<T>(Places.Guest guest, params ImmutableArray<Lane<T>> lanes)
{
    private readonly Channel<Turn> _ended = Channel.CreateUnbounded<Turn>();

    /// <summary>Begins what may begin, until work has ended.</summary>
    /// <param name="most">The rest comes with the next call.</param>
    /// <returns>What came of it, in the order of its end; empty when nothing was left to begin or to wait for. Fails as the work failed.</returns>
    public async Task<List<T>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        List<T> taken = [];
        Task ended = _ended.Reader.WaitToReadAsync(cancellationToken).AsTask();
        do
        {
            Task changed = guest.Changed;
            bool waits = !Begin();
            if (!waits && lanes.All(lane => lane.Underway == 0)) return taken;
            await Task.WhenAny(ended, changed);
        }
        while (!ended.IsCompleted && !_ended.Reader.TryPeek(out _)); // what has ended may bring work that comes first
        await ended;
        while (taken.Count < most && _ended.Reader.TryRead(out Turn? turn))
        {
            turn.Place.Leave();
            turn.Lane.Underway--;
            taken.Add(await turn.Work);
        }
        return taken;
    }

    /// <returns>False: there may be more, for which no place is free.</returns>
    private bool Begin()
    {
        foreach (Lane<T> lane in lanes)
        {
            while (lane.Underway < guest.Share(lane.Most))
            {
                if (guest.TryTake() is not { } place) return false;
                if (lane.Begin() is not { } work)
                {
                    place.Leave();
                    break;
                }
                Begin(new Turn(lane, work, place));
            }
        }
        return true;
    }

    private void Begin(Turn turn)
    {
        turn.Lane.Underway++;
        turn.Place.Stay(turn.Lane.Stay);
        turn.Work.ContinueWith(
            _ => _ended.Writer.TryWrite(turn), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private sealed record Turn(Lane<T> Lane, Task<T> Work, Places.Place Place);
}

/// <summary>Work that is alike, in the order in which it is to begin.</summary>
/// <param name="stay">How long it keeps its place at most.</param>
/// <param name="most">How much of it is under way at a time, with a place or without, by all who share the places: it takes memory.</param>
/// <param name="begin">Begins what is next; null when nothing waits now.</param>
internal sealed class Lane<T>(TimeSpan stay, int most, Func<Task<T>?> begin)
{
    public TimeSpan Stay => stay;

    public int Most => most;

    public int Underway { get; set; }

    public Task<T>? Begin() => begin();
}
