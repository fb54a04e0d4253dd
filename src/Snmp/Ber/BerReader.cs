using System.Buffers.Binary;

namespace Towpath.Snmp;

/// <summary>
/// Reads BER (X.690, definite lengths, one-octet tags) from hostile octets. It never throws: after the first bad element
/// <see cref="Failed"/> stays true and everything reads as empty, so a caller reads a whole structure and checks once.
/// </summary>
internal ref struct BerReader
{
    private ReadOnlySpan<byte> _rest;

    public BerReader(ReadOnlySpan<byte> octets) => _rest = octets;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>How many octets are left behind the last element that was read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The content octets of the next element, which must carry <paramref name="tag"/>.</summary>
    public ReadOnlySpan<byte> Read(byte tag)
    {
        ReadOnlySpan<byte> content = ReadAny(out byte found);
        return found == tag ? content : Fail();
    }

    /// <summary>The content octets of the next element, whatever it is; tag 0 when there is none that can be read.</summary>
    public ReadOnlySpan<byte> ReadAny(out byte tag)
    {
        tag = 0;
        if (_rest.Length < 2 || (_rest[0] & 0x1f) == 0x1f) return Fail();
        int header = 2;
        uint length = _rest[1];
        if (length >= 0x80)
        {
            int octets = (int)(length & 0x7f);
            if (octets is 0 or > 4 || _rest.Length < 2 + octets) return Fail(); // 0 is the indefinite form
            length = 0;
            foreach (byte octet in _rest.Slice(2, octets)) length = (length << 8) | octet;
            header += octets;
        }
        if (length > (uint)(_rest.Length - header)) return Fail();
        tag = _rest[0];
        ReadOnlySpan<byte> content = _rest.Slice(header, (int)length);
        _rest = _rest[(header + (int)length)..];
        return content;
    }

    /// <summary>An INTEGER that fits 32 bits, however many octets were spent on it.</summary>
    public int ReadInt32()
    {
        if (TryParseInteger(Read(BerTag.Integer), out long value) && value is >= int.MinValue and <= int.MaxValue) return (int)value;
        Fail();
        return 0;
    }

    /// <summary>Two's complement of 1 to 8 octets.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> content, out long value)
    {
        value = 0;
        if (content.Length is 0 or > 8) return false;
        if (content.Length == 4)
        {
            value = BinaryPrimitives.ReadInt32BigEndian(content);
            return true;
        }
        value = (sbyte)content[0];
        foreach (byte octet in content[1..]) value = (value << 8) | octet;
        return true;
    }

    /// <summary>Makes this reader a failed one.</summary>
    public ReadOnlySpan<byte> Fail()
    {
        Failed = true;
        _rest = default;
        return default;
    }
}
