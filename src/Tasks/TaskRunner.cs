using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>
/// The workers. At start they first take over what an earlier life of this process left unfinished; what others leave that die later,
/// <see cref="AdoptionJob"/> takes over. At a stop they take nothing new; what is cut short stays running in the store and is adopted at
/// the next start.
/// </summary>
internal sealed class TaskRunner(
    TaskEngine engine, ITaskStore store, IWriter writer, ILivingOwners living, TaskHandlers handlers, TaskEngineOptions options,
    WorkStart start, TimeProvider time, ILogger<TaskRunner> logger)
    : BackgroundService
{
    /// <summary>A task that was running as often when its process went down is not started again.</summary>
    private const int MostStarts = 3;

    private static readonly TimeSpan s_nextAdoption = TimeSpan.FromSeconds(1);

    private readonly Adoption _adoption = new(engine, store, writer, living);
    private bool _hasAdopted;

    /// <summary>Before the server listens, so that adopted tasks stand at the head of the queue.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OwnersAsync(cancellationToken); // a table that cannot be read is a reason not to start
        await AdoptAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>What is cut short by a stop goes on at the next start, and no start is held against it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!engine.Live.Any(task => task.HasBegun)) return;
        try
        {
            await writer.CommitAsync([new ForgiveStarts(engine.Owner)], cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or WriterFullException or OperationCanceledException)
        {
            logger.StartsNotForgiven(exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A full disk is no reason not to start. Nothing new is accepted meanwhile either: the orphans stay at the head of the queue.
        while (!_hasAdopted)
        {
            await Task.Delay(s_nextAdoption, time, stoppingToken);
            await AdoptAsync(stoppingToken);
        }
        await start.WaitAsync(stoppingToken);
        await using CancellationTokenRegistration stop = stoppingToken.UnsafeRegister(_ => CancelAll(), null);
        await Task.WhenAll(engine.Lanes.SelectMany(lane => Enumerable.Repeat(lane, options.Workers))
            .Select(lane => Task.Run(() => WorkAsync(lane, stoppingToken), CancellationToken.None)));
    }

    private async Task AdoptAsync(CancellationToken cancellationToken)
    {
        try
        {
            ImmutableArray<TaskRecord> orphans = await _adoption.TakeOverAsync(cancellationToken);
            _hasAdopted = true;
            if (orphans.IsEmpty) return;
            engine.Adopt(orphans);
            logger.Adopted(orphans.Length);
        }
        catch (StorageUnavailableException exception)
        {
            logger.AdoptionPostponed(exception.Message);
        }
    }

    private void CancelAll()
    {
        foreach (LiveTask task in engine.Live) task.Cancel();
    }

    private async Task WorkAsync(LaneQueue lane, CancellationToken stopping)
    {
        try
        {
            while (await lane.WaitAsync(stopping))
            {
                while (!stopping.IsCancellationRequested && lane.TryTake(out LiveTask? task))
                {
                    if (!task.Ended.IsCompleted) await RunAsync(task, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The rest is adopted at the next start.
        }
    }

    private async Task RunAsync(LiveTask task, CancellationToken stopping)
    {
        if (task.StartsBefore >= MostStarts)
        {
            await GiveUpAsync(task, stopping);
            return;
        }
        TaskOutcome? outcome = null;
        string failure = "";
        task.Begin(time.GetTimestamp());
        try
        {
            outcome = await RideOutAsync(task, async () =>
            {
                if (!task.HasBegun) await engine.BeginAsync(task);
                task.HasBegun = true;
                return await HandleAsync(task);
            }, task.Cancelled);
        }
        catch (OperationCanceledException) when (task.Cancelled.IsCancellationRequested)
        {
            return; // stopped or overdue: ended already by whoever cancelled it; or the process goes down
        }
#pragma warning disable CA1031 // whatever a handler throws fails its task, never the worker
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.HandlerFailed(exception, task.Record.Kind, task.Record.Id);
            failure = exception.Message;
        }
        await EndAsync(task, outcome, failure, stopping);
    }

    /// <summary>It, or what ran beside it, brings the server down.</summary>
    private Task GiveUpAsync(LiveTask task, CancellationToken stopping)
    {
        string reason = $"The server went down {MostStarts} times while this task ran, so it is not started again. Look into the log, "
            + "and at what the task does, before you ask for it once more.";
        logger.GivenUp(task.Record.Kind, task.Record.Id, MostStarts);
        return RideOutAsync(task, async () =>
        {
            if (!task.Ended.IsCompleted) await engine.FailAsync([task], "Task given up", reason, CancellationToken.None);
            return true;
        }, stopping);
    }

    private async Task<TaskOutcome> HandleAsync(LiveTask task)
    {
        ITaskHandler handler = handlers.Find(task.Record.Kind)
            ?? throw new InvalidOperationException($"This version knows no tasks of kind '{task.Record.Kind}'.");
        var context = new TaskContext(task.Record, engine)
        {
            InHand = task.InHand,
            Postponed = exception => Postponed(task, exception),
        };
        Task<TaskOutcome> work = handler.RunAsync(context, task.Cancelled);
        if (work.IsCompleted) return await work;

        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (task.Cancelled.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), cancelled))
        {
            if (await Task.WhenAny(work, cancelled.Task) == work) return await work;
        }
        try
        {
            return await work.WaitAsync(options.CancellationGrace, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            logger.IgnoresCancellation(task.Record.Kind, task.Record.Id);
            throw new OperationCanceledException(task.Cancelled);
        }
    }

    /// <summary>Until it is written: an accepted task must end. Gives up only when the process goes down.</summary>
    private async Task EndAsync(LiveTask task, TaskOutcome? outcome, string failure, CancellationToken stopping)
    {
        if (outcome is not null)
        {
            try
            {
                await RideOutAsync(task, () => UnlessEndedAsync(() => engine.EndAsync(task, outcome, CancellationToken.None)), stopping);
                return;
            }
#pragma warning disable CA1031 // its effects cannot be written: then the task fails without them
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.EffectsRefused(exception, task.Record.Kind, task.Record.Id);
                failure = exception.Message;
            }
        }
        await RideOutAsync(
            task, () => UnlessEndedAsync(() => engine.FailAsync([task], "Internal error", failure, CancellationToken.None)), stopping);

        async Task<bool> UnlessEndedAsync(Func<Task> end)
        {
            if (!task.Ended.IsCompleted) await end();
            return true;
        }
    }

    private Task<T> RideOutAsync<T>(LiveTask task, Func<Task<T>> attempt, CancellationToken cancellationToken) =>
        StorageOutage.RideOutAsync(attempt, time, exception => Postponed(task, exception), cancellationToken);

    private void Postponed(LiveTask task, Exception exception) => logger.EndPostponed(task.Record.Id, exception.Message);
}
