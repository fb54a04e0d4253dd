using System.Globalization;
using System.Buffers.Binary;

namespace Towpath.Network.Tests;

/// <summary>Writes link state advertisements as RFC 2328 appendix A.4 has them, without the header.</summary>
internal static class LinkStates
{
    /// <param name="links">"p2p ROUTER-ID OWN-ADDRESS METRIC", "transit DESIGNATED-ADDRESS OWN-ADDRESS METRIC", "stub NETWORK/LENGTH
    /// METRIC".</param>
    public static OspfLinkState Router(string id, params string[] links)
    {
        var body = new List<byte> { 0, 0, 0, (byte)links.Length };
        foreach (string[] link in links.Select(link => link.Split(' ')))
        {
            Prefix? stub = link[0] == "stub" ? Prefix.Parse(link[1]) : null;
            body.AddRange(Octets(stub?.Network ?? Ipv4Address.Parse(link[1])));
            body.AddRange(Octets(stub?.Mask ?? Ipv4Address.Parse(link[2])));
            int metric = int.Parse(link[^1], CultureInfo.InvariantCulture);
            body.AddRange([(byte)(link[0] == "p2p" ? 1 : link[0] == "transit" ? 2 : 3), 0, (byte)(metric >> 8), (byte)metric]);
        }
        return State(1, id, id, body);
    }

    /// <param name="network">The designated router's address and the length of its prefix.</param>
    public static OspfLinkState Transit(string network, string designatedRouter, params string[] routers)
    {
        var prefix = Prefix.Parse(network);
        return State(2, network.Split('/')[0], designatedRouter,
            [.. Octets(prefix.Mask), .. routers.SelectMany(router => Octets(Ipv4Address.Parse(router)))]);
    }

    /// <summary>AS-external, a metric of type 2.</summary>
    /// <param name="forwarding">Where packets go in place of the router that announces it.</param>
    public static OspfLinkState External(string network, string router, int metric, string forwarding = "0.0.0.0")
    {
        var prefix = Prefix.Parse(network);
        return State(5, network.Split('/')[0], router,
            [.. Octets(prefix.Mask), 0x80, 0, (byte)(metric >> 8), (byte)metric, .. Octets(Ipv4Address.Parse(forwarding)), 0, 0, 0, 0]);
    }

    private static OspfLinkState State(int type, string id, string router, IEnumerable<byte> body) =>
        new(default, type, Ipv4Address.Parse(id), Ipv4Address.Parse(router), [.. body], OspfLinkState.OspfLsdbTable);

    private static byte[] Octets(Ipv4Address address)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, address.Bits);
        return octets;
    }
}
