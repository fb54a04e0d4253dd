using Towpath.Network;

namespace Towpath.Collection;

/// <summary>Reads index parts of RFC 4001: InetAddressType, then InetAddress with its length before it.</summary>
internal static class InetAddressIndex
{
    public const uint Unknown = 0;
    public const uint Ipv4 = 1;

    /// <summary>
    /// Takes type and address off the front of <paramref name="index"/>; false when the index is too short. The address is default unless
    /// it is IPv4.
    /// </summary>
    public static bool TryTake(ref ReadOnlySpan<uint> index, out uint type, out Ipv4Address address)
    {
        (type, address) = (0, default);
        if (index.Length < 2 || index[1] > (uint)(index.Length - 2)) return false;
        type = index[0];
        int length = (int)index[1];
        bool isAddress = type != Ipv4 || TryAddress(index.Slice(2, length), out address);
        index = index[(2 + length)..];
        return isAddress;
    }

    /// <summary>
    /// As <see cref="TryTake"/> where nothing follows; takes an IPv4 address without its length too, as Cisco ASA and others write it.
    /// </summary>
    public static bool TryTakeLast(ReadOnlySpan<uint> index, out uint type, out Ipv4Address address)
    {
        if (index.Length == 5 && index[0] == Ipv4)
        {
            type = Ipv4;
            return TryAddress(index[1..], out address);
        }
        return TryTake(ref index, out type, out address) && index.Length == 0;
    }

    /// <summary>Skips a variable-length part with its length before it.</summary>
    public static bool TrySkip(ref ReadOnlySpan<uint> index)
    {
        if (index.Length < 1 || index[0] > (uint)(index.Length - 1)) return false;
        index = index[(1 + (int)index[0])..];
        return true;
    }

    /// <summary>
    /// Four sub-identifiers of 0..255, as IpAddress indexes have them (RFC 2578 section 7.7). Some agents write their number before them,
    /// though the length is fixed.
    /// </summary>
    public static bool TryAddress(ReadOnlySpan<uint> arcs, out Ipv4Address address)
    {
        address = default;
        if (arcs is [4, _, _, _, _]) arcs = arcs[1..];
        if (arcs.Length != 4 || arcs.IndexOfAnyExceptInRange(0u, 255u) >= 0) return false;
        address = new Ipv4Address(arcs[0] << 24 | arcs[1] << 16 | arcs[2] << 8 | arcs[3]);
        return true;
    }

    /// <summary>Six sub-identifiers of 0..255, with or without their number before them.</summary>
    public static bool TryMac(ReadOnlySpan<uint> arcs, out MacAddress mac)
    {
        mac = default;
        if (arcs is [6, _, _, _, _, _, _]) arcs = arcs[1..];
        if (arcs.Length != 6 || arcs.IndexOfAnyExceptInRange(0u, 255u) >= 0) return false;
        ulong bits = 0;
        foreach (uint arc in arcs) bits = bits << 8 | arc;
        mac = MacAddress.FromBits(bits);
        return true;
    }
}
