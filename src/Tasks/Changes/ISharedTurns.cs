using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Decisions that one process at a time makes, of all that share a database.</summary>
public interface ISharedTurns
{
    /// <summary>
    /// Waits until no other process has the turn of this name. Disposing gives it back; so does the end of the process. Within a process
    /// whoever asks sees to the order himself.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database does not answer, or somebody has the turn for long.</exception>
    Task<SharedTurn> TakeAsync(string name, CancellationToken cancellationToken);
}

/// <summary>
/// A turn that was taken. It may be lost without a word, with its connection or in a process that stands still; what is committed through
/// it is then refused.
/// </summary>
/// <param name="fence">Refuses its whole batch by <see cref="TurnLostException"/>; none where nobody else can take the turn.</param>
/// <param name="giveBack">Ends the turn; does nothing when it is lost.</param>
public sealed class SharedTurn(ImmutableArray<Write> fence, Func<ValueTask> giveBack) : IAsyncDisposable
{
    /// <summary>As <see cref="IWriter.CommitAsync"/>, unless another process has taken the turn since.</summary>
    /// <exception cref="TurnLostException">It has; nothing was written. What was decided may be wrong by now.</exception>
    public async Task<ImmutableArray<bool>> CommitAsync(
        IWriter writer, ImmutableArray<Write> writes, CancellationToken cancellationToken) =>
        (await writer.CommitAsync([.. fence, .. writes], cancellationToken))[fence.Length..];

    public ValueTask DisposeAsync() => giveBack();
}

/// <summary>
/// Passes while <paramref name="Holder"/> was the last to take the turn, and keeps it from being taken until the commit.
/// </summary>
/// <exception cref="TurnLostException">Thrown by its execution: another has taken it.</exception>
public sealed record HoldTurn(string Name, Guid Holder) : Write;

/// <summary>Another process has taken the turn, and nothing was written: hear what it has changed, and decide again.</summary>
public sealed class TurnLostException(string name) : Exception($"Another process has taken the turn '{name}' meanwhile.");
