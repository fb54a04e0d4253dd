using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote; anything else ends in <see cref="SnapshotFormatException"/>.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    public static SnapshotFormatException Damaged() => new("This snapshot is damaged: its content ends early or goes on too long.");

    public ulong Unsigned()
    {
        if (_rest is [< 0x80 and var only, ..]) // as nearly all are
        {
            _rest = _rest[1..];
            return only;
        }
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_rest.IsEmpty) throw Damaged();
            byte octet = _rest[0];
            _rest = _rest[1..];
            if (shift == 63 && octet > 1) throw Damaged();
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80) return value;
        }
        throw Damaged();
    }

    public long Signed()
    {
        ulong zigzag = Unsigned();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    /// <summary>A count of things that hold at least one octet each, so a count that the rest cannot hold allocates nothing.</summary>
    public int Count(int octetsEach = 1)
    {
        ulong count = Unsigned();
        return count <= (ulong)(_rest.Length / octetsEach) ? (int)count : throw Damaged();
    }

    public string? Text()
    {
        ulong lengthPlusOne = Unsigned();
        return lengthPlusOne == 0 ? null : SharedTexts.Of(Take(lengthPlusOne - 1));
    }

    public string Required() => Text() ?? throw Damaged();

    public ReadOnlySpan<byte> Octets() => Take(Unsigned());

    /// <summary>A reader of what <see cref="SnapshotWriter.Nested"/> wrote.</summary>
    public SnapshotReader Nested() => new(Take(BinaryPrimitives.ReadUInt32BigEndian(Take(SnapshotWriter.LengthOctets))));

    /// <summary>
    /// The cells of a column, in the form that <see cref="StoredRow"/> takes them. The array may be longer, and is <see
    /// cref="StoredTable"/>'s to give back: a network has a million columns, which live for a moment.
    /// </summary>
    public Array Column(ColumnKind kind, int count)
    {
        if (count > _rest.Length) throw Damaged();
        return kind switch
        {
            ColumnKind.Numbers => NumbersInto(ArrayPool<long>.Shared.Rent(count), count),
            ColumnKind.Texts => Texts(count),
            ColumnKind.Octets => OctetStrings(count),
            ColumnKind.Lists => Lists(count),
            ColumnKind.Sources => Sources(count),
            _ => throw Damaged(),
        };
    }

    public long[] Numbers(int count) => count == 0 ? [] : NumbersInto(new long[count], count);

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly void ExpectEnd()
    {
        if (!IsAtEnd) throw Damaged();
    }

    private long[] NumbersInto(long[] column, int count)
    {
        long value = 0;
        for (int row = 0; row < count; row++) column[row] = value = unchecked(value + Signed());
        return column;
    }

    private string?[] Texts(int count)
    {
        string?[] column = ArrayPool<string?>.Shared.Rent(count);
        for (int row = 0; row < count; row++) column[row] = Text();
        return column;
    }

    private ImmutableArray<byte>[] OctetStrings(int count)
    {
        var column = new ImmutableArray<byte>[count];
        for (int row = 0; row < count; row++) column[row] = [.. Octets()];
        return column;
    }

    private long[][] Lists(int count)
    {
        var column = new long[count][];
        for (int row = 0; row < count; row++) column[row] = Numbers(Count());
        return column;
    }

    private FactSource[] Sources(int count)
    {
        var names = new FactSource[Count()];
        for (int i = 0; i < names.Length; i++) names[i] = FactSource.Find(Required());
        FactSource[] column = ArrayPool<FactSource>.Shared.Rent(count);
        long number = 0;
        for (int row = 0; row < count; row++)
        {
            number = unchecked(number + Signed());
            column[row] = number >= 0 && number < names.Length ? names[number] : throw Damaged();
        }
        return column;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length) throw Damaged();
        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
