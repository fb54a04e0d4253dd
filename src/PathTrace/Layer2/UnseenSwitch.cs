using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Tells a host's own port from one that leads to a switch that nobody manages and that announces nothing. End systems send untagged, and each port has one: several
/// addresses in VLANs that the port tags are behind a bridge.
/// </summary>
internal static class UnseenSwitch
{
    public static bool IsBetween(NetworkSnapshot network, Port port, VlanId vlan, MacAddress mac)
    {
        if (network.Device(port.Device)?.Tables.VlanMember(port.Interface) is not { } member || !member.Tagged.Contains(vlan) || member.Untagged == vlan) return false;
        foreach (EdgePort edge in network.EdgePorts(mac)) // no port of a link between managed devices is among them
            if (edge.At == port && edge.MacsOnPort >= 2) return true;
        return false;
    }

    /// <summary>What an UNKNOWN element in between rests on.</summary>
    public static Evidence Because(Facts facts, Port port, VlanId vlan, MacAddress mac) =>
        facts.Fdb(port.Device, vlan, mac, port.Interface) with { Method = "several addresses in tagged VLANs of one port: a switch lies between" };

    public static string Why(Facts facts, Port port) => $"{facts.NameOf(port.Device, port.Interface)} leads to a switch that announces nothing and is not managed: discover it.";
}
