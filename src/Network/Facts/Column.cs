using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>How the cells of a stored column are written. The numbers are part of the stored form.</summary>
public enum ColumnKind : byte
{
    /// <summary>Integers, each as its difference to the row before.</summary>
    Numbers = 1,

    /// <summary>UTF-8 with its length plus one; 0 is none.</summary>
    Texts = 2,

    /// <summary>Octets with their length.</summary>
    Octets = 3,

    /// <summary>A count, then that many integers.</summary>
    Lists = 4,

    /// <summary>The names of the sources that the column has, then a number of one of them for each row.</summary>
    Sources = 5,
}

/// <summary>One named value of each row of a fact, and how it is written. Its kind follows from what the function returns.</summary>
public sealed class Column<T>
{
    private readonly Func<T, PortNames, string?> _text;
    private readonly Func<T, PortNames, long> _mark;

    private Column(string name, ColumnKind kind, Action<SnapshotWriter, ImmutableArray<T>> write, Func<T, PortNames, string?> text,
        Func<T, PortNames, long> mark) => (Name, Kind, Write, _text, _mark) = (name, kind, write, text, mark);

    public Column(string name, Func<T, long> value)
        : this(name, ColumnKind.Numbers, (to, rows) => to.Numbers(rows, value), (row, _) => CellText.Of(value(row)),
            (row, _) => value(row))
    {
        Number = value;
        Range = CellRange.OfNumbers;
    }

    public Column(string name, Func<T, Ipv4Address> value)
        : this(name, ColumnKind.Numbers, (to, rows) => to.Numbers(rows, row => value(row).Bits), (row, _) => value(row).ToString(),
            (row, _) => value(row).Bits)
    {
        Number = row => value(row).Bits;
        Range = CellRange.OfAddresses;
    }

    public Column(string name, Func<T, MacAddress> value)
        : this(name, ColumnKind.Numbers, (to, rows) => to.Numbers(rows, row => (long)value(row).Bits), (row, _) => CellText.Of(value(row)),
            (row, _) => (long)value(row).Bits)
    {
        Number = row => (long)value(row).Bits;
        Range = CellRange.OfMac;
    }

    /// <summary>It is stored as its number, and known by its name.</summary>
    public Column(string name, Func<T, IfIndex> value)
        : this(name, ColumnKind.Numbers, (to, rows) => to.Numbers(rows, row => value(row).Value), (row, names) => names.Of(value(row)),
            (row, names) => names.MarkOf(value(row)))
    {
    }

    public Column(string name, Func<T, string?> value)
        : this(name, ColumnKind.Texts, (to, rows) => to.Texts(rows, value), (row, _) => CellText.Of(value(row)),
            (row, _) => value(row)?.GetHashCode(StringComparison.Ordinal) ?? long.MinValue)
    {
    }

    public Column(string name, Func<T, ImmutableArray<byte>> value)
        : this(name, ColumnKind.Octets, (to, rows) => to.Octets(rows, value), (row, _) => CellText.Of(value(row).AsSpan()),
            (row, _) => CellText.MarkOf(value(row).AsSpan()))
    {
    }

    public Column(string name, Func<T, IEnumerable<long>> value)
        : this(name, ColumnKind.Lists, (to, rows) => to.Lists(rows, value), (row, _) => CellText.Of(value(row)),
            (row, _) => CellText.MarkOf(value(row)))
    {
    }

    public Column(string name, Func<T, IEnumerable<Ipv4Address>> value)
        : this(name, ColumnKind.Lists, (to, rows) => to.Lists(rows, row => Bits(value(row))),
            (row, _) => CellText.Of(string.Join(',', value(row))), (row, _) => CellText.MarkOf(Bits(value(row))))
    {
    }

    public Column(string name, Func<T, FactSource> value)
        : this(name, ColumnKind.Sources, (to, rows) => to.Sources(rows, value), (row, _) => value(row).MibName,
            (row, _) => value(row).GetHashCode()) =>
        Source = value;

    public string Name { get; }

    public ColumnKind Kind { get; }

    /// <summary>False for what moves while nothing changes: the digest leaves it out.</summary>
    public bool IsLasting { get; init; } = true;

    /// <summary>The number of a row that was stored before the column was.</summary>
    public long Absent { get; init; }

    /// <summary>What the column's number means, for people; null: it is a number.</summary>
    public Func<long, string?>? Word { get; init; }

    internal Action<SnapshotWriter, ImmutableArray<T>> Write { get; }

    /// <summary>Who told a row; null for columns of another kind.</summary>
    internal Func<T, FactSource>? Source { get; private init; }

    /// <summary>The number by which rows are in the order of this column; null where that is its text.</summary>
    internal Func<T, long>? Order => Word is null ? Number : null;

    /// <summary>Null for columns of values that are no number.</summary>
    private Func<T, long>? Number { get; init; }

    private Func<string, CellRange?>? Range { get; init; }

    /// <summary>The cell for people; null where there is no value.</summary>
    internal string? Text(T row, PortNames names) => Word is { } word && Number is { } number ? word(number(row)) : _text(row, names);

    /// <summary>The numbers that a text asks for; null where cells are compared by their text.</summary>
    internal CellRange? RangeOf(string text) => Word is null ? Range?.Invoke(text) : null;

    /// <summary>Different for nearly all different texts; costs no text.</summary>
    internal long Mark(T row, PortNames names) => _mark(row, names);

    /// <summary>The same column of rows that hold such a row.</summary>
    internal Column<TOuter> In<TOuter>(Func<TOuter, T> row) =>
        new(Name, Kind, (to, rows) => Write(to, [.. rows.Select(row)]), (outer, names) => Text(row(outer), names),
            (outer, names) => Mark(row(outer), names))
        {
            IsLasting = IsLasting,
            Absent = Absent,
            Source = Source is { } source ? outer => source(row(outer)) : null,
            Number = Order is { } order ? outer => order(row(outer)) : null,
            Range = Word is null ? Range : null,
        };

    private static IEnumerable<long> Bits(IEnumerable<Ipv4Address> addresses) => addresses.Select(address => (long)address.Bits);
}
