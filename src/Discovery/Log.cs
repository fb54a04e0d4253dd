using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Discovery;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Discovery {Id} '{Name}' ({Kind}) started")]
    public static partial void RunStarted(this ILogger logger, int id, string name, string kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "Discovery {Id} '{Name}' is dealt out in {Parts} parts")]
    public static partial void RunDealt(this ILogger logger, int id, string name, int parts);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Discovery {Id}: part {Part} ends here: the run is not wanted any more")]
    public static partial void PartStopped(this ILogger logger, int id, int part);

    [LoggerMessage(Level = LogLevel.Information, Message = "Discovery {Id} '{Name}' is complete: {Devices} devices")]
    public static partial void RunEnded(this ILogger logger, int id, string name, int devices);

    [LoggerMessage(Level = LogLevel.Information, Message = "Discovery {Id} ends here: it was stopped, started again or deleted elsewhere")]
    public static partial void RunStopped(this ILogger logger, int id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discovery {Id}: {Address} was not collected: {Reason}")]
    public static partial void NotCollected(this ILogger logger, int id, Ipv4Address address, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Discovery {Id}: {Address} was not collected, and the others go on")]
    public static partial void VisitBroken(this ILogger logger, Exception exception, int id, Ipv4Address address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discovery {Id} waits for the storage: {Reason}")]
    public static partial void StoragePostponed(this ILogger logger, int id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discovery '{Name}' goes on without its credential {Credential}, which was deleted")]
    public static partial void CredentialGone(this ILogger logger, string name, string credential);
}
