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
    private Column(string name, ColumnKind kind, Action<SnapshotWriter, ImmutableArray<T>> write) =>
        (Name, Kind, Write) = (name, kind, write);

    public Column(string name, Func<T, long> value)
        : this(name, ColumnKind.Numbers, (to, rows) => to.Numbers(rows, value))
    {
    }

    public Column(string name, Func<T, string?> value)
        : this(name, ColumnKind.Texts, (to, rows) => to.Texts(rows, value))
    {
    }

    public Column(string name, Func<T, ImmutableArray<byte>> value)
        : this(name, ColumnKind.Octets, (to, rows) => to.Octets(rows, value))
    {
    }

    public Column(string name, Func<T, IEnumerable<long>> value)
        : this(name, ColumnKind.Lists, (to, rows) => to.Lists(rows, value))
    {
    }

    public Column(string name, Func<T, FactSource> value)
        : this(name, ColumnKind.Sources, (to, rows) => to.Sources(rows, value)) => Source = value;

    public string Name { get; }

    public ColumnKind Kind { get; }

    /// <summary>False for what moves while nothing changes: the digest leaves it out.</summary>
    public bool IsLasting { get; init; } = true;

    /// <summary>The number of a row that was stored before the column was.</summary>
    public long Absent { get; init; }

    internal Action<SnapshotWriter, ImmutableArray<T>> Write { get; }

    /// <summary>Who told a row; null for columns of another kind.</summary>
    internal Func<T, FactSource>? Source { get; private init; }

    /// <summary>The same column of rows that hold such a row.</summary>
    internal Column<TOuter> In<TOuter>(Func<TOuter, T> row) =>
        new(Name, Kind, (to, rows) => Write(to, [.. rows.Select(row)]))
        {
            IsLasting = IsLasting,
            Absent = Absent,
            Source = Source is { } source ? outer => source(row(outer)) : null,
        };
}
