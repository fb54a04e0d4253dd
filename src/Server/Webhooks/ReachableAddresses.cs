using System.Net;
using System.Net.Sockets;

namespace Towpath.Server;

/// <summary>
/// Where a webhook may be called: not this machine, not what only this link or a cloud's own services answer at. Asked of the address that
/// is connected to, so a name that stands for another address a moment later is no way around it.
/// </summary>
/// <param name="allowed">Allowed all the same.</param>
internal sealed class ReachableAddresses(IReadOnlyList<IPNetwork> allowed)
{
    private static readonly IPNetwork[] s_forbidden =
    [
        .. new[]
        {
            "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4", // RFC 6890
            "100.100.100.200/32", "168.63.129.16/32", // metadata of clouds that is not link-local
            "::/127", "fe80::/10", "ff00::/8", "fd00:ec2::254/128", "fd20:ce::254/128",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96"); // RFC 6052
    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16"); // RFC 3056

    public bool Allows(IPAddress address)
    {
        IPAddress meant = Meant(address);
        return allowed.Any(network => network.Contains(meant)) || !s_forbidden.Any(network => network.Contains(meant));
    }

    /// <summary>The IPv4 address that is reached by way of an IPv6 one.</summary>
    private static IPAddress Meant(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        byte[] octets = address.GetAddressBytes();
        if (s_nat64.Contains(address)) return new IPAddress(octets.AsSpan(12, 4));
        return s_sixToFour.Contains(address) ? new IPAddress(octets.AsSpan(2, 4)) : address;
    }
}
