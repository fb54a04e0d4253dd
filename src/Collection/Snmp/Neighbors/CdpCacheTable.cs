using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// cdpCacheTable (CISCO-CDP-MIB), index ifIndex, neighbor (left out by some): address type .3 (1 IPv4) and address .4, version .5, device
/// id .6, device port .7, platform .8, capabilities .9 (4 octets).
/// </summary>
internal static class CdpCacheTable
{
    private const uint AddressType = 3, Address = 4, Version = 5, DeviceId = 6, DevicePort = 7, Platform = 8, Capabilities = 9;
    private const int Ipv4 = 1;
    internal static readonly TableSpec Spec = new(CdpNeighbor.CdpCacheTable, "1.3.6.1.4.1.9.9.23.1.2.1.1",
        DeviceId, DevicePort, AddressType, Address, Version, Platform, Capabilities);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (row.Index.Length is not (1 or 2) || row.Index[0] == 0) return row.Unreadable("its index is not ifIndex and neighbor");
        string device = Words.CleanOrHex(row.Octets(DeviceId));
        if (device.Length == 0) return row.Unreadable("names no device");
        bool isIpv4 = row.Small(AddressType, int.MaxValue) is null or Ipv4;
        run.Draft.Of(CdpNeighbor.Layout).Add(new CdpNeighbor(new IfIndex(row.Index[0]), device, row.Text(DevicePort),
            row.Text(Platform), row.Text(Version),
            Bits(row.Octets(Capabilities)), isIpv4 ? row.Address(Address) : default));
        return RowOutcome.Fact;
    }, cancellationToken);

    /// <summary>An octet string of up to 4, the last octet lowest.</summary>
    private static uint Bits(ReadOnlySpan<byte> octets)
    {
        uint bits = 0;
        foreach (byte octet in octets.Length > 4 ? octets[^4..] : octets) bits = bits << 8 | octet;
        return bits;
    }
}
