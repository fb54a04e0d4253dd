using System.Diagnostics.Metrics;

namespace Towpath.Collection;

/// <summary>What is counted of the reading of devices; <c>docs/metrics.md</c> describes each.</summary>
public static class CollectionMeters
{
    private static readonly Meter s_meter = new("Towpath.Collection");

    private static readonly Counter<long> s_readings =
        s_meter.CreateCounter<long>("towpath.collection.readings", "{reading}", "Devices read, whole or in part.");

    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("towpath.collection.duration", "s", "To read one device.");

    public static string MeterName => s_meter.Name;

    internal static void Read(CollectionResult result, bool again, TimeSpan took)
    {
        s_readings.Add(1, new("outcome", result.Snapshot is null ? "failed" : "read"), new("again", again));
        s_duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("again", again));
    }
}
