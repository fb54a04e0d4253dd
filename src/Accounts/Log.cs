using Microsoft.Extensions.Logging;

namespace Towpath.Accounts;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The machine's clock is {By} behind where it was at the last run. All logins have ended: how old they are is unknown.")]
    public static partial void ClockSetBack(this ILogger logger, TimeSpan by);
}
