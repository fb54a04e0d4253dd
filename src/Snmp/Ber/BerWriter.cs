namespace Towpath.Snmp;

/// <summary>
/// Writes BER with the shortest lengths into a buffer it does not own. It never throws for lack of room: <see cref="Overflowed"/> turns
/// true and nothing more is written until <see cref="Rewind"/>.
/// </summary>
internal ref struct BerWriter
{
    private readonly Span<byte> _buffer;

    public BerWriter(Span<byte> buffer) => _buffer = buffer;

    public int Position { get; private set; }

    public bool Overflowed { get; private set; }

    public readonly Span<byte> Written => _buffer[..Position];

    /// <summary>Begins a constructed element; give the answer to <see cref="Close"/>.</summary>
    public int Open(byte tag)
    {
        Put(tag);
        Put(0);
        return Position;
    }

    /// <summary>Ends an element: its content moves when the length needs more than the one octet kept for it.</summary>
    public void Close(int start)
    {
        if (Overflowed) return;
        int length = Position - start;
        int more = length < 0x80 ? 0 : length <= 0xff ? 1 : length <= 0xffff ? 2 : 3;
        if (more > 0)
        {
            if (Position + more > _buffer.Length)
            {
                Overflowed = true;
                return;
            }
            _buffer.Slice(start, length).CopyTo(_buffer[(start + more)..]);
            Position += more;
            for (int i = 0; i < more; i++) _buffer[start + i] = (byte)(length >> (8 * (more - 1 - i)));
        }
        _buffer[start - 1] = (byte)(more == 0 ? length : 0x80 | more);
    }

    public void WriteInteger(byte tag, long value)
    {
        int octets = 1;
        while (octets < 8 && value >> (8 * octets - 1) is not (0 or -1)) octets++;
        Put(tag);
        Put((byte)octets);
        for (int i = octets - 1; i >= 0; i--) Put((byte)(value >> (8 * i)));
    }

    /// <summary>With a leading zero octet where the highest bit would read as a sign.</summary>
    public void WriteUnsigned(byte tag, ulong value)
    {
        if (value <= long.MaxValue)
        {
            WriteInteger(tag, (long)value);
            return;
        }
        Put(tag);
        Put(9);
        Put(0);
        for (int i = 7; i >= 0; i--) Put((byte)(value >> (8 * i)));
    }

    public void WriteOctets(byte tag, scoped ReadOnlySpan<byte> content)
    {
        int start = Open(tag);
        WriteRaw(content);
        Close(start);
    }

    public void WriteOid(scoped ReadOnlySpan<uint> subIdentifiers)
    {
        int start = Open(BerTag.ObjectIdentifier);
        OidCodec.Write(ref this, subIdentifiers);
        Close(start);
    }

    /// <summary>Octets that are BER already, or content of an open element.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> octets)
    {
        if (Overflowed || octets.Length > _buffer.Length - Position)
        {
            Overflowed = true;
            return;
        }
        octets.CopyTo(_buffer[Position..]);
        Position += octets.Length;
    }

    public void Put(byte octet)
    {
        if (Overflowed || Position == _buffer.Length)
        {
            Overflowed = true;
            return;
        }
        _buffer[Position++] = octet;
    }

    /// <summary>Forgets what was written behind <paramref name="position"/>, and that it did not fit.</summary>
    public void Rewind(int position)
    {
        Position = position;
        Overflowed = false;
    }
}
