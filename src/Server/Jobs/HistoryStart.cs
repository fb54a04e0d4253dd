using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Begins to watch the network as it was loaded, at every start.</summary>
internal sealed class HistoryStart(HistoryJob history, ISerialJobs jobs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await history.LoadAsync(cancellationToken);
        await jobs.EveryAsync(HistoryJob.JobKind, HistoryJob.Pace, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
