namespace Towpath.Server;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception problem, string method, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A token came in the query string of {Path} from {Address}: it stands in logs along the way now. Use the header X-Auth-Token.")]
    public static partial void TokenInQuery(this ILogger logger, PathString path, System.Net.IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Login of '{Account}' from {Address} refused: {Reason}")]
    public static partial void LoginRefused(this ILogger logger, string account, System.Net.IPAddress? address, string reason);
}
