using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Towpath.Network;

/// <summary>
/// Writes numbers in variable length (7 bits an octet, lowest first), text as its length plus one and UTF-8, 0 for null; and columns of
/// them, see <see cref="ColumnKind"/>.
/// </summary>
internal sealed class SnapshotWriter
{
    private readonly ArrayBufferWriter<byte> _octets = new(4096);
    private SnapshotWriter? _inner;

    public ReadOnlySpan<byte> Written => _octets.WrittenSpan;

    public void Unsigned(ulong value)
    {
        Span<byte> room = _octets.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7) room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        _octets.Advance(length);
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
        Encoding.UTF8.GetBytes(value, _octets.GetSpan(length));
        _octets.Advance(length);
    }

    public void Octets(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        value.CopyTo(_octets.GetSpan(value.Length));
        _octets.Advance(value.Length);
    }

    /// <summary>Something of its own, behind its length in octets.</summary>
    public void Nested(Action<SnapshotWriter> write)
    {
        _inner ??= new SnapshotWriter();
        _inner._octets.ResetWrittenCount();
        write(_inner);
        Octets(_inner.Written);
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
        var numbers = new long[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            FactSource source = column(rows[row]);
            int known = names.IndexOf(source);
            if (known < 0) names.Add(source);
            numbers[row] = known < 0 ? names.Count - 1 : known;
        }
        Unsigned((ulong)names.Count);
        foreach (FactSource source in names) Text(source.Name);
        Numbers([.. numbers], static number => number);
    }
}
