using System.Net;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Reads tasks and waits for them.</summary>
public sealed class TaskClient
{
    /// <summary>How long is waited when the caller does not say.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private const int LateTasks = 4;

    private readonly Connection _connection;

    internal TaskClient(Connection connection) => _connection = connection;

    /// <summary>One task.</summary>
    /// <exception cref="ApiException">404: there is no such task.</exception>
    public Task<TaskItem> GetTaskAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TaskItem>($"task/{Uri.EscapeDataString(taskId)}", cancellationToken);

    /// <summary>The task and all its descendants.</summary>
    public Task<IReadOnlyList<TaskItem>> GetTaskTreeAsync(string taskId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TaskItem>>($"task/{Uri.EscapeDataString(taskId)}/tree", cancellationToken);

    /// <summary>The latest tasks, newest first.</summary>
    /// <param name="limit">1..500.</param>
    public Task<IReadOnlyList<TaskItem>> GetTasksAsync(int limit = 50, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TaskItem>>(
            new Query("task").Add("offset", 1).Add("limit", limit).Add("sortBy", "startTime").Add("order", "dsc").ToString(),
            cancellationToken);

    /// <summary>How many tasks there are.</summary>
    public Task<int> GetTaskCountAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>("task/count", cancellationToken);

    /// <summary>Polls until the task of an asynchronous write has ended.</summary>
    /// <param name="task">What the write answered.</param>
    /// <param name="timeout">By default <see cref="DefaultTimeout"/>.</param>
    /// <param name="pollFrequency">The pause between two polls, by default a quarter of a second.</param>
    /// <param name="progress">Is told every state that was seen.</param>
    /// <param name="cancellationToken">Stops waiting, not the task.</param>
    /// <returns>The ended task. Its <c>progress</c> is often the id of what was made.</returns>
    /// <exception cref="TaskFailedException">It ended with an error.</exception>
    /// <exception cref="TaskTimeoutException">It has not ended.</exception>
    public Task<TaskItem> WaitForTaskCompleteAsync(
        TaskReference task, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, IProgress<TaskItem>? progress = null,
        CancellationToken cancellationToken = default) =>
        WaitForTaskCompleteAsync(task.TaskId, timeout, pollFrequency, progress, cancellationToken);

    /// <summary>Polls until the task of a flow analysis has ended.</summary>
    /// <inheritdoc cref="WaitForTaskCompleteAsync(TaskReference, TimeSpan?, TimeSpan?, IProgress{TaskItem}?, CancellationToken)"/>
    public Task<TaskItem> WaitForTaskCompleteAsync(
        FlowAnalysisReference task, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, IProgress<TaskItem>? progress = null,
        CancellationToken cancellationToken = default) =>
        WaitForTaskCompleteAsync(task.TaskId, timeout, pollFrequency, progress, cancellationToken);

    /// <summary>Polls until the task of this id has ended.</summary>
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

        async Task<TaskItem?> AskAsync(CancellationToken token)
        {
            TaskItem state;
            try
            {
                state = await GetTaskAsync(task, token).ConfigureAwait(false);
            }
            catch (ApiException unknown) when (unknown.Status == HttpStatusCode.NotFound && missing++ < LateTasks)
            {
                return null; // some controllers hand out an id before they can find it
            }
            lastProgress = state.Progress;
            progress?.Report(state);
            return state.IsError || state.EndTime is not null ? state : null;
        }
    }
}
