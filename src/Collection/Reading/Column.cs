using System.Runtime.InteropServices;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>One column of a table as the walk handed it over: in index order, in flat arrays, so that a row costs octets and no objects.</summary>
internal sealed class Column(ObjectIdentifier root)
{
    /// <summary>No object we read is longer; the rest of a longer value is cut off.</summary>
    private const int MaxCellOctets = 1024;

    private readonly List<uint> _arcs = [];
    private readonly List<byte> _octets = [];
    private readonly List<Cell> _cells = [];

    public int Count => _cells.Count;

    /// <summary>Takes a row of the walk below this column's object identifier.</summary>
    public void Add(scoped in VarBindView row)
    {
        if (row.Type >= SnmpType.NoSuchObject || row.Oid.Length <= root.Length) return;
        _arcs.AddRange(row.Oid[root.Length..]);
        _octets.AddRange(row.Octets.Length > MaxCellOctets ? row.Octets[..MaxCellOctets] : row.Octets);
        _cells.Add(new Cell(row.Type, row.Number, _arcs.Count, _octets.Count));
    }

    /// <summary>The sub-identifiers behind the column's.</summary>
    public ReadOnlySpan<uint> IndexAt(int position)
    {
        int start = position == 0 ? 0 : _cells[position - 1].ArcsEnd;
        return CollectionsMarshal.AsSpan(_arcs)[start.._cells[position].ArcsEnd];
    }

    public SnmpType TypeAt(int position) => _cells[position].Type;

    public ulong NumberAt(int position) => _cells[position].Number;

    public ReadOnlySpan<byte> OctetsAt(int position)
    {
        int start = position == 0 ? 0 : _cells[position - 1].OctetsEnd;
        return CollectionsMarshal.AsSpan(_octets)[start.._cells[position].OctetsEnd];
    }

    private readonly record struct Cell(SnmpType Type, ulong Number, int ArcsEnd, int OctetsEnd);
}
