using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>A file has one server: nobody else changes what it keeps in memory.</summary>
internal sealed class NoOtherChanges : IChanges
{
    public Task<long> NowAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    /// <summary>Waits until it is cancelled.</summary>
    public Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken) =>
        new TaskCompletionSource<OthersChanges>().Task.WaitAsync(cancellationToken);
}
