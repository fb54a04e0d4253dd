using System.Security.Cryptography;
using System.Text;

namespace Towpath.Network;

/// <summary>
/// Ids that follow from what they name (RFC 9562, version 8), so that every process computes the same one and no table maps them.
/// </summary>
public static class StableId
{
    /// <summary>An interface keeps its id over a renumbering of ifIndex, as its name does.</summary>
    public static Guid OfInterface(DeviceId device, string interfaceName) => Of($"interface {device} {interfaceName}");

    /// <summary>A module by its entPhysicalIndex.</summary>
    public static Guid OfModule(DeviceId device, int index) => Of($"module {device} {index}");

    /// <summary>A lightweight access point is known by its Ethernet MAC, whichever controller it joins.</summary>
    public static DeviceId OfAccessPoint(MacAddress ethernetMac) => new(Of($"access point {ethernetMac}"));

    public static Guid OfHost(MacAddress mac, Ipv4Address address) => Of($"host {mac} {address}");

    private static Guid Of(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)(hash[6] & 0x0f | 0x80);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
