namespace Towpath.Inventory.Tests;

/// <summary>
/// Runs work side by side on one thread: whenever one of them awaits, the seed draws whose next step comes. One seed, one interleaving,
/// and many seeds many of them.
/// </summary>
internal sealed class SeededSchedule : SynchronizationContext
{
    private readonly Random _random;
    private readonly List<Action> _steps = [];

    private SeededSchedule(int seed) => _random = new Random(seed);

    public static void Run(int seed, params ReadOnlySpan<Func<Task>> work)
    {
        SynchronizationContext? before = Current;
        var schedule = new SeededSchedule(seed);
        SetSynchronizationContext(schedule);
        try
        {
            var running = new List<Task>();
            foreach (Func<Task> one in work) schedule._steps.Add(() => running.Add(one()));
            int count = work.Length;
            while (running.Count < count || !running.TrueForAll(task => task.IsCompleted)) schedule.Take()();
            Task.WhenAll(running).GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_steps)
        {
            _steps.Add(() => d(state));
            Monitor.Pulse(_steps);
        }
    }

    private Action Take()
    {
        lock (_steps)
        {
            while (_steps.Count == 0) Assert.True(Monitor.Wait(_steps, TimeSpan.FromSeconds(20)), "Nobody goes on.");
            int drawn = _random.Next(_steps.Count);
            Action step = _steps[drawn];
            _steps.RemoveAt(drawn);
            return step;
        }
    }
}
