using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Deletes what has ended long ago, for as long as the process lives.</summary>
internal sealed class RetentionStart(ISerialJobs jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        jobs.EveryAsync(RetentionJob.Name, RetentionJob.Interval, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
