using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// The runs that this process works on. Whoever stops, restarts or deletes a discovery is told to all processes, and the one that has the
/// run ends it. The scheduler cannot: a job that is stopped loses its trigger first, so that no run waits behind the one that ends, and
/// with its trigger the scheduler forgets where it runs.
/// </summary>
public sealed class RunsHere(IDiscoveryStore store) : IChangeListener
{
    /// <summary>The topic; the key is of the discovery's id.</summary>
    public const string Word = "discovery";

    private readonly Lock _lock = new();
    private readonly HashSet<Run> _runs = [];

    public string Topic => Word;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _runs.Count;
        }
    }

    /// <summary>Of a discovery that was stopped, started again, or deleted.</summary>
    public static Change Changed(int discovery) => new(Word, KeyOf(discovery));

    public Task ChangedAsync(ImmutableArray<Guid> keys, CancellationToken cancellationToken) =>
        EndUnwantedAsync(run => keys.Contains(KeyOf(run.Discovery)), cancellationToken);

    public Task MissedAsync(CancellationToken cancellationToken) => EndUnwantedAsync(_ => true, cancellationToken);

    /// <summary>
    /// Before the run, or a part of it, reads whether it is wanted: what changes after that is told. Until it is disposed of.
    /// </summary>
    internal Run Enter(int discovery, int run, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            SharedPace pace = _runs.FirstOrDefault(one => one.Discovery == discovery && one.Number == run)?.Pace ?? new SharedPace();
            var entered = new Run(this, discovery, run, pace, cancellationToken);
            _runs.Add(entered);
            return entered;
        }
    }

    /// <summary>After this process itself has ended it: it is told to the others only.</summary>
    internal Task EndUnwantedAsync(int discovery, CancellationToken cancellationToken) =>
        EndUnwantedAsync(run => run.Discovery == discovery, cancellationToken);

    private async Task EndUnwantedAsync(Func<Run, bool> isMeant, CancellationToken cancellationToken)
    {
        Run[] meant;
        lock (_lock) meant = [.. _runs.Where(isMeant)];
        foreach (IGrouping<int, Run> parts in meant.GroupBy(run => run.Discovery))
        {
            DiscoveryRecord? stored = await store.FindAsync(parts.Key, cancellationToken);
            bool isOver = stored is not { Active: true, Condition: DiscoveryCondition.Queued or DiscoveryCondition.InProgress };
            foreach (Run run in parts.Where(run => isOver || stored!.Run != run.Number)) await EndAsync(run);
        }
    }

    private Task EndAsync(Run run)
    {
        lock (_lock) return _runs.Contains(run) ? run.EndAsync() : Task.CompletedTask;
    }

    private void Leave(Run run)
    {
        lock (_lock) _runs.Remove(run);
    }

    private static Guid KeyOf(int discovery) => new(discovery, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    internal sealed class Run(
        RunsHere runs, int discovery, int number, SharedPace pace, CancellationToken cancellationToken) : IDisposable
    {
        private readonly CancellationTokenSource _ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        public int Discovery => discovery;

        public int Number => number;

        public SharedPace Pace => pace;

        /// <summary>Of the run's work.</summary>
        public CancellationToken Token => _ends.Token;

        public Task EndAsync() => _ends.CancelAsync();

        public void Dispose()
        {
            runs.Leave(this);
            _ends.Dispose();
        }

        /// <summary>The limit of the plan's own, one object for all parts of the run here; null: it has none.</summary>
        public SearchPace? PaceOf(DiscoveryPlan plan) => pace.Of(plan);
    }

    internal sealed class SharedPace
    {
        private SearchPace? _pace;

        public SearchPace? Of(DiscoveryPlan plan)
        {
            if (Volatile.Read(ref _pace) is null && plan.OwnPace() is { } own) Interlocked.CompareExchange(ref _pace, own, null);
            return _pace;
        }
    }
}
