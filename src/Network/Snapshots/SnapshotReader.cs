using System.Collections.Immutable;
using System.Text;

namespace Towpath.Network;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote; anything else ends in <see cref="SnapshotFormatException"/>.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    public ulong Unsigned()
    {
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

    /// <summary>Rows of a table: each column holds at least one octet a row, so a count that the rest cannot hold allocates nothing.</summary>
    public int Count(int columns)
    {
        ulong count = Unsigned();
        return count <= (ulong)(_rest.Length / columns) ? (int)count : throw Damaged();
    }

    public string? Text()
    {
        ulong lengthPlusOne = Unsigned();
        if (lengthPlusOne == 0) return null;
        if (lengthPlusOne - 1 > (ulong)_rest.Length) throw Damaged();
        int length = (int)(lengthPlusOne - 1);
        string text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public ImmutableArray<byte> Octets()
    {
        ulong length = Unsigned();
        if (length > (ulong)_rest.Length) throw Damaged();
        ImmutableArray<byte> octets = [.. _rest[..(int)length]];
        _rest = _rest[(int)length..];
        return octets;
    }

    public string Required() => Text() ?? throw Damaged();

    public long[] Numbers(int count)
    {
        var column = new long[count];
        long value = 0;
        for (int row = 0; row < count; row++) column[row] = value = unchecked(value + Signed());
        return column;
    }

    public string?[] Texts(int count)
    {
        var column = new string?[count];
        for (int row = 0; row < count; row++) column[row] = Text();
        return column;
    }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly void ExpectEnd()
    {
        if (!IsAtEnd) throw Damaged();
    }

    private static SnapshotFormatException Damaged() => new("This snapshot is damaged: its content ends early or goes on too long.");
}
