using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// bsnMobileStationTable (AIRESPACE-WIRELESS-MIB), index station MAC: address .2, user .3, access point's base radio MAC .4, WLAN .6, SSID
/// .7, status .9 (3 associated, 4 power save), interface .27.
/// </summary>
internal static class BsnMobileStationTable
{
    private const uint Address = 2, User = 3, AccessPoint = 4, Wlan = 6, Ssid = 7, Status = 9, InterfaceName = 27;
    private const int Associated = 3, PowerSave = 4;
    internal static readonly TableSpec Spec = new(WirelessStation.BsnMobileStationTable, "1.3.6.1.4.1.14179.2.1.4.1",
        AccessPoint, Address, User, Wlan, Ssid, Status, InterfaceName);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (!InetAddressIndex.TryMac(row.Index, out MacAddress station)) return row.Unreadable("its index is no MAC address");
        run.Draft.Of(WirelessStation.Layout).Add(new WirelessStation(station, row.Address(Address), row.Text(User), row.Mac(AccessPoint),
            row.Text(Ssid),
            row.Small(Wlan, int.MaxValue) ?? 0, row.Text(InterfaceName), row.Small(Status, 255) is Associated or PowerSave));
        return RowOutcome.Fact;
    }, cancellationToken);
}
