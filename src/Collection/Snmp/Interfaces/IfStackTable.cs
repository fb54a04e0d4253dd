using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// ifStackTable (RFC 2863), index higher ifIndex, lower ifIndex: ifStackStatus .3, a RowStatus. Rows with 0 only mark top and bottom.
/// </summary>
internal static class IfStackTable
{
    private const uint Status = 3;
    private const int Active = 1;
    internal static readonly TableSpec Spec = new(InterfaceStackEntry.IfStackTable, "1.3.6.1.2.1.31.1.2.1", Status);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        ReadOnlySpan<uint> index = row.Index;
        if (index.Length != 2) return row.Unreadable("its index is not two ifIndexes");
        if (index[0] == 0 || index[1] == 0 || row.Number(Status) != Active) return RowOutcome.Ignored;
        run.Draft.Of(InterfaceStackEntry.Layout).Add(new InterfaceStackEntry(new IfIndex(index[0]), new IfIndex(index[1])));
        return RowOutcome.Fact;
    }, cancellationToken);
}
