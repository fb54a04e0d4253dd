using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Reads tasks and waits for them.</summary>
public sealed class TaskClient
{
    /// <summary>How long is waited when the caller does not say.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private const int LateTasks = 4;

    /// <summary>A controller that waits tells no progress meanwhile, so who wants to hear of it asks more often.</summary>
    private static readonly TimeSpan s_waitWithProgress = TimeSpan.FromSeconds(1);

    private readonly Connection _connection;

    internal TaskClient(Connection connection) => _connection = connection;

    /// <summary>One task.</summary>
    /// <exception cref="ApiException">404: there is no such task.</exception>
    public Task<TaskItem> GetTaskAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TaskItem>($"task/{Uri.EscapeDataString(taskId)}", cancellationToken);

    /// <summary>The task and all its descendants.</summary>
    public Task<IReadOnlyList<TaskItem>> GetTaskTreeAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TaskItem>>($"task/{Uri.EscapeDataString(taskId)}/tree", cancellationToken);

    /// <summary>
    /// Ends a task that runs, and all that is below it: it fails with the error code "Task cancelled". It has ended when this returns.
    /// Towpath's own; Cisco's products answer 404 or 405.
    /// </summary>
    /// <returns>The task of the cancellation itself.</returns>
    /// <exception cref="ApiException">404: there is no such task; 409: it has ended already.</exception>
    public Task<TaskReference> CancelTaskAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"task/{Uri.EscapeDataString(taskId)}", null, cancellationToken);

    /// <summary>
    /// Listens to one task: as it is, each time that it goes further, and at last as it ended. Towpath's own; Cisco's products answer 404.
    /// </summary>
    /// <exception cref="ApiException">404: there is no such task.</exception>
    public async IAsyncEnumerable<TaskItem> WatchTaskAsync(
        string taskId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (SseItem<byte[]> happened in Listening
            .ReadAsync(_connection, $"task/{Uri.EscapeDataString(taskId)}/stream", cancellationToken).ConfigureAwait(false))
        {
            if (happened.EventType != "task") continue;
            TaskItem task = Listening.Value<TaskItem>(happened);
            yield return task;
            if (task.EndTime is not null) yield break;
        }
    }

    /// <summary>
    /// Listens to all tasks, endlessly: each that is accepted, goes further or ends, from now on. After a lost connection nothing is
    /// missed, and some may come again, as they are then: <see cref="TaskItem.Version"/> grows with each change. Towpath's own.
    /// </summary>
    /// <returns>Null in between: more has happened than can be told. Read the list.</returns>
    public async IAsyncEnumerable<TaskItem?> WatchTasksAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (SseItem<byte[]> happened in Listening.ReadAsync(_connection, "task/stream", cancellationToken).ConfigureAwait(false))
        {
            if (happened.EventType == "task") yield return Listening.Value<TaskItem>(happened);
            else if (happened.EventType == "reset") yield return null;
        }
    }

    /// <summary>The latest tasks, newest first.</summary>
    /// <param name="limit">1..500.</param>
    public Task<IReadOnlyList<TaskItem>> GetTasksAsync(int limit = 50, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TaskItem>>(
            new Query("task").Add("offset", 1).Add("limit", limit).Add("sortBy", "startTime").Add("order", "dsc").ToString(),
            cancellationToken);

    /// <summary>How many tasks there are.</summary>
    public Task<int> GetTaskCountAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>("task/count", cancellationToken);

    /// <summary>
    /// Waits until the task of an asynchronous write has ended: a controller that can answers when it has, others are polled.
    /// </summary>
    /// <param name="task">What the write answered.</param>
    /// <param name="timeout">By default <see cref="DefaultTimeout"/>.</param>
    /// <param name="pollFrequency">
    /// The pause between two polls of a controller that does not wait, by default a quarter of a second.
    /// </param>
    /// <param name="progress">Is told every state that was seen.</param>
    /// <param name="cancellationToken">Stops waiting, not the task.</param>
    /// <returns>The ended task. Its <c>progress</c> is often the id of what was made.</returns>
    /// <exception cref="TaskFailedException">It ended with an error.</exception>
    /// <exception cref="TaskTimeoutException">It has not ended.</exception>
    public Task<TaskItem> WaitForTaskCompleteAsync(
        TaskReference task, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, IProgress<TaskItem>? progress = null,
        CancellationToken cancellationToken = default) =>
        WaitForTaskCompleteAsync(task.TaskId, timeout, pollFrequency, progress, cancellationToken);

    /// <summary>Waits until the task of a flow analysis has ended.</summary>
    /// <inheritdoc cref="WaitForTaskCompleteAsync(TaskReference, TimeSpan?, TimeSpan?, IProgress{TaskItem}?, CancellationToken)"/>
    public Task<TaskItem> WaitForTaskCompleteAsync(
        FlowAnalysisReference task, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, IProgress<TaskItem>? progress = null,
        CancellationToken cancellationToken = default) =>
        WaitForTaskCompleteAsync(task.TaskId, timeout, pollFrequency, progress, cancellationToken);

    /// <summary>Waits until the task of this id has ended.</summary>
    /// <inheritdoc cref="WaitForTaskCompleteAsync(TaskReference, TimeSpan?, TimeSpan?, IProgress{TaskItem}?, CancellationToken)"/>
    public async Task<TaskItem> WaitForTaskCompleteAsync(
        string task, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, IProgress<TaskItem>? progress = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan patience = timeout ?? DefaultTimeout;
        string? lastProgress = null;
        int missing = 0;
        TaskItem ended = await Polling.UntilAsync(AskAsync, patience, pollFrequency, _connection.Time, cancellationToken)
            .ConfigureAwait(false)
            ?? throw new TaskTimeoutException("Task", task, patience, lastProgress);
        return ended.IsError ? throw new TaskFailedException(task, ended.ErrorCode, ended.FailureReason, ended.Progress) : ended;

        async Task<(TaskItem?, bool)> AskAsync(TimeSpan left, CancellationToken token)
        {
            TaskItem state;
            bool hasWaited;
            try
            {
                TimeSpan wait = progress is null || left < s_waitWithProgress ? left : s_waitWithProgress;
                (state, hasWaited) = await _connection.GetWaitingAsync<TaskItem>($"task/{Uri.EscapeDataString(task)}", wait, token)
                    .ConfigureAwait(false);
            }
            catch (ApiException unknown) when (unknown.Status == HttpStatusCode.NotFound && missing++ < LateTasks)
            {
                return (null, false); // some controllers hand out an id before they can find it
            }
            lastProgress = state.Progress;
            progress?.Report(state);
            return (state.IsError || state.EndTime is not null ? state : null, hasWaited);
        }
    }
}
