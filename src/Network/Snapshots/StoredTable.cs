using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// A table as it was read from the stored form, before a layout makes facts of it. Damage ends in <see cref="SnapshotFormatException"/>.
/// </summary>
internal sealed class StoredTable(int count = 0)
{
    private readonly List<(string Name, ColumnKind Kind, Array Cells)> _columns = new(16); // a dozen: a dictionary would cost more

    /// <summary>Of rows.</summary>
    public int Count { get; private set; } = count;

    /// <summary>Another table takes its place. Call when its rows were read: its cells are given back.</summary>
    public void Clear(int rows)
    {
        Count = rows;
        foreach ((_, _, Array cells) in _columns)
        {
            if (cells is long[] numbers) ArrayPool<long>.Shared.Return(numbers);
            else if (cells is string?[] texts) ArrayPool<string?>.Shared.Return(texts, clearArray: true);
            else if (cells is FactSource[] sources) ArrayPool<FactSource>.Shared.Return(sources);
        }
        _columns.Clear();
    }

    public void Add(string column, ColumnKind kind, Array cells)
    {
        if (Find(column) is not null) throw SnapshotReader.Damaged();
        _columns.Add((column, kind, cells));
    }

    /// <summary>The rows' cells in the order of these columns.</summary>
    public StoredRow Rows<T>(ImmutableArray<Column<T>> columns)
    {
        var cells = new Array[columns.Length];
        for (int i = 0; i < cells.Length; i++) cells[i] = CellsOf(columns[i].Name, columns[i].Kind, columns[i].Absent);
        return new StoredRow(Count, cells);
    }

    private Array CellsOf(string name, ColumnKind kind, long absent)
    {
        if (Find(name) is not { } stored) return Empty(kind, absent);
        return stored.Kind == kind ? stored.Cells : throw SnapshotReader.Damaged();
    }

    private (ColumnKind Kind, Array Cells)? Find(string name)
    {
        foreach ((string column, ColumnKind kind, Array cells) in _columns)
            if (column == name) return (kind, cells);
        return null;
    }

    private Array Empty(ColumnKind kind, long absent)
    {
        switch (kind)
        {
            case ColumnKind.Numbers:
                long[] numbers = new long[Count];
                numbers.AsSpan().Fill(absent);
                return numbers;
            case ColumnKind.Texts:
                return new string?[Count];
            case ColumnKind.Octets:
                var octets = new ImmutableArray<byte>[Count];
                octets.AsSpan().Fill([]);
                return octets;
            case ColumnKind.Lists:
                var lists = new long[Count][];
                lists.AsSpan().Fill([]);
                return lists;
            default:
                return new FactSource[Count];
        }
    }
}

/// <summary>
/// The cells of one stored row after the other, as the values they stand for. A number that no value can be throws <see
/// cref="OverflowException"/>.
/// </summary>
public sealed class StoredRow
{
    private readonly int _count;
    private readonly Array[] _columns;
    private int _at = -1;

    internal StoredRow(int count, Array[] columns) => (_count, _columns) = (count, columns);

    internal bool MoveNext() => ++_at < _count;

    public long Number(int column) => ((long[])_columns[column])[_at];

    public int Int(int column) => checked((int)Number(column));

    public byte Octet(int column) => checked((byte)Number(column));

    public bool Flag(int column) => Number(column) != 0;

    /// <summary>Empty where there is none.</summary>
    public string Text(int column) => MaybeText(column) ?? "";

    public string? MaybeText(int column) => ((string?[])_columns[column])[_at];

    public IfIndex Interface(int column) => new(checked((uint)Number(column)));

    public VlanId Vlan(int column) => VlanOf(Number(column));

    public Ipv4Address Address(int column) => AddressOf(Number(column));

    public MacAddress Mac(int column) => Number(column) is var bits && bits >> 48 == 0
        ? MacAddress.FromBits((ulong)bits)
        : throw new OverflowException("A MAC address has 48 bits.");

    public int PrefixLength(int column) =>
        Number(column) is >= 0 and <= 32 and var length ? (int)length : throw new OverflowException("A prefix length is 0..32.");

    public DateTimeOffset Time(int column) => new(Number(column), TimeSpan.Zero);

    public FactSource Source(int column) => ((FactSource[])_columns[column])[_at];

    public ImmutableArray<byte> Octets(int column) => ((ImmutableArray<byte>[])_columns[column])[_at];

    public ImmutableArray<VlanId> Vlans(int column) => Each(column, VlanOf);

    public ImmutableArray<Ipv4Address> Addresses(int column) => Each(column, AddressOf);

    private ImmutableArray<T> Each<T>(int column, Converter<long, T> value) =>
        ((long[][])_columns[column])[_at] is { Length: > 0 } numbers
            ? ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(numbers, value)) : [];

    private static VlanId VlanOf(long number) => new(checked((ushort)number));

    private static Ipv4Address AddressOf(long number) => new(checked((uint)number));
}
