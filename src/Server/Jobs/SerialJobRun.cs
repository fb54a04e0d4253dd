using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>One run of a serial job, as Quartz sees it: finds who does the work.</summary>
[DisallowConcurrentExecution]
internal sealed class SerialJobRun(IEnumerable<ISerialJob> jobs, WorkStart start, ILogger<SerialJobRun> logger) : IJob
{
    public const string KindData = "kind";
    public const string KeyData = "key";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        string kind = context.MergedJobDataMap.GetString(KindData)!;
        string key = context.MergedJobDataMap.GetString(KeyData)!;
        try
        {
            await start.WaitAsync(cancellationToken);
            ISerialJob job = jobs.FirstOrDefault(job => job.Kind == kind)
                ?? throw new InvalidOperationException($"No {nameof(ISerialJob)} of kind '{kind}' is registered.");
            await job.RunAsync(key, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.SerialJobStopped(kind, key);
        }
#pragma warning disable CA1031 // Quartz would only wrap and log it; the next start or the next interval tries again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.SerialJobFailed(exception, kind, key);
        }
    }
}
