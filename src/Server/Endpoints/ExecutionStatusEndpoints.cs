using System.Globalization;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/dnacaap/management/execution-status/{executionId}</c>: a task, for clients that call it an execution.</summary>
internal static class ExecutionStatusEndpoints
{
    public static void MapExecutionStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/dnacaap/management/execution-status/{executionId}", FindAsync)
            .GivesBare<ExecutionStatus>("A task, for clients that call it an execution.");

    private static async Task<IResult> FindAsync(
        HttpContext context, string executionId, ITaskStore store, CancellationToken cancellationToken)
    {
        TaskRecord task = await store.FindAsync(new TaskId(Ids.Parse(executionId, "execution")), cancellationToken)
            ?? throw ApiException.NotFound("execution", executionId);
        if (task.EndTime is null) LongPoll.Unfinished(context, task.Id);
        return Answers.Bare(new ExecutionStatus
        {
            BapiName = task.ServiceType,
            BapiExecutionId = task.Id.ToString(),
            StartTime = Text(task.StartTime),
            StartTimeEpoch = task.StartTime.ToUnixTimeMilliseconds(),
            EndTime = task.EndTime is { } end ? Text(end) : null,
            EndTimeEpoch = task.EndTime?.ToUnixTimeMilliseconds(),
            TimeDuration = task.EndTime is { } ended ? (long)(ended - task.StartTime).TotalMilliseconds : null,
            Status = Word(task),
            BapiSyncResponse = task.Progress,
            BapiError = task.IsError ? task.FailureReason : null,
        });
    }

    private static string Word(TaskRecord task)
    {
        if (task.EndTime is null) return "IN_PROGRESS";
        return task.IsError ? "FAILURE" : "SUCCESS";
    }

    /// <summary>The form of C's <c>ctime</c> with a zone: <c>Tue Jun 27 17:31:11 UTC 2017</c>.</summary>
    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
