using System.Net;

namespace Towpath.Server;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception problem, string method, string path);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A token came in the query of {Path} from {Address}: it stands in logs along the way. Use X-Auth-Token.{Ending}")]
    public static partial void TokenInQuery(this ILogger logger, string path, IPAddress? address, string ending);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Login of '{Account}' from {Address} refused: {Reason}{Ending}")]
    public static partial void LoginRefused(this ILogger logger, string account, IPAddress address, string reason, string ending);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notice}")]
    public static partial void SnmpNotice(this ILogger logger, string notice);
}
