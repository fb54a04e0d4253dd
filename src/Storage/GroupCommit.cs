using System.Collections.Immutable;
using System.Diagnostics;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The process's one writer, on a thread of its own. Everything that arrives while it commits goes into its next commit: one flush
/// for many callers. One caller's failure is not the others'.
/// </summary>
internal sealed class GroupCommit : IWriter, IDisposable
{
    /// <summary>Callers that may wait; at the pace of a slow disk still some seconds of work.</summary>
    public const int Capacity = 8192;

    /// <summary>Bounds how long the first of a round waits for the others' writes.</summary>
    private const int MostPerCommit = 512;

    /// <summary>
    /// A caller that is told of a commit often comes back with the next request. A commit therefore waits for as many callers as the one
    /// before it had, up to these: fewer flushes for the same work. A single caller never waits, and nobody waits longer than <see
    /// cref="s_patience"/>.
    /// </summary>
    private const int MostAwaited = 12;

    /// <summary>The database lets one of two rivals through each time, so many rivals are meant.</summary>
    private const int MostAttempts = 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1);

    private readonly WriterQueue _queue;
    private readonly IStorageEngine _engine;
    private readonly Thread _thread;
    private IWriteSession? _session;

    public GroupCommit(IStorageEngine engine, int capacity = Capacity)
    {
        (_engine, _queue) = (engine, new WriterQueue(capacity, s_patience));
        _thread = new Thread(Run) { Name = "group commit", IsBackground = true };
        _thread.Start();
    }

    public Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingWrites(writes);
        return _queue.TryAdd(pending) ? pending.Committed : throw new WriterFullException();
    }

    /// <summary>Writes what is queued and ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        while (_queue.TryTake(out PendingWrites? late)) late.Fail(new ObjectDisposedException(nameof(GroupCommit)));
        _session?.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        var round = new List<PendingWrites>();
        int last = 1;
        while (_queue.WaitToTake(Math.Min(last, MostAwaited)))
        {
            while (round.Count < MostPerCommit && _queue.TryTake(out PendingWrites? next)) round.Add(next);
            Commit(round);
            last = round.Count;
            round.Clear();
        }
    }

    private void Commit(List<PendingWrites> round)
    {
        long begun = Stopwatch.GetTimestamp();
        try
        {
            _session ??= _engine.OpenForWriting();
            CommitAmongRivals(_session, round);
            StorageMeters.Committed(round.Count, Stopwatch.GetElapsedTime(begun));
        }
#pragma warning disable CA1031 // the writer outlives every failure; the callers are told
        catch (Exception exception)
#pragma warning restore CA1031
        {
            StorageMeters.Failed();
            _session?.Dispose(); // whatever state it is in: the next round opens it anew
            _session = null;
            Exception told = _engine.Unavailable(exception) is { } reason
                ? new StorageUnavailableException($"The database cannot be written: {reason}", exception)
                : exception;
            foreach (PendingWrites pending in round) pending.Fail(told);
            return;
        }
        foreach (PendingWrites pending in round) pending.Complete();
    }

    /// <summary>Again and again, as long as other processes are in the way.</summary>
    private void CommitAmongRivals(IWriteSession session, List<PendingWrites> round)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (!TryCommit(session, round)) CommitEachForItself(session, round);
                return;
            }
            catch (Exception rivals) when (attempt < MostAttempts && _engine.IsRivalry(rivals))
            {
                session.Rollback();
            }
        }
    }

    /// <summary>Nobody's writes are refused in the usual case, which needs no savepoints.</summary>
    /// <returns>False: somebody's were; nothing is written.</returns>
    private bool TryCommit(IWriteSession session, List<PendingWrites> round)
    {
        session.Begin();
        try
        {
            foreach (PendingWrites pending in round) Execute(session, pending);
        }
        catch (Exception exception) when (_engine.Unavailable(exception) is null)
        {
            session.Rollback();
            return false;
        }
        session.Commit();
        return true;
    }

    /// <summary>Again, each caller's writes in a savepoint: one caller's failure is not the others'.</summary>
    private void CommitEachForItself(IWriteSession session, List<PendingWrites> round)
    {
        session.Begin();
        foreach (PendingWrites pending in round)
        {
            session.SetSavepoint();
            try
            {
                Execute(session, pending);
            }
            catch (Exception exception) when (_engine.Unavailable(exception) is null)
            {
                session.UndoToSavepoint();
                pending.Refuse(_engine.IsConflict(exception)
                    ? new WriteConflictException($"Nothing was written: {exception.Message}", exception)
                    : exception);
            }
            session.ReleaseSavepoint();
        }
        session.Commit();
    }

    private static void Execute(IWriteSession session, PendingWrites pending)
    {
        pending.Begin();
        foreach (Write write in pending.Writes) pending.Took(Execute(session, write));
    }

    private static bool Execute(IWriteSession session, Write write)
    {
        if (session.TryExecute(write) is not { } took)
            throw new InvalidOperationException($"No storage area executes {write.GetType().Name}. Register its area in each engine.");
        if (took && write is EndTask end)
        {
            foreach (Write effect in end.Outcome.Effects) Execute(session, effect);
        }
        return took;
    }
}
