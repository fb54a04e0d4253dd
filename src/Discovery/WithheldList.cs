using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>Writes down what a crawl does not contact: now and then while it runs, for whoever watches, and at its end.</summary>
internal sealed class WithheldList(DiscoveryRecord discovery, Frontier frontier, IWriter writer, TimeProvider time)
{
    // The list is written as a whole, and may be long.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private long _written = time.GetTimestamp();

    public Task SaveAsync(CancellationToken cancellationToken) =>
        time.GetElapsedTime(_written) >= s_pause ? EndAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Everything was asked. A full disk is waited for.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        StorageOutage.RideOutAsync(() => WriteAsync(cancellationToken), time, static _ => { }, cancellationToken);

    /// <summary>
    /// Writes the list of a run that was stopped, if that can be: the process may be about to end, and then the run begins anew.
    /// </summary>
    public async Task StoppedAsync()
    {
        try
        {
            await WriteAsync(CancellationToken.None);
        }
        catch (Exception problem) when (problem is WriterFullException or StorageUnavailableException or ObjectDisposedException)
        {
        }
    }

    private async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        if (!discovery.Plan.Kind.IsCrawl()) return false;
        _written = time.GetTimestamp();
        var save = new SaveWithheld(discovery.Id, discovery.Run, frontier.Withheld(), discovery.Runner);
        return (await writer.CommitAsync([save], cancellationToken))[0];
    }
}
