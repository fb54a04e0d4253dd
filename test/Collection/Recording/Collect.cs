using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>Collects a recording or hand-written rows.</summary>
internal static class Collect
{
    /// <summary>How a scripted device is reached; each time another object, and so another session.</summary>
    public static DeviceAccess Access => new(Ipv4Address.Parse("192.0.2.1"), new DeviceCredential.SnmpV2c("public"));

    /// <summary>Whoever is asked answers as this one does.</summary>
    public static SnmpAccess Snmp(ISnmpSession device) => new(_ => device);

    public static async Task<DeviceSnapshot> From(RecordedSession session)
    {
        CollectionResult result = await FromAsync(session, new FakeTimeProvider());
        Assert.Null(result.Reason);
        return result.Snapshot!;
    }

    /// <summary>These rows behind an ordinary system group.</summary>
    public static Task<DeviceSnapshot> From(params IEnumerable<VarBind> rows) => From(new RecordedSession([.. Row.System(), .. rows]));

    public static Task<CollectionResult> FromAsync(ISnmpSession device, TimeProvider time, CollectionLimits? limits = null) =>
        new DeviceCollector(Snmp(device), time) { Limits = limits ?? CollectionLimits.Default }
            .CollectAsync(Access, CancellationToken.None);

    public static TableReading Reading(this DeviceSnapshot snapshot, FactSource source, string context = "") =>
        Assert.Single(snapshot.Readings, reading => reading.Source == source && reading.Context == context);
}
