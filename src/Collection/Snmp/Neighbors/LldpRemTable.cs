using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// lldpRemTable (IEEE 802.1AB), index time mark (left out by some), local port, neighbor: chassis id subtype .4 and id .5, port id subtype
/// .6 and id .7, port description .8, system name .9, system description .10, enabled capabilities .12; lldpRemManAddrTable, the same index
/// and then address family, length and address.
/// </summary>
internal static class LldpRemTable
{
    internal const uint ChassisId = 5, PortId = 7;

    private const uint ChassisIdSubtype = 4, PortIdSubtype = 6, PortDescription = 8, SystemName = 9, SystemDescription = 10,
        CapabilitiesEnabled = 12;
    internal static readonly TableSpec Spec = new(LldpNeighbor.LldpRemTable, "1.0.8802.1.1.2.1.4.1.1",
        ChassisId, ChassisIdSubtype, PortIdSubtype, PortId, PortDescription, SystemName, SystemDescription, CapabilitiesEnabled);

    private const uint ManAddrIfSubtype = 3;
    internal static readonly TableSpec Addresses = new(LldpNeighbor.LldpRemManAddrTable, "1.0.8802.1.1.2.1.4.2.1", ManAddrIfSubtype);

    public static SnmpSource Source { get; } = new([LldpLocPortTable.Spec, Spec, Addresses],
        ReadAsync) { After = [Interface.IfTable, BridgePort.Dot1dBasePortTable] };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var neighbors = new Dictionary<(uint LocalPort, uint Neighbor), LldpNeighbor>();
        TableReading reading = await run.ReadAsync(Spec, row => ReadNeighbor(row, neighbors), cancellationToken);
        if (neighbors.Count == 0) return;

        var addresses = new Dictionary<(uint, uint), List<Ipv4Address>>();
        await run.ReadAsync(Addresses, row => ReadAddress(row, neighbors.ContainsKey, addresses), cancellationToken);
        LldpLocPortTable ports = await LldpLocPortTable.ReadAsync(run, cancellationToken);
        uint[] unplaced = [.. neighbors.Keys.Select(key => key.LocalPort).Where(port => ports.InterfaceOf(port).IsNone)];
        if (unplaced.Length > 0)
            run.Amend(reading,
                $"{unplaced.Length} neighbors are heard on local ports that are no interface, the first on {unplaced.Min()}.", lost: 0);
        foreach (((uint LocalPort, uint Neighbor) key, LldpNeighbor neighbor) in neighbors.OrderBy(entry => entry.Key))
        {
            ImmutableArray<Ipv4Address> managed = addresses.TryGetValue(key, out List<Ipv4Address>? found) ? [.. found] : [];
            run.Draft.Of(LldpNeighbor.Layout)
                .Add(neighbor with { LocalPort = ports.InterfaceOf(key.LocalPort), ManagementAddresses = managed });
        }
    }

    private static RowOutcome ReadNeighbor(TableRow row, Dictionary<(uint, uint), LldpNeighbor> neighbors)
    {
        if (row.Index.Length is not (2 or 3)) return row.Unreadable("its index is not time mark, local port and neighbor");
        ChassisId chassis = LldpIdentity.OfChassis(row.Small(ChassisIdSubtype, 255) ?? 0, row.Octets(ChassisId));
        if (chassis == default) return row.Unreadable("names no chassis");
        PortId port = LldpIdentity.OfPort(row.Small(PortIdSubtype, 255) ?? 0, row.Octets(PortId));
        neighbors[(row.Index[^2], row.Index[^1])] = new LldpNeighbor(default, chassis, port,
            Optional(row, PortDescription), Optional(row, SystemName), Optional(row, SystemDescription), [])
        {
            Capabilities = ReadCapabilities(row.Octets(CapabilitiesEnabled)),
        };
        return RowOutcome.Fact;
    }

    /// <summary>Cells of chassis id and port id, which their subtypes go with, are the neighbor's.</summary>
    public static bool IsOf(LldpNeighbor neighbor, VarBind chassis, VarBind port) =>
        LldpIdentity.OfChassis(neighbor.ChassisId.Subtype, chassis.Value.Octets.AsSpan()) == neighbor.ChassisId
        && LldpIdentity.OfPort(neighbor.PortId.Subtype, port.Value.Octets.AsSpan()) == neighbor.PortId;

    /// <param name="isNeighbor">Tells an index with a time mark from one without.</param>
    private static RowOutcome ReadAddress(
        TableRow row, Predicate<(uint, uint)> isNeighbor, Dictionary<(uint, uint), List<Ipv4Address>> addresses)
    {
        ReadOnlySpan<uint> index = row.Index;
        if (index.Length < 5) return row.Unreadable("its index has no address");
        int marks = isNeighbor((index[1], index[2])) && InetAddressIndex.TryTakeLast(index[3..], out _, out _) ? 1 : 0;
        if (marks == 0 && !isNeighbor((index[0], index[1]))) marks = 1; // of a neighbor that is gone meanwhile
        (uint, uint) key = (index[marks], index[marks + 1]);
        if (!InetAddressIndex.TryTakeLast(index[(marks + 2)..], out uint family, out Ipv4Address address))
            return row.Unreadable("its index has no whole address");
        if (family != InetAddressIndex.Ipv4 || address.IsUnspecified) return RowOutcome.Ignored; // IANA family numbers: 1 is IPv4 there too
        if (!addresses.TryGetValue(key, out List<Ipv4Address>? found)) addresses[key] = found = [];
        if (!found.Contains(address)) found.Add(address);
        return RowOutcome.Fact;
    }

    /// <summary>A BITS value (RFC 2578 7.1.4): bit 0 is the highest of the first octet. Only the first eight have a meaning here.</summary>
    private static LldpCapabilities ReadCapabilities(ReadOnlySpan<byte> octets)
    {
        LldpCapabilities enabled = LldpCapabilities.None;
        for (int bit = 0; bit < 8 * Math.Min(octets.Length, 2); bit++)
        {
            if ((octets[bit / 8] & 0x80 >> bit % 8) != 0) enabled |= (LldpCapabilities)(1 << bit);
        }
        return enabled;
    }

    private static string? Optional(TableRow row, uint column) => ScalarAnswers.NullIfEmpty(row.Text(column));
}
