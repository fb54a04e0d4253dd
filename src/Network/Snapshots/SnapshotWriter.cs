using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Towpath.Network;

/// <summary>
/// Writes numbers in variable length (7 bits an octet, lowest first), text as its length plus one and UTF-8, 0 for null; and columns of
/// them, see <see cref="ColumnKind"/>.
/// </summary>
internal sealed class SnapshotWriter
{
    /// <summary>The octets of the length before something nested.</summary>
    public const int LengthOctets = 4;

    private byte[] _octets = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, _length);

    public void Unsigned(ulong value)
    {
        Span<byte> room = Room(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7) room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        _length += length;
    }

    /// <summary>Small numbers of either sign stay short (zigzag).</summary>
    public void Signed(long value) => Unsigned((ulong)(value << 1 ^ value >> 63));

    public void Text(string? value)
    {
        if (value is null)
        {
            Unsigned(0);
            return;
        }
        int length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length + 1);
        Encoding.UTF8.GetBytes(value, Room(length));
        _length += length;
    }

    public void Octets(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        value.CopyTo(Room(value.Length));
        _length += value.Length;
    }

    /// <summary>Something of its own, behind its length: 4 octets, big-endian.</summary>
    public void Nested(Action<SnapshotWriter> write)
    {
        Room(LengthOctets);
        int start = _length += LengthOctets;
        write(this);
        BinaryPrimitives.WriteInt32BigEndian(_octets.AsSpan(start - LengthOctets), _length - start);
    }

    public void Numbers<T>(ImmutableArray<T> rows, Func<T, long> column)
    {
        long before = 0;
        foreach (T row in rows)
        {
            long value = column(row);
            Signed(unchecked(value - before));
            before = value;
        }
    }

    public void Texts<T>(ImmutableArray<T> rows, Func<T, string?> column)
    {
        foreach (T row in rows) Text(column(row));
    }

    public void Octets<T>(ImmutableArray<T> rows, Func<T, ImmutableArray<byte>> column)
    {
        foreach (T row in rows) Octets(column(row).AsSpan());
    }

    public void Lists<T>(ImmutableArray<T> rows, Func<T, IEnumerable<long>> column)
    {
        foreach (T row in rows)
        {
            ImmutableArray<long> list = [.. column(row)];
            Unsigned((ulong)list.Length);
            Numbers(list, static number => number);
        }
    }

    public void Sources<T>(ImmutableArray<T> rows, Func<T, FactSource> column)
    {
        List<FactSource> names = [];
        foreach (T row in rows)
        {
            FactSource source = column(row);
            if (!names.Contains(source)) names.Add(source);
        }
        Unsigned((ulong)names.Count);
        foreach (FactSource source in names) Text(source.Name);
        Numbers(rows, row => names.IndexOf(column(row)));
    }

    private Span<byte> Room(int octets)
    {
        if (_octets.Length - _length < octets) Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + octets));
        return _octets.AsSpan(_length);
    }
}
