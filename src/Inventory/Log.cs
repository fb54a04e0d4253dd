using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Inventory;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Device}: its stored facts cannot be read and are left out until it is collected again: {Reason}")]
    public static partial void UnreadableSnapshot(this ILogger logger, Ipv4Address device, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device}: a record without facts beside a whole one of that address is forgotten")]
    public static partial void ForgotGhost(this ILogger logger, Ipv4Address device);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Device}: none of its facts are stored; it is shown again once a discovery has read it")]
    public static partial void WithoutFacts(this ILogger logger, Ipv4Address device);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Device} was read and could not be added")]
    public static partial void NotAdded(this ILogger logger, Exception exception, Ipv4Address device);

    [LoggerMessage(Level = LogLevel.Error, Message = "The indexes of {Devices} devices could not be made; the last ones stay")]
    public static partial void IndexesFailed(this ILogger logger, Exception exception, int devices);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Device}: {By} answers here now. The device that was managed here, {Known}, is managed at {Elsewhere} from now on "
            + "(0.0.0.0: nowhere, it has no other address)")]
    public static partial void Displaced(this ILogger logger, Ipv4Address device, DeviceId known, string by, Ipv4Address elsewhere);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Device}: hardware was replaced or failed over: serial number {Before} is {After} now")]
    public static partial void Replaced(this ILogger logger, Ipv4Address device, string before, string after);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What happened cannot be stored for now and is told later: {Reason}")]
    public static partial void HistoryPostponed(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Subnet}: more than {Share} % of its {Devices} devices fell silent. "
            + "Look for what they share: a link, a router, power, a filter")]
    public static partial void SubnetSilent(this ILogger logger, Prefix subnet, int share, int devices);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} is unreachable: {Reason}")]
    public static partial void Lost(this ILogger logger, Ipv4Address device, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Device} is reachable again")]
    public static partial void Found(this ILogger logger, Ipv4Address device);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Device} was not read again: {Reason}")]
    public static partial void NotReadAgain(this ILogger logger, Ipv4Address device, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counters of {Devices} devices are not kept: {Reason}")]
    public static partial void LoadsNotKept(this ILogger logger, int devices, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Device}: its turn in the schedule failed; it comes again")]
    public static partial void TurnFailed(this ILogger logger, Exception exception, DeviceId device);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Id}: the event {Number} is given up after a day: {Reason}")]
    public static partial void WebhookGivenUp(this ILogger logger, Guid id, long number, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Id}: how its call went waits to be written: {Reason}")]
    public static partial void WebhookPostponed(this ILogger logger, Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device}: what came of its turn waits to be written: {Reason}")]
    public static partial void TurnPostponed(this ILogger logger, DeviceId device, string reason);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Another server has changed the inventory first (attempt {Attempt}): its changes are read, and this is decided again")]
    public static partial void TurnLost(this ILogger logger, int attempt);
}
