using System.Diagnostics.Metrics;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>What is counted of traces; <c>docs/metrics.md</c> describes each.</summary>
public static class TraceMeters
{
    private static readonly Meter s_meter = new("Towpath.Traces");

    private static readonly Counter<long> s_traces =
        s_meter.CreateCounter<long>("towpath.trace.computed", "{trace}", "Traces computed, repeated ones included.");

    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("towpath.trace.duration", "s", "To compute a trace; one that is verified waits for devices.");

    public static string MeterName => s_meter.Name;

    internal static void Traced(Trace trace, bool verified, TimeSpan took)
    {
        s_traces.Add(1, new KeyValuePair<string, object?>("ending", trace.Ending.GetType().Name));
        s_duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("verified", verified));
    }
}
