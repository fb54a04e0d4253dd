using Towpath.Snmp;

namespace Towpath.Scale.Bench;

/// <summary>
/// Behind a small device's objects: two tables (ipNetToMediaTable, dot1dTpFdbTable) in which there is always one row more, and none that
/// says anything, since no index is what the MIB says. Cheap for the agent, as it would be for one who means it.
/// </summary>
internal sealed class InventedRows(IMibView device) : IMibView
{
    private static readonly ObjectIdentifier[] s_columns =
    [
        .. Columns("1.3.6.1.2.1.4.22.1", 2, 4), .. Columns("1.3.6.1.2.1.17.4.3.1", 2, 3),
    ];

    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value) => device.TryGet(oid, out value);

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        foreach (ObjectIdentifier column in s_columns)
        {
            if (column.IsPrefixOf(oid))
                next = new VarBind(column.Append(oid.Length > column.Length ? oid[column.Length] + 1 : 1), SnmpValue.Int(1));
            else if (device.TryGetNext(oid, out next) && next.Oid.CompareTo(column) < 0) return true;
            else if (ObjectIdentifier.Compare(oid, column.SubIdentifiers) < 0) next = new VarBind(column.Append(1), SnmpValue.Int(1));
            else continue;
            return true;
        }
        return device.TryGetNext(oid, out next);
    }

    private static IEnumerable<ObjectIdentifier> Columns(string entry, params uint[] columns) =>
        columns.Select(column => ObjectIdentifier.Parse(entry).Append(column));
}
