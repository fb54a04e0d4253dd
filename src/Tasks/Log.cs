using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} unfinished tasks of an earlier run go on")]
    public static partial void Adopted(this ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unfinished tasks of an earlier run cannot be taken over yet: {Reason}")]
    public static partial void AdoptionPostponed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What other servers have changed cannot be read yet: {Reason}")]
    public static partial void ChangesPostponed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} task {Id} failed unexpectedly")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string kind, TaskId id);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} task {Id}: its effects cannot be stored, so it fails")]
    public static partial void EffectsRefused(this ILogger logger, Exception exception, string kind, TaskId id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {Id} cannot be written yet: {Reason}")]
    public static partial void EndPostponed(this ILogger logger, TaskId id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ends of other servers' tasks cannot be read yet: {Reason}")]
    public static partial void EndsPostponed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How tasks change cannot be told yet: {Reason}")]
    public static partial void FeedPostponed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} task {Id} was failed: it did not end within {Allowed}")]
    public static partial void Overdue(this ILogger logger, string kind, TaskId id, TimeSpan allowed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} task {Id} ignores its cancellation; its worker goes on without it")]
    public static partial void IgnoresCancellation(this ILogger logger, string kind, TaskId id);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} task {Id} is given up: it ran {Count} times when its process went down")]
    public static partial void GivenUp(this ILogger logger, string kind, TaskId id, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That this stop cuts tasks short could not be noted: {Reason}")]
    public static partial void StartsNotForgiven(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} {What} that ended long ago were deleted")]
    public static partial void Purged(this ILogger logger, int count, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What ended long ago cannot be deleted yet: {Reason}")]
    public static partial void PurgePostponed(this ILogger logger, string reason);
}
