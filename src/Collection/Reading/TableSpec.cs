using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>A table, its entry object (table.1) and the columns read from it. The first two columns decide whether the agent serves it at all.</summary>
internal sealed record TableSpec(MibTable Table, ObjectIdentifier Entry, uint[] Columns)
{
    public TableSpec(MibTable table, string entry, params uint[] columns)
        : this(table, ObjectIdentifier.Parse(entry), columns)
    {
    }

    /// <summary>As the MIB writes it: ipCidrRouteTable.</summary>
    public string Name { get; } = char.ToLowerInvariant(Table.ToString()[0]) + Table.ToString()[1..];
}

/// <summary>Makes facts of one row.</summary>
internal delegate RowOutcome RowReader(TableRow row);
