using System.Globalization;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// entLogicalTable (ENTITY-MIB, RFC 6933): entLogicalDescr .2, which on Cisco switches names each VLAN's bridge "vlanN". Asked where
/// vtpVlanTable is hidden or missing, to know the VLAN contexts.
/// </summary>
internal static class EntLogicalTable
{
    private const uint Descr = 2;
    private static readonly TableSpec s_spec = new(FactSource.Named("EntLogicalTable"), "1.3.6.1.2.1.47.1.2.1.1", Descr);

    public static FactSource Told => s_spec.Source;

    public static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(s_spec, row =>
    {
        string descr = row.Text(Descr);
        bool isVlan = descr.StartsWith("vlan", StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(descr.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
                && number is >= 1 and <= 4094
            && number is < 1002 or > 1005; // the reserved FDDI and Token Ring VLANs bridge nothing
        if (!isVlan) return RowOutcome.Ignored;
        run.Draft.ContextVlans.Add(new VlanId(ushort.Parse(descr.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture)));
        return RowOutcome.Fact;
    }, cancellationToken);
}
