using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>One caller's writes on their way through the writer.</summary>
internal sealed class PendingWrites(ImmutableArray<Write> writes)
{
    private readonly TaskCompletionSource<ImmutableArray<bool>> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ImmutableArray<bool>.Builder _took = ImmutableArray.CreateBuilder<bool>(writes.Length);
    private Exception? _refused;

    public ImmutableArray<Write> Writes => writes;

    public Task<ImmutableArray<bool>> Committed => _committed.Task;

    /// <summary>Before each attempt.</summary>
    public void Begin()
    {
        _took.Clear();
        _refused = null;
    }

    public void Took(bool effect) => _took.Add(effect);

    /// <summary>Its savepoint was undone; told with the others, after the commit.</summary>
    public void Refuse(Exception exception) => _refused = exception;

    public void Complete()
    {
        if (_refused is { } refused) _committed.SetException(refused);
        else _committed.SetResult(_took.MoveToImmutable());
    }

    public void Fail(Exception exception) => _committed.SetException(_refused ?? exception);
}
