using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// cdpCacheTable (CISCO-CDP-MIB), index ifIndex, neighbor (left out by some): address type .3 (1 IPv4) and address .4, version .5, device
/// id .6, device port .7, platform .8, capabilities .9 (4 octets).
/// </summary>
internal static class CdpCacheTable
{
    /// <summary>A row without it is no neighbor.</summary>
    internal const uint DeviceId = 6;

    private const uint AddressType = 3, Address = 4, Version = 5, DevicePort = 7, Platform = 8, Capabilities = 9;
    private const int Ipv4 = 1;
    internal static readonly TableSpec Spec = new(CdpNeighbor.CdpCacheTable, "1.3.6.1.4.1.9.9.23.1.2.1.1",
        DeviceId, DevicePort, AddressType, Address, Version, Platform, Capabilities);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        RowOutcome outcome = Read(row, out CdpNeighbor? neighbor);
        if (neighbor is not null) run.Draft.Of(CdpNeighbor.Layout).Add(neighbor);
        return outcome;
    }, cancellationToken);

    /// <summary>The device that a cell of <see cref="DeviceId"/> names is the neighbor's.</summary>
    public static bool IsOf(CdpNeighbor neighbor, VarBind device) =>
        Words.CleanOrHex(device.Value.Octets.AsSpan()) == neighbor.DeviceId;

    /// <param name="neighbor">Null unless the row is a fact.</param>
    public static RowOutcome Read(TableRow row, out CdpNeighbor? neighbor)
    {
        neighbor = null;
        if (row.Index.Length is not (1 or 2) || row.Index[0] == 0) return row.Unreadable("its index is not ifIndex and neighbor");
        string device = Words.CleanOrHex(row.Octets(DeviceId));
        if (device.Length == 0) return row.Unreadable("names no device");
        bool isIpv4 = row.Small(AddressType, int.MaxValue) is null or Ipv4;
        neighbor = new CdpNeighbor(new IfIndex(row.Index[0]), device, row.Text(DevicePort), row.Text(Platform), row.Text(Version),
            Bits(row.Octets(Capabilities)), isIpv4 ? row.Address(Address) : default);
        return RowOutcome.Fact;
    }

    /// <summary>An octet string of up to 4, the last octet lowest.</summary>
    private static uint Bits(ReadOnlySpan<byte> octets)
    {
        uint bits = 0;
        foreach (byte octet in octets.Length > 4 ? octets[^4..] : octets) bits = bits << 8 | octet;
        return bits;
    }
}
