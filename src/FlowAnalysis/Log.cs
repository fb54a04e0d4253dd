using Microsoft.Extensions.Logging;

namespace Towpath.FlowAnalysis;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The repeated flow analysis {Id} was {Before} and is {Now}")]
    public static partial void RefreshChanged(this ILogger logger, FlowAnalysisId id, FlowAnalysisStatus before, FlowAnalysisStatus now);

    [LoggerMessage(Level = LogLevel.Error, Message = "The repeated flow analysis {Id} could not be traced; the others go on")]
    public static partial void RefreshFailed(this ILogger logger, Exception exception, FlowAnalysisId id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The repeated flow analysis {Id} has no statistics; the others go on")]
    public static partial void StatisticsFailed(this ILogger logger, Exception exception, FlowAnalysisId id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The repeated flow analysis {Id} waits for the storage: {Reason}")]
    public static partial void RefreshPostponed(this ILogger logger, FlowAnalysisId id, string reason);
}
