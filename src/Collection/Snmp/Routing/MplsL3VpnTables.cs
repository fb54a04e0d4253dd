using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// MPLS-L3VPN-STD-MIB (RFC 4382), all with the VRF's name (its length before it) at the front of the index. mplsL3VpnVrfTable: route
/// distinguisher .4. mplsL3VpnIfConfTable, then ifIndex: VPN classification .2. mplsL3VpnVrfRteTable, then as inetCidrRouteTable: ifIndex
/// .7, type .8, protocol .9, metric .12.
/// </summary>
internal static class MplsL3VpnTables
{
    private const uint RouteDistinguisher = 4, Classification = 2;
    internal static readonly TableSpec Vrfs = new(Vrf.MplsL3VpnVrfTable, "1.3.6.1.2.1.10.166.11.1.2.2.1", RouteDistinguisher);
    private static readonly TableSpec s_interfaces =
        new(VrfInterface.MplsL3VpnIfConfTable, "1.3.6.1.2.1.10.166.11.1.2.1.1", Classification);
    internal static readonly TableSpec Routes = InetCidrRouteTable.Columns(VrfRoute.MplsL3VpnVrfRteTable, "1.3.6.1.2.1.10.166.11.1.4.1.1");

    public static SnmpSource Source { get; } =
        new([Vrfs], ReadAsync) { Besides = [VrfInterface.MplsL3VpnIfConfTable, VrfRoute.MplsL3VpnVrfRteTable] };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        TableReading vrfs = await run.ReadAsync(Vrfs, row =>
        {
            ReadOnlySpan<uint> index = row.Index;
            if (!TryTakeName(ref index, out VrfName name) || index.Length > 0) return row.Unreadable("its index is no VRF name");
            run.Draft.Of(Vrf.Layout).Add(new Vrf(name, row.Text(RouteDistinguisher), Vrfs.Source));
            return RowOutcome.Fact;
        }, cancellationToken);
        if (vrfs.Outcome == ReadingOutcome.NotServed)
        {
            foreach (TableSpec table in (ReadOnlySpan<TableSpec>)[s_interfaces, Routes])
                run.Note(table.Source, default, ReadingOutcome.NotServed, 0, $"Not asked: {Vrfs.Name} has no VRFs.");
            return;
        }
        await run.ReadAsync(s_interfaces, row =>
        {
            ReadOnlySpan<uint> index = row.Index;
            if (!TryTakeName(ref index, out VrfName name) || index.Length != 1 || index[0] == 0)
                return row.Unreadable("its index is not VRF name and ifIndex");
            run.Draft.Of(VrfInterface.Layout).Add(new VrfInterface(name, new IfIndex(index[0]), s_interfaces.Source));
            return RowOutcome.Fact;
        }, cancellationToken);
        await run.ReadAsync(Routes, row =>
        {
            RowOutcome outcome = ReadRoute(row, out VrfRoute route);
            if (outcome == RowOutcome.Fact) run.Draft.Of(VrfRoute.Layout).Add(route);
            return outcome;
        }, cancellationToken);
    }

    /// <param name="route">Default unless the row is a fact.</param>
    public static RowOutcome ReadRoute(TableRow row, out VrfRoute route)
    {
        route = default;
        ReadOnlySpan<uint> index = row.Index;
        if (!TryTakeName(ref index, out VrfName name)) return row.Unreadable("its index does not begin with a VRF name");
        RowOutcome outcome = InetCidrRouteTable.Read(row, index, Routes.Source, out Route read);
        if (outcome == RowOutcome.Fact) route = new VrfRoute(name, read);
        return outcome;
    }

    /// <summary>The front of each index of a VRF's rows. Another one where the name was told in octets that are no text.</summary>
    public static uint[] IndexOf(VrfName name) => [(uint)name.Value.Length, .. name.Value.Select(letter => (uint)letter)];

    /// <summary>MplsL3VpnVrfName: at most 31 octets, at least one here, with their number before them.</summary>
    private static bool TryTakeName(ref ReadOnlySpan<uint> index, out VrfName name)
    {
        name = default;
        if (index.Length < 2 || index[0] is 0 or > Words.MaxCharacters || index[0] > (uint)(index.Length - 1)) return false;
        ReadOnlySpan<uint> arcs = index.Slice(1, (int)index[0]);
        if (arcs.IndexOfAnyExceptInRange(0u, 255u) >= 0) return false;
        Span<byte> octets = stackalloc byte[arcs.Length];
        for (int i = 0; i < arcs.Length; i++) octets[i] = (byte)arcs[i];
        name = new VrfName(Words.CleanOrHex(octets));
        index = index[(1 + arcs.Length)..];
        return !name.IsGlobal;
    }
}
