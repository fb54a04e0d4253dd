using System.Runtime.InteropServices;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// One column of a table as the walk handed it over: in index order, in flat arrays, so that a row costs octets and no objects. Later
/// columns lean on the table's first one (<paramref name="leader"/>): an index that both have is kept once.
/// </summary>
internal sealed class Column(ObjectIdentifier root, Column? leader)
{
    /// <summary>No object we read is longer; the rest of a longer value is cut off.</summary>
    private const int MaxCellOctets = 1024;

    private const int CellOctets = 32;

    private readonly List<uint> _arcs = [];
    private readonly List<byte> _octets = [];
    private readonly List<Cell> _cells = [];
    private int _leaderNext;

    public int Count => _cells.Count;

    /// <summary>Takes a row of the walk below this column's object identifier.</summary>
    /// <returns>How many octets of memory it takes, about.</returns>
    public int Add(scoped in VarBindView row)
    {
        if (row.IsException || row.Oid.Length <= root.Length) return 0;
        ReadOnlySpan<uint> index = row.Oid[root.Length..];
        int shared = FindInLeader(index);
        if (shared < 0) _arcs.AddRange(index);
        _octets.AddRange(row.Octets.Length > MaxCellOctets ? row.Octets[..MaxCellOctets] : row.Octets);
        _cells.Add(new Cell(row.Type, row.Number, shared, _arcs.Count, _octets.Count));
        return CellOctets + (shared < 0 ? index.Length * sizeof(uint) : 0) + Math.Min(row.Octets.Length, MaxCellOctets);
    }

    /// <summary>The sub-identifiers behind the column's.</summary>
    public ReadOnlySpan<uint> IndexAt(int position)
    {
        Cell cell = _cells[position];
        if (cell.LeaderAt >= 0) return leader!.IndexAt(cell.LeaderAt);
        int start = position == 0 ? 0 : _cells[position - 1].ArcsEnd;
        return CollectionsMarshal.AsSpan(_arcs)[start..cell.ArcsEnd];
    }

    /// <summary>The leader's row with the same index; -1 when it has none.</summary>
    public int LeaderAt(int position) => _cells[position].LeaderAt;

    public SnmpType TypeAt(int position) => _cells[position].Type;

    public ulong NumberAt(int position) => _cells[position].Number;

    public ReadOnlySpan<byte> OctetsAt(int position)
    {
        int start = position == 0 ? 0 : _cells[position - 1].OctetsEnd;
        return CollectionsMarshal.AsSpan(_octets)[start.._cells[position].OctetsEnd];
    }

    /// <summary>Both are in walk order, so the search goes on where it stopped; -1 when the leader lacks the row.</summary>
    private int FindInLeader(ReadOnlySpan<uint> index)
    {
        if (leader is null) return -1;
        for (; _leaderNext < leader.Count; _leaderNext++)
        {
            if (leader.IndexAt(_leaderNext).SequenceEqual(index)) return _leaderNext++; // nearly always, and much faster than to compare
            int order = ObjectIdentifier.Compare(leader.IndexAt(_leaderNext), index);
            if (order > 0) return -1;
        }
        return -1;
    }

    private readonly record struct Cell(SnmpType Type, ulong Number, int LeaderAt, int ArcsEnd, int OctetsEnd);
}
