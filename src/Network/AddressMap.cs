namespace Towpath.Network;

/// <summary>
/// Changes where packets for an address are sent: the first pair whose <c>From</c> contains the address replaces its leading bits by those
/// of <c>To</c>. Demonstrations and tests use it to have a network's own addresses answered on loopback.
/// </summary>
public static class AddressMap
{
    /// <summary>Some pair contains the address.</summary>
    public static bool Covers(this IReadOnlyList<(Prefix From, Prefix To)> map, Ipv4Address address)
    {
        foreach ((Prefix from, _) in map)
        {
            if (from.Contains(address)) return true;
        }
        return false;
    }

    /// <summary>The address itself when no pair contains it.</summary>
    public static Ipv4Address Translate(this IReadOnlyList<(Prefix From, Prefix To)> map, Ipv4Address address)
    {
        foreach ((Prefix from, Prefix to) in map)
        {
            if (from.Contains(address)) return new Ipv4Address(to.Network.Bits | address.Bits & ~to.Mask.Bits);
        }
        return address;
    }
}
