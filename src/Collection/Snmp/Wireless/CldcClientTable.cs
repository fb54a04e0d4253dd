using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// cldcClientTable (CISCO-LWAPP-DOT11-CLIENT-MIB), index station MAC: cldcClientDataSwitching .33 (1 unknown, 2 central, 3 local). Of the
/// stations of <see cref="BsnMobileStationTable"/> it tells who bridges their traffic.
/// </summary>
internal static class CldcClientTable
{
    private const uint DataSwitching = 33;
    internal static readonly TableSpec Spec = new(WirelessStation.CldcClientTable, "1.3.6.1.4.1.9.9.599.1.3.1.1", DataSwitching);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [WirelessStation.BsnMobileStationTable] };

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        List<WirelessStation> stations = run.Draft.Of(WirelessStation.Layout);
        var places = new Dictionary<MacAddress, int>();
        for (int i = 0; i < stations.Count; i++) places.TryAdd(stations[i].Mac, i);
        return run.ReadAsync(Spec, row =>
        {
            if (!InetAddressIndex.TryMac(row.Index, out MacAddress mac)) return row.Unreadable("its index is no MAC address");
            if (!places.TryGetValue(mac, out int at)) return RowOutcome.Ignored;
            stations[at] = stations[at] with { Switched = row.Small(DataSwitching, 3) switch
            {
                2 => DataSwitchedBy.Controller,
                3 => DataSwitchedBy.AccessPoint,
                _ => DataSwitchedBy.NotTold,
            } };
            return RowOutcome.Fact;
        }, cancellationToken);
    }
}
