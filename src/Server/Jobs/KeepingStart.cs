using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Deletes what has ended long ago, and looks whether what is stored is whole, for as long as the process lives.</summary>
internal sealed class KeepingStart(ISerialJobs jobs, IStorageHealth? health = null) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await jobs.EveryAsync(RetentionJob.Name, RetentionJob.Interval, cancellationToken);
        if (health is null) return;
        await jobs.StartAsync(IStorageHealth.CheckKind, "", cancellationToken);
        await jobs.EveryAsync(IStorageHealth.CheckKind, IStorageHealth.CheckInterval, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
