using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Looks for tasks of other processes that have died, for as long as this one lives.</summary>
internal sealed class AdoptionStart(ISerialJobs jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        jobs.EveryAsync(AdoptionJob.Name, AdoptionJob.Interval, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
