using Microsoft.Extensions.Hosting;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Registers the schedule's jobs at every start; they are kept when they are registered already.</summary>
internal sealed class ScheduleStart(ISerialJobs jobs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await jobs.EveryAsync(PulseJob.JobKind, PulseJob.Pace, cancellationToken);
        await jobs.EveryAsync(WebhookJob.JobKind, WebhookJob.Pace, cancellationToken);
        await jobs.EveryAsync(ReadingLook.JobKind, ReadingLook.Pace, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
