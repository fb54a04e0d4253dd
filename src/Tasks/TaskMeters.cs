using System.Diagnostics.Metrics;

namespace Towpath.Tasks;

/// <summary>What is counted of this process's tasks; <c>docs/metrics.md</c> describes each.</summary>
public static class TaskMeters
{
    private static readonly Meter s_meter = new("Towpath.Tasks");

    private static readonly Counter<long> s_accepted =
        s_meter.CreateCounter<long>("towpath.task.accepted", "{task}", "Tasks accepted, parts of others included.");

    private static readonly Counter<long> s_ended = s_meter.CreateCounter<long>("towpath.task.ended", "{task}", "Tasks ended.");

    private static readonly UpDownCounter<long> s_open =
        s_meter.CreateUpDownCounter<long>("towpath.task.open", "{task}", "Tasks that wait, run, or wait for their parts.");

    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("towpath.task.duration", "s", "From the acceptance of a task to its end.");

    public static string MeterName => s_meter.Name;

    /// <summary>It ended in the commit that accepted it.</summary>
    internal static void AtOnce(TaskRecord task)
    {
        s_accepted.Add(1, Kind(task));
        s_ended.Add(1, Kind(task), Outcome(task.IsError ? "failed" : "done"));
    }

    internal static void Started(TaskRecord task, bool isNew)
    {
        if (isNew) s_accepted.Add(1, Kind(task));
        s_open.Add(1, Kind(task));
    }

    /// <param name="outcome"><c>done</c>, <c>failed</c>, or <c>parts</c>: as its parts did.</param>
    internal static void Ended(TaskRecord task, string outcome, DateTimeOffset now)
    {
        s_open.Add(-1, Kind(task));
        s_ended.Add(1, Kind(task), Outcome(outcome));
        s_duration.Record(Math.Max(0, (now - task.StartTime).TotalSeconds), Kind(task));
    }

    private static KeyValuePair<string, object?> Kind(TaskRecord task) => new("kind", task.Kind);

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
