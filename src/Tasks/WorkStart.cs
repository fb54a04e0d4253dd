namespace Towpath.Tasks;

/// <summary>
/// Tasks and serial jobs are accepted from the first moment, and begin to run once this is given: what they work on is read beside the
/// first requests.
/// </summary>
public sealed class WorkStart
{
    private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One for which nothing has to be read.</summary>
    public static WorkStart AtOnce()
    {
        var start = new WorkStart();
        start.Give();
        return start;
    }

    public void Give() => _given.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken) => _given.Task.WaitAsync(cancellationToken);
}
