using System.Diagnostics.Metrics;

namespace Towpath.Storage;

/// <summary>What is counted of the writer; <c>docs/metrics.md</c> describes each.</summary>
public static class StorageMeters
{
    private static readonly Meter s_meter = new("Towpath.Storage");

    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("towpath.storage.commit.duration", "s", "A commit with its flush.");

    private static readonly Counter<long> s_callers =
        s_meter.CreateCounter<long>("towpath.storage.callers", "{caller}", "Callers whose writes were committed.");

    private static readonly Counter<long> s_failed =
        s_meter.CreateCounter<long>("towpath.storage.commit.failed", "{commit}", "Commits that failed; their callers were told.");

    public static string MeterName => s_meter.Name;

    internal static void Committed(int callers, TimeSpan took)
    {
        s_callers.Add(callers);
        s_duration.Record(took.TotalSeconds);
    }

    internal static void Failed() => s_failed.Add(1);
}
