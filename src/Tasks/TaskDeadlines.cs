using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>
/// Every task ends: one that is over its deadline is failed, whether it is queued or running; one that awaits its children ends with them.
/// </summary>
internal sealed class TaskDeadlines(TaskEngine engine, TimeProvider time, ILogger<TaskDeadlines> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await EndOverdueAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task EndOverdueAsync(CancellationToken cancellationToken)
    {
        foreach (LiveTask task in TaskEngine.OldestFirst(engine.Live.Where(task => task.IsOverdue(time))))
        {
            try
            {
                string reason = $"The task did not end within {task.Allowed.TotalSeconds:0.###} s.";
                await engine.FailAsync([task], "Task timed out", reason, cancellationToken);
                logger.Overdue(task.Record.Kind, task.Record.Id, task.Allowed);
            }
#pragma warning disable CA1031 // a full disk or queue passes: the next tick tries again
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                logger.EndPostponed(task.Record.Id, exception.Message);
            }
        }
    }
}
