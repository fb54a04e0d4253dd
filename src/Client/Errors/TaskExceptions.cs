namespace Towpath.Client;

/// <summary>A task ended with an error.</summary>
public sealed class TaskFailedException : TowpathException
{
    internal TaskFailedException(string taskId, string? errorCode, string? failureReason, string? progress)
        : base($"Task {taskId} failed: {failureReason ?? errorCode ?? progress ?? "the controller gives no reason"}")
    {
        TaskId = taskId;
        ErrorCode = errorCode;
        FailureReason = failureReason;
        Progress = progress;
    }

    /// <summary>The task.</summary>
    public string TaskId { get; }

    /// <summary>The task's <c>errorCode</c>, for instance "Discovery name is duplicate".</summary>
    public string? ErrorCode { get; }

    /// <summary>The task's <c>failureReason</c>: one sentence.</summary>
    public string? FailureReason { get; }

    /// <summary>The task's last <c>progress</c>, for instance "Failed to create discovery".</summary>
    public string? Progress { get; }
}

/// <summary>A task, a discovery or a flow analysis did not end in the time given. It goes on; wait for it again.</summary>
public sealed class TaskTimeoutException : TowpathException
{
    internal TaskTimeoutException(string what, string id, TimeSpan timeout, string? progress)
        : base($"{what} {id} did not end within {timeout.TotalSeconds:0.###} "
            + $"s{(string.IsNullOrEmpty(progress) ? "" : $"; last progress: {progress}")}. It goes on: wait again, or longer.")
    {
        Id = id;
        Timeout = timeout;
        Progress = progress;
    }

    /// <summary>The id of the task, discovery or flow analysis.</summary>
    public string Id { get; }

    /// <summary>How long was waited.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The last progress seen; null when there was none.</summary>
    public string? Progress { get; }
}

/// <summary>A stored flow analysis is FAILED.</summary>
public sealed class FlowAnalysisFailedException : TowpathException
{
    internal FlowAnalysisFailedException(string flowAnalysisId, string? failureReason)
        : base($"Flow analysis {flowAnalysisId} failed: {failureReason ?? "the controller gives no reason"}")
    {
        FlowAnalysisId = flowAnalysisId;
        FailureReason = failureReason;
    }

    /// <summary>The flow analysis.</summary>
    public string FlowAnalysisId { get; }

    /// <summary>The request's <c>failureReason</c>.</summary>
    public string? FailureReason { get; }
}
