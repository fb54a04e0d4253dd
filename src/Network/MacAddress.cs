using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Towpath.Network;

/// <summary>An IEEE 802 48-bit MAC address, printed as <c>00:1b:21:0a:0b:0c</c>. Default: all zeros, no address.</summary>
public readonly record struct MacAddress : IComparable<MacAddress>, IParsable<MacAddress>, ISpanFormattable
{
    private const int TextLength = 17;
    private const string HexDigits = "0123456789abcdef";

    private readonly ulong _bits; // the high 16 bits are always zero

    private MacAddress(ulong bits) => _bits = bits;

    /// <summary>Reads the 6 octets of a <c>MacAddress</c> textual convention (RFC 2579), in network order.</summary>
    /// <exception cref="FormatException">There are not exactly 6 octets.</exception>
    public static MacAddress FromOctets(ReadOnlySpan<byte> octets) => octets.Length == 6
        ? new(((ulong)BinaryPrimitives.ReadUInt16BigEndian(octets) << 32) | BinaryPrimitives.ReadUInt32BigEndian(octets[2..]))
        : throw new FormatException($"A MAC address is 6 octets; this value has {octets.Length}: {Convert.ToHexString(octets)}.");

    /// <summary>The low 48 bits, first octet highest.</summary>
    public static MacAddress FromBits(ulong bits) => new(bits & 0xffff_ffff_ffff);

    /// <summary>The 48 bits as a number, first octet highest.</summary>
    public ulong Bits => _bits;

    /// <summary>True for broadcast and multicast: the I/G bit, the lowest of the first octet, is set.</summary>
    public bool IsGroup => (Octet(0) & 1) != 0;

    /// <summary>
    /// True for the address of a virtual router, which its active member answers for: VRRP 00:00:5e:00:01:xx and, for IPv6,
    /// 00:00:5e:00:02:xx (RFC 9568 section 7.3); HSRP 00:00:0c:07:ac:xx, in its second version 00:00:0c:9f:fx:xx and, for IPv6,
    /// 00:05:73:a0:0x:xx; GLBP 00:07:b4:00:xx:xx.
    /// </summary>
    public bool IsVirtualRouter => _bits >> 8 is 0x00_00_5e_00_01 or 0x00_00_5e_00_02 or 0x00_00_0c_07_ac
        || _bits >> 12 is 0x00000c9ff or 0x000573a00 || _bits >> 16 == 0x00_07_b4_00;

    /// <summary>
    /// True in the blocks that hypervisors give their guests' adapters from (IEEE registry): VMware 00:05:69, 00:0c:29, 00:1c:14, 00:50:56;
    /// Hyper-V 00:15:5d; Xen 00:16:3e; Parallels 00:1c:42; VirtualBox 08:00:27; Nutanix 50:6b:8d; Proxmox bc:24:11; and 52:54:00, which
    /// QEMU uses by convention.
    /// </summary>
    public bool IsOfGuest => _bits >> 24 is 0x00_05_69 or 0x00_0c_29 or 0x00_1c_14 or 0x00_50_56 or 0x00_15_5d or 0x00_16_3e or 0x00_1c_42
        or 0x08_00_27 or 0x50_6b_8d or 0xbc_24_11 or 0x52_54_00;

    /// <summary>Writes the 6 octets in network order.</summary>
    public byte[] ToOctets() => [Octet(0), Octet(1), Octet(2), Octet(3), Octet(4), Octet(5)];

    /// <summary>Accepts <c>00:1b:21:0a:0b:0c</c>, <c>00-1b-...</c> and Cisco's <c>001b.210a.0b0c</c>.</summary>
    public static MacAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out MacAddress result) ? result : throw new FormatException($"'{s}' is no MAC address.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacAddress result)
    {
        string digits = (s ?? "").Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal);
        bool ok = ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits)
            && digits.Length == 12;
        result = ok ? new MacAddress(bits) : default;
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => _bits.CompareTo(other._bits);

    /// <inheritdoc/>
    public override string ToString() => string.Create(TextLength, this, static (text, mac) => mac.TryFormat(text, out _));

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>As <see cref="ToString()"/>; there is one format only.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null)
    {
        charsWritten = 0;
        if (destination.Length < TextLength) return false;
        for (int position = 0; position < 6; position++)
        {
            if (position > 0) destination[charsWritten++] = ':';
            destination[charsWritten++] = HexDigits[Octet(position) >> 4];
            destination[charsWritten++] = HexDigits[Octet(position) & 15];
        }
        return true;
    }

    private byte Octet(int position) => (byte)(_bits >> (40 - 8 * position));
}
