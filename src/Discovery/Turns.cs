using System.Collections.Immutable;
using System.Threading.Channels;

namespace Towpath.Discovery;

/// <summary>
/// Decides whose turn it is in one discovery. Its lanes share its places, the first lane before the second. Work that lasts waits for its
/// device, hardly for us: after a while it goes on without its place, or a few slow devices would hold up all others. Work that costs next
/// to nothing from now on says so and steps aside: it neither has a place then nor counts in its lane. For one caller at a time.
/// </summary>
internal sealed class Turns<T>(Places.Guest guest, params ImmutableArray<Lane<T>> lanes)
{
    /// <summary>Of a discovery. More than that stay in their lanes: each takes some memory.</summary>
    private const int MostAside = 2_048;

    private readonly Channel<(Turn Turn, bool HasEnded)> _changes = Channel.CreateUnbounded<(Turn, bool)>();

    /// <summary>Begins what may begin, until work has ended.</summary>
    /// <param name="most">The rest comes with the next call.</param>
    /// <returns>What came of it, in the order of its end; empty when nothing was left to begin or to wait for. Fails as the work
    /// failed.</returns>
    public async Task<List<T>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        List<T> taken = [];
        while (taken.Count == 0 && await ChangesAsync(cancellationToken))
        {
            while (taken.Count < most && _changes.Reader.TryRead(out (Turn Turn, bool HasEnded) change))
            {
                if (!change.HasEnded) StepAside(change.Turn);
                else taken.Add(await EndAsync(change.Turn));
            }
        }
        return taken;
    }

    /// <returns>False: nothing was left to begin or to wait for.</returns>
    private async Task<bool> ChangesAsync(CancellationToken cancellationToken)
    {
        Task changes = _changes.Reader.WaitToReadAsync(cancellationToken).AsTask();
        do
        {
            Task changed = guest.Changed;
            bool waits = !Begin();
            if (!waits && guest.Aside == 0 && lanes.All(lane => lane.Underway == 0)) return false;
            await Task.WhenAny(changes, changed);
        }
        while (!changes.IsCompleted && !_changes.Reader.TryPeek(out _)); // what has ended may bring work that comes first
        await changes;
        return true;
    }

    /// <returns>False: there may be more, for which no place is free.</returns>
    private bool Begin()
    {
        foreach (Lane<T> lane in lanes)
        {
            while (lane.Underway < guest.Share(lane.Most))
            {
                if (guest.TryTake() is not { } place) return false;
                if (!TryBegin(new Turn(lane, place)))
                {
                    place.Leave();
                    break;
                }
            }
        }
        return true;
    }

    private bool TryBegin(Turn turn)
    {
        if (turn.Lane.Begin(() => _changes.Writer.TryWrite((turn, false))) is not { } work) return false;
        turn.Work = work;
        turn.Lane.Underway++;
        turn.Place.Stay(turn.Lane.Stay);
        work.ContinueWith(
            _ => _changes.Writer.TryWrite((turn, true)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return true;
    }

    private void StepAside(Turn turn)
    {
        if (turn.IsAside || guest.Aside >= guest.PartOf(MostAside)) return;
        turn.IsAside = true;
        turn.Place.Leave();
        turn.Lane.Underway--;
        guest.Aside++;
    }

    private Task<T> EndAsync(Turn turn)
    {
        turn.Place.Leave();
        if (turn.IsAside) guest.Aside--;
        else turn.Lane.Underway--;
        return turn.Work!;
    }

    private sealed class Turn(Lane<T> lane, Places.Place place)
    {
        public Lane<T> Lane => lane;

        public Places.Place Place => place;

        public Task<T>? Work { get; set; }

        public bool IsAside { get; set; }
    }
}

/// <summary>Work that is alike, in the order in which it is to begin.</summary>
/// <param name="stay">How long it keeps its place at most.</param>
/// <param name="most">How much of it is under way at a time, with a place or without, by all who share the places: it takes memory.</param>
/// <param name="begin">Begins what is next, which may call what it is given to step aside; null when nothing waits now.</param>
internal sealed class Lane<T>(TimeSpan stay, int most, Func<Action, Task<T>?> begin)
{
    public TimeSpan Stay => stay;

    public int Most => most;

    public int Underway { get; set; }

    public Task<T>? Begin(Action stepAside) => begin(stepAside);
}
