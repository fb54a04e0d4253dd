using System.Text;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

public sealed class RecordedDevicesTests
{
    [SharedFact]
    public async Task Every_recorded_device_is_collected_and_its_facts_counted()
    {
        var summary = new StringBuilder();
        foreach (string path in Directory.GetFiles(Shared.File("samples", "snmprec"), "*.snmprec.gz").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path).Replace(".snmprec.gz", "", StringComparison.Ordinal);
            summary.Append(Summary.Of(name, await Collected(Recordings.Snmprec(name))));
        }
        Golden.Match("collection/recorded-devices.txt", summary.ToString());
    }

    private static async Task<DeviceSnapshot> Collected(RecordedSession session)
    {
        CollectionResult result = await new DeviceCollector(TimeProvider.System).CollectAsync(session, TestContext.CancellationToken);
        Assert.Null(result.Reason);
        Assert.Equal(SnmpStatus.Ok, result.Status);
        return result.Snapshot!;
    }
}

internal static class TestContext
{
    public static CancellationToken CancellationToken => CancellationToken.None;
}
