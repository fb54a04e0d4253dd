using System.Diagnostics.Metrics;
using Towpath.Inventory;
using Towpath.Snmp;

namespace Towpath.Server;

/// <summary>What is read when somebody asks: the counters of the SNMP engine, the inventory, the files. They end with the server.</summary>
internal sealed class ProcessMeters : IHostedService, IDisposable
{
    public const string MeterName = "Towpath.Server";

    private readonly Meter _meter = new(MeterName);
    private readonly SnmpEngine _snmp;

    public ProcessMeters(SnmpEngine snmp, Devices devices, Readiness readiness, TowpathServerOptions options, DataFolder folder)
    {
        _snmp = snmp;
        _meter.CreateObservableCounter("towpath.snmp.sent", () => snmp.Statistics.Sent, "{datagram}", "Datagrams sent to agents.");
        _meter.CreateObservableCounter("towpath.snmp.retransmitted", () => snmp.Statistics.Retransmissions, "{datagram}",
            "Of these, sent again because no answer came.");
        _meter.CreateObservableCounter("towpath.snmp.received", () => snmp.Statistics.Received, "{datagram}", "Datagrams received.");
        _meter.CreateObservableCounter("towpath.snmp.dropped", Dropped, "{datagram}", "Of these, not taken as answers, by reason.");
        _meter.CreateObservableGauge("towpath.inventory.devices", () => Count(devices.ViewIfRead), "{device}", "Devices in the inventory.");
        _meter.CreateObservableGauge("towpath.ready", () => readiness.IsReady ? 1 : 0, null, "1 when the start is over.");
        if (Storage.StorageServices.IsShared(options.Database)) return;
        string database = options.Database ?? folder.Database;
        _meter.CreateObservableGauge("towpath.storage.size", () => Sizes(database), "By", "The database's file and its log.");
        _meter.CreateObservableGauge("towpath.storage.free", () => Free(database), "By", "Room that is left on its disk.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    /// <summary>No number before it is known.</summary>
    private static IEnumerable<Measurement<int>> Count(InventoryView? view) => view is null ? [] : [new(view.Network.Devices.Length)];

    private IEnumerable<Measurement<long>> Dropped()
    {
        SnmpEngineStatistics seen = _snmp.Statistics;
        yield return Of(seen.Unreadable, "unreadable");
        yield return Of(seen.Unexpected, "unexpected");
        yield return Of(seen.Foreign, "foreign");
        yield return Of(seen.WrongDigest, "wrong-digest");
        yield return Of(seen.Unsigned, "unsigned");
        yield return Of(seen.Untimely, "untimely");

        static Measurement<long> Of(long count, string reason) => new(count, new KeyValuePair<string, object?>("reason", reason));
    }

    private static IEnumerable<Measurement<long>> Sizes(string database)
    {
        foreach ((string path, string part) in new[] { (database, "file"), (database + "-wal", "log") })
        {
            var file = new FileInfo(path);
            if (file.Exists) yield return new Measurement<long>(file.Length, new KeyValuePair<string, object?>("part", part));
        }
    }

    private static long Free(string database) => new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(database))!).AvailableFreeSpace;
}
