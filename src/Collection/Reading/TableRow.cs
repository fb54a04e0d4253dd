using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// A cursor over the rows of a table, whose columns are merged by index; each is in walk order. A cell that
/// cannot be what the MIB says is noted and read as absent: it costs itself, never the row or the device.
/// </summary>
internal sealed class TableRow(uint[] numbers, Column[] columns)
{
    private readonly int[] _next = new int[columns.Length];
    private readonly int[] _current = new int[columns.Length];
    private int _indexColumn;

    /// <summary>Cells and rows that were no use.</summary>
    public int Notes { get; private set; }

    /// <summary>The first of them in words; null when there are none.</summary>
    public string? FirstNote { get; private set; }

    /// <summary>Index sub-identifiers of this row; valid until the next one.</summary>
    public ReadOnlySpan<uint> Index => columns[_indexColumn].IndexAt(_current[_indexColumn]);

    public bool MoveNext() => TryMoveWithLeader() || TryMoveByIndex();

    /// <summary>
    /// Nothing that is still to come belongs to the next row: each column has a cell of it or of a later row, or has ended.
    /// </summary>
    public bool IsNextWhole(bool[] ended)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            if (!ended[column] && _next[column] >= columns[column].Count) return false;
        }
        return true;
    }

    public bool Has(uint column) => Position(column, out _) >= 0;

    /// <summary>As <see cref="Mac"/> in a column of <see cref="TableSpec.Keys"/>; default also where these were not asked.</summary>
    public MacAddress MacIfAsked(uint key) => Array.IndexOf(numbers, key) < 0 ? default : Mac(key);

    /// <summary>As <see cref="Interface"/> in a column of <see cref="TableSpec.Keys"/>; default also where these were not asked.</summary>
    public IfIndex InterfaceIfAsked(uint key) => Array.IndexOf(numbers, key) < 0 ? default : Interface(key);

    /// <summary>As <see cref="Address"/> in a column of <see cref="TableSpec.Keys"/>; default also where these were not asked.</summary>
    public Ipv4Address AddressIfAsked(uint key) => Array.IndexOf(numbers, key) < 0 ? default : Address(key);

    /// <summary>A number that is not negative, of whichever integer type the agent chose; null when absent or unusable.</summary>
    public long? Number(uint column)
    {
        if (Signed(column) is not { } number) return null;
        if (number >= 0) return number;
        Note($"column {column} is negative ({number})");
        return null;
    }

    /// <summary>As <see cref="Number"/>, where the MIB allows negative values.</summary>
    public long? Signed(uint column)
    {
        int position = Position(column, out Column cells);
        if (position < 0) return null;
        switch (cells.TypeAt(position))
        {
            case SnmpType.Integer:
                return (long)cells.NumberAt(position);
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64:
                return (long)Math.Min(cells.NumberAt(position), long.MaxValue);
            default:
                Note($"column {column} is no number but {cells.TypeAt(position)}");
                return null;
        }
    }

    /// <summary>A number that fits an enumeration or counter of this size; null also when it is larger.</summary>
    public int? Small(uint column, int max)
    {
        if (Number(column) is not { } number) return null;
        if (number <= max) return (int)number;
        Note($"column {column} is {number}, over {max}");
        return null;
    }

    /// <summary>
    /// Default when absent, 0 or unusable. Agents that reckon with signed numbers write an ifIndex above 2^31-1 as a negative one; -1 means
    /// that there is none.
    /// </summary>
    public IfIndex Interface(uint column)
    {
        if (Signed(column) is not { } told) return default;
        long number = told is < -1 and >= int.MinValue ? unchecked((uint)told) : told;
        if (number is >= 0 and <= uint.MaxValue) return new IfIndex(number);
        Note($"column {column} is {told}, which is no ifIndex");
        return default;
    }

    /// <summary>Empty when absent. At most 255 characters, without control characters.</summary>
    public string Text(uint column) => Words.Clean(Octets(column));

    /// <summary>Empty when absent or of another type.</summary>
    public ReadOnlySpan<byte> Octets(uint column)
    {
        int position = Position(column, out Column cells);
        if (position < 0) return [];
        if (cells.TypeAt(position) is SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque) return cells.OctetsAt(position);
        Note($"column {column} is no octet string but {cells.TypeAt(position)}");
        return [];
    }

    /// <summary>Default when absent, empty or neither 6 octets nor their text.</summary>
    public MacAddress Mac(uint column)
    {
        ReadOnlySpan<byte> octets = Octets(column);
        if (Words.TryMac(octets, out MacAddress mac)) return mac;
        if (octets.Length > 0) Note($"column {column} has {octets.Length} octets, a MAC address has 6");
        return default;
    }

    /// <summary>Default when absent, empty or not 4 octets.</summary>
    public Ipv4Address Address(uint column)
    {
        ReadOnlySpan<byte> octets = Octets(column);
        if (octets.Length == 4) return Ipv4Address.FromOctets(octets);
        if (octets.Length > 0) Note($"column {column} has {octets.Length} octets, an IPv4 address has 4");
        return default;
    }

    /// <summary>The sub-identifiers of an OBJECT IDENTIFIER; empty when absent or unusable.</summary>
    public uint[] ObjectIdentifierArcs(uint column)
    {
        int position = Position(column, out Column cells);
        if (position < 0) return [];
        if (cells.TypeAt(position) == SnmpType.ObjectIdentifier && Words.TryReadArcs(cells.OctetsAt(position), out uint[] arcs))
            return arcs;
        Note($"column {column} is no object identifier");
        return [];
    }

    /// <summary>The whole index as one ifIndex; default when it is none.</summary>
    public IfIndex InterfaceIndex() => Index.Length == 1 ? new IfIndex(Index[0]) : default;

    /// <summary>Ends a row that makes no fact although it should.</summary>
    public RowOutcome Unreadable(string why)
    {
        Note(why);
        return RowOutcome.Unreadable;
    }

    /// <summary>The ordinary case without comparing indexes: all columns have the first one's rows, or lack some of them.</summary>
    private bool TryMoveWithLeader()
    {
        int next = _next[0];
        if (next >= columns[0].Count) return false;
        for (int column = 1; column < columns.Length; column++)
        {
            bool hasNoLeader = _next[column] < columns[column].Count && columns[column].LeaderAt(_next[column]) < next;
            if (hasNoLeader) return false; // a row that the first column lacks, or that comes too late
        }
        for (int column = 1; column < columns.Length; column++)
        {
            bool present = _next[column] < columns[column].Count && columns[column].LeaderAt(_next[column]) == next;
            _current[column] = present ? _next[column]++ : -1;
        }
        _current[0] = _next[0]++;
        _indexColumn = 0;
        return true;
    }

    private bool TryMoveByIndex()
    {
        int first = -1;
        for (int column = 0; column < columns.Length; column++)
        {
            bool ahead = _next[column] < columns[column].Count
                && (first < 0 || ObjectIdentifier.Compare(Upcoming(column), Upcoming(first)) < 0);
            if (ahead) first = column;
        }
        if (first < 0) return false;

        ReadOnlySpan<uint> index = Upcoming(first);
        for (int column = 0; column < columns.Length; column++)
        {
            bool present = _next[column] < columns[column].Count && Upcoming(column).SequenceEqual(index);
            _current[column] = present ? _next[column]++ : -1;
        }
        _indexColumn = first;
        return true;

        ReadOnlySpan<uint> Upcoming(int column) => columns[column].IndexAt(_next[column]);
    }

    private void Note(string why)
    {
        Notes++;
        FirstNote ??= $"row {string.Join('.', Index.ToArray())}: {why}";
    }

    private int Position(uint column, out Column cells)
    {
        int at = Array.IndexOf(numbers, column);
        cells = columns[at];
        return _current[at];
    }
}

internal enum RowOutcome
{
    /// <summary>Became a fact.</summary>
    Fact,

    /// <summary>Rightly none: an address family we do not read, an entry the table itself calls invalid.</summary>
    Ignored,

    /// <summary>Rightly none, and neither is any row behind it.</summary>
    Past,

    /// <summary>None, because the row is not what the MIB says.</summary>
    Unreadable,
}
