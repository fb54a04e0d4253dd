using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>A file has one server: nobody else changes what it keeps in memory, and every turn is its own.</summary>
internal sealed class NobodyElse : IChanges, ISharedTurns
{
    private static readonly SharedTurn s_turn = new([], () => ValueTask.CompletedTask);

    public bool AreOthers => false;

    public Task<long> NowAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken) =>
        Task.FromResult(new OthersChanges(version, [], IsWhole: true));

    /// <summary>Waits until it is cancelled.</summary>
    public Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken) =>
        new TaskCompletionSource<OthersChanges>().Task.WaitAsync(cancellationToken);

    public Task<SharedTurn> TakeAsync(string name, CancellationToken cancellationToken) => Task.FromResult(s_turn);
}
