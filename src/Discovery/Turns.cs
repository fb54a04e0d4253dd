using System.Collections.Immutable;
using System.Threading.Channels;

namespace Towpath.Discovery;

/// <summary>
/// Whose turn it is. Lanes share a number of places, the first lane before the second. Work that lasts waits for its device, hardly for us: after a while it goes on
/// without its place, or a few slow devices would hold up all others. For one caller at a time.
/// </summary>
internal sealed class Turns<T>(int places, TimeProvider time, params ImmutableArray<Lane<T>> lanes)
{
    private readonly Channel<Turn> _ended = Channel.CreateUnbounded<Turn>();
    private readonly PriorityQueue<Turn, long> _placed = new(); // by the timestamp at which they leave their place
    private int _taken;

    /// <summary>Begins what may begin, until work has ended.</summary>
    /// <param name="most">The rest comes with the next call.</param>
    /// <returns>What came of it, in the order of its end; empty when nothing was left to begin or to wait for. Fails as the work failed.</returns>
    public async Task<List<T>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        Begin();
        List<T> taken = [];
        if (lanes.All(lane => lane.Underway == 0)) return taken;
        Task ended = _ended.Reader.WaitToReadAsync(cancellationToken).AsTask();
        while (!ended.IsCompleted)
        {
            await ended.WaitAsync(UntilOneLeaves(), time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Begin();
        }
        await ended;
        while (taken.Count < most && _ended.Reader.TryRead(out Turn? turn))
        {
            Leave(turn);
            turn.Lane.Underway--;
            taken.Add(await turn.Work);
        }
        return taken;
    }

    private void Begin()
    {
        while (_placed.TryPeek(out Turn? first, out long until) && (first.HasLeft || until <= time.GetTimestamp())) Leave(_placed.Dequeue());
        foreach (Lane<T> lane in lanes)
        {
            while (_taken < places && lane.Underway < lane.Most && lane.Begin() is { } work) Begin(new Turn(lane, work));
        }
    }

    private void Begin(Turn turn)
    {
        turn.Lane.Underway++;
        _taken++;
        _placed.Enqueue(turn, time.GetTimestamp() + (long)(turn.Lane.Stay.TotalSeconds * time.TimestampFrequency));
        turn.Work.ContinueWith(_ => _ended.Writer.TryWrite(turn), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Leave(Turn turn)
    {
        if (turn.HasLeft) return;
        turn.HasLeft = true;
        _taken--;
    }

    private TimeSpan UntilOneLeaves() => _taken == places && _placed.TryPeek(out _, out long until)
        ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(time.GetElapsedTime(time.GetTimestamp(), until).TotalMilliseconds)))
        : Timeout.InfiniteTimeSpan;

    private sealed class Turn(Lane<T> lane, Task<T> work)
    {
        public Lane<T> Lane => lane;

        public Task<T> Work => work;

        public bool HasLeft { get; set; }
    }
}

/// <summary>Work that is alike, in the order in which it is to begin.</summary>
/// <param name="stay">How long it keeps its place at most.</param>
/// <param name="most">How much of it is under way at a time, with a place or without: it takes memory.</param>
/// <param name="begin">Begins what is next; null when nothing waits now.</param>
internal sealed class Lane<T>(TimeSpan stay, int most, Func<Task<T>?> begin)
{
    public TimeSpan Stay => stay;

    public int Most => most;

    public int Underway { get; set; }

    public Task<T>? Begin() => begin();
}
