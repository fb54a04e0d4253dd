using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// Writes chassis and port ids as their subtypes say (LldpChassisIdSubtype, LldpPortIdSubtype of IEEE 802.1AB), so that both ends of a link
/// compare equal.
/// </summary>
internal static class LldpIdentity
{
    public const int PortInterfaceAlias = 1, PortMacAddress = 3, PortNetworkAddress = 4, PortInterfaceName = 5, PortLocal = 7;
    private const int ChassisMacAddress = 4, ChassisNetworkAddress = 5;

    public static ChassisId OfChassis(int subtype, ReadOnlySpan<byte> id) => new(subtype, subtype switch
    {
        ChassisMacAddress => Words.MacText(id),
        ChassisNetworkAddress => NetworkAddress(id),
        _ => Words.CleanOrHex(id),
    });

    public static PortId OfPort(int subtype, ReadOnlySpan<byte> id) => new(subtype, subtype switch
    {
        PortMacAddress => Words.MacText(id),
        PortNetworkAddress => NetworkAddress(id),
        _ => Words.CleanOrHex(id),
    });

    /// <summary>An IANA address family number, then the address; family 1 is IPv4.</summary>
    private static string NetworkAddress(ReadOnlySpan<byte> id) =>
        id.Length == 5 && id[0] == 1 ? Ipv4Address.FromOctets(id[1..]).ToString() : Words.CleanOrHex(id);
}
