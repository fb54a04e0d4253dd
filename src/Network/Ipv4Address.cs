using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Towpath.Network;

/// <summary>An IPv4 address as a 32-bit number, so that tables of millions stay small. Default: 0.0.0.0, no address.</summary>
/// <param name="Bits">First octet highest.</param>
public readonly record struct Ipv4Address(uint Bits) : IComparable<Ipv4Address>, IParsable<Ipv4Address>, ISpanFormattable
{
    /// <summary>Reads 4 octets in network order (InetAddressIPv4, RFC 4001; IpAddress, RFC 2578).</summary>
    /// <exception cref="FormatException">There are not exactly 4 octets.</exception>
    public static Ipv4Address FromOctets(ReadOnlySpan<byte> octets) => octets.Length == 4
        ? new(BinaryPrimitives.ReadUInt32BigEndian(octets))
        : throw new FormatException($"An IPv4 address is 4 octets; this value has {octets.Length}: {Convert.ToHexString(octets)}.");

    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static Ipv4Address From(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(octets, out _)
            ? FromOctets(octets[..4])
            : throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
    }

    /// <summary>True for 0.0.0.0, which in tables stands for "none".</summary>
    public bool IsUnspecified => Bits == 0;

    /// <summary>127.0.0.0/8 (RFC 1122).</summary>
    public bool IsLoopback => Bits >> 24 == 127;

    /// <summary>224.0.0.0/4 (RFC 5771).</summary>
    public bool IsMulticast => Bits >> 28 == 0xe;

    /// <summary>169.254.0.0/16 (RFC 3927).</summary>
    public bool IsLinkLocal => Bits >> 16 == 0xa9fe;

    /// <summary>The framework's form, for sockets and printing.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, Bits);
        return new IPAddress(octets);
    }

    /// <summary>Four decimal octets; no short, octal or hexadecimal forms.</summary>
    public static Ipv4Address Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Ipv4Address result) ? result
            : throw new FormatException($"'{s}' is no IPv4 address; write four numbers such as 192.0.2.7.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Ipv4Address result)
    {
        result = default;
        uint bits = 0;
        int octets = 0;
        foreach (Range part in s.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> text = s.AsSpan(part);
            bool plain = text.Length is >= 1 and <= 3 && !text.ContainsAnyExceptInRange('0', '9') && !(text.Length > 1 && text[0] == '0');
            if (!plain || ++octets > 4 || !byte.TryParse(text, provider, out byte value)) return false;
            bits = bits << 8 | value;
        }
        if (octets != 4) return false;
        result = new Ipv4Address(bits);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Ipv4Address other) => Bits.CompareTo(other.Bits);

    /// <inheritdoc/>
    public override string ToString() => $"{Bits >> 24}.{Bits >> 16 & 255}.{Bits >> 8 & 255}.{Bits & 255}";

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>As <see cref="ToString()"/>; there is one format only.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) =>
        destination.TryWrite($"{Bits >> 24}.{Bits >> 16 & 255}.{Bits >> 8 & 255}.{Bits & 255}", out charsWritten);
}
