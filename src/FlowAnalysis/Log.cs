using Microsoft.Extensions.Logging;

namespace Towpath.FlowAnalysis;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The repeated flow analysis {Id} was {Before} and is {Now}")]
    public static partial void RefreshChanged(this ILogger logger, Guid id, FlowAnalysisStatus before, FlowAnalysisStatus now);
}
