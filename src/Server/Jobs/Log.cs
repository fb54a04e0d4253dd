namespace Towpath.Server;

internal static partial class JobLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} {Key} was stopped")]
    public static partial void SerialJobStopped(this ILogger logger, string kind, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Key} failed")]
    public static partial void SerialJobFailed(this ILogger logger, Exception exception, string kind, string key);
}
