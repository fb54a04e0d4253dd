using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// bsnAPTable (AIRESPACE-WIRELESS-MIB), index base radio MAC: name .3, location .4, software version .8, model .16, serial number .17,
/// address .19, Ethernet MAC .33.
/// </summary>
internal static class BsnAPTable
{
    private const uint Name = 3, Location = 4, Software = 8, Model = 16, SerialNumber = 17, Address = 19, EthernetMac = 33;
    internal static readonly TableSpec Spec = new(AccessPoint.BsnAPTable, "1.3.6.1.4.1.14179.2.2.1.1",
        Name, EthernetMac, Location, Software, Model, SerialNumber, Address);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (!InetAddressIndex.TryMac(row.Index, out MacAddress radio)) return row.Unreadable("its index is no MAC address");
        run.Draft.Of(AccessPoint.Layout).Add(new AccessPoint(radio, row.Mac(EthernetMac), row.Text(Name), row.Address(Address),
            row.Text(Model),
            row.Text(SerialNumber), row.Text(Software), row.Text(Location)));
        return RowOutcome.Fact;
    }, cancellationToken);
}
