using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>Collects a recording or hand-written rows.</summary>
internal static class Collect
{
    public static async Task<DeviceSnapshot> From(RecordedSession session)
    {
        CollectionResult result = await new DeviceCollector(new ManualTime()).CollectAsync(session, CancellationToken.None);
        Assert.Null(result.Reason);
        Assert.Equal(SnmpStatus.Ok, result.Status);
        return result.Snapshot!;
    }

    /// <summary>These rows behind an ordinary system group.</summary>
    public static Task<DeviceSnapshot> From(params IEnumerable<VarBind> rows) => From(new RecordedSession([.. Row.System(), .. rows]));

    public static TableReading Reading(this DeviceSnapshot snapshot, FactSource source, string context = "") =>
        Assert.Single(snapshot.Readings, reading => reading.Source == source && reading.Context == context);
}
