using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>A table, its entry object (table.1) and the columns read from it.</summary>
internal sealed record TableSpec(FactSource Source, ObjectIdentifier Entry, uint[] Columns)
{
    public TableSpec(FactSource source, string entry, params uint[] columns)
        : this(source, ObjectIdentifier.Parse(entry), columns)
    {
    }

    /// <summary>Ascending, as a walk meets them.</summary>
    public uint[] Columns { get; } = [.. Columns.Order()];

    /// <summary>
    /// Columns that tell the index a second time. They are asked only where no row's index can be read: some agents number their rows
    /// instead.
    /// </summary>
    public uint[] Keys { get; init; } = [];

    public TableSpec WithKeys => new(Source, Entry, [.. Columns, .. Keys]);

    /// <summary>As the MIB writes it: ipCidrRouteTable.</summary>
    public string Name { get; } = Source.MibName;

    /// <summary>The agent has no row of the table, for whatever reason. One text for all devices: most of them lack most tables.</summary>
    public string ReasonNotServed =>
        field ??= $"Nothing below {Entry}: {Name} is empty, not implemented, or outside the SNMP view of this user.";
}

/// <summary>Makes facts of one row.</summary>
internal delegate RowOutcome RowReader(TableRow row);
