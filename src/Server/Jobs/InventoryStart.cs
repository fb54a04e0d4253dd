using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Reads the stored network beside the first requests, at every start, and then watches it. Until it is read who asks for it gets 503, the
/// tasks that are accepted wait, and so do the jobs.
/// </summary>
internal sealed class InventoryStart(Devices devices, HistoryJob history, ISerialJobs jobs, WorkStart work, Readiness readiness)
    : IHostedService, IDisposable
{
    private const string Unread = "the stored network is being read";

    private readonly CancellationTokenSource _stop = new();

    /// <summary>
    /// Ends when the network is there and what it is watched by. It fails when either cannot be read, which is a reason to end the server.
    /// </summary>
    public Task Read { get; private set; } = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        devices.Withhold();
        readiness.WaitFor(Unread);
        await jobs.EveryAsync(HistoryJob.JobKind, HistoryJob.Pace, cancellationToken);
        Read = Task.Run(ReadAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Read.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task ReadAsync()
    {
        Task gone = Task.Run(() => history.HearGoneAsync(_stop.Token), _stop.Token);
        Task watched = Task.Run(() => history.LoadAsync(_stop.Token), _stop.Token); // reads what no answer needs, once the network is there
        using (new LoadingMemory()) await devices.LoadAsync(_stop.Token);
        await gone;
        devices.Release();
        work.Give();
        readiness.Done(Unread);
        await watched;
    }
}
