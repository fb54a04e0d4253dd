using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Towpath.Network;

/// <summary>An IPv4 prefix (RFC 4632), host bits always zero, printed as <c>10.1.0.0/16</c>. Default: 0.0.0.0/0.</summary>
public readonly record struct Prefix : IComparable<Prefix>, IParsable<Prefix>, ISpanFormattable
{
    /// <summary>The prefix of <paramref name="length"/> bits that contains <paramref name="address"/>; its host bits are cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not 0..32.</exception>
    public Prefix(Ipv4Address address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 32);
        Network = new Ipv4Address(address.Bits & MaskOf(length));
        Length = length;
    }

    /// <summary>The lowest address.</summary>
    public Ipv4Address Network { get; }

    /// <summary>0..32.</summary>
    public int Length { get; }

    /// <summary>The highest address: the subnet's broadcast up to /30.</summary>
    public Ipv4Address Last => new(Network.Bits | ~MaskOf(Length));

    /// <summary>How many addresses it holds, 1..2^32.</summary>
    public long Size => 1L << (32 - Length);

    /// <summary>As the mask of old tables writes it, for instance 255.255.255.0.</summary>
    public Ipv4Address Mask => new(MaskOf(Length));

    public bool Contains(Ipv4Address address) => (address.Bits & MaskOf(Length)) == Network.Bits;

    /// <summary>True when every address of <paramref name="other"/> is in this one too.</summary>
    public bool Contains(Prefix other) => other.Length >= Length && Contains(other.Network);

    /// <summary>Reads a contiguous mask; false for one with holes.</summary>
    public static bool TryFromMask(Ipv4Address address, Ipv4Address mask, out Prefix prefix)
    {
        int length = System.Numerics.BitOperations.LeadingZeroCount(~mask.Bits);
        bool contiguous = MaskOf(length) == mask.Bits;
        prefix = contiguous ? new Prefix(address, length) : default;
        return contiguous;
    }

    /// <summary>Reads <c>address/length</c>; host bits are cleared.</summary>
    public static Prefix Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Prefix result)
            ? result : throw new FormatException($"'{s}' is no IPv4 prefix; write one such as 192.0.2.0/24.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Prefix result)
    {
        int slash = s?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        result = default;
        if (slash < 0 || !Ipv4Address.TryParse(s![..slash], provider, out Ipv4Address address)) return false;
        if (!int.TryParse(s.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > 32)
            return false;
        result = new Prefix(address, length);
        return true;
    }

    /// <summary>By network, then the shorter prefix first.</summary>
    public int CompareTo(Prefix other) => Network == other.Network ? Length.CompareTo(other.Length) : Network.CompareTo(other.Network);

    /// <inheritdoc/>
    public override string ToString() => $"{Network}/{Length}";

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>As <see cref="ToString()"/>; there is one format only.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) =>
        destination.TryWrite($"{Network}/{Length}", out charsWritten);

    private static uint MaskOf(int length) => length == 0 ? 0 : uint.MaxValue << (32 - length);
}
