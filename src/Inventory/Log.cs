using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Inventory;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device}: its stored facts cannot be read and are left out until it is collected again: {Reason}")]
    public static partial void UnreadableSnapshot(this ILogger logger, Ipv4Address device, string reason);
}
