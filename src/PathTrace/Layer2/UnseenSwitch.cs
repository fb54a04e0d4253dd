using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Tells a host's own port from one that leads to a switch that nobody manages and that announces nothing. End systems send untagged, and
/// each has a port of its own: several addresses in VLANs that a port tags, or on a routed port, are behind a bridge.
/// </summary>
internal sealed class UnseenSwitch(NetworkSnapshot network, Facts facts)
{
    /// <summary>The fact that shows it; null when nothing does.</summary>
    /// <param name="port">A port without a link to a managed device.</param>
    /// <param name="mac">An address that was learned or resolved there.</param>
    public Evidence? Before(Port port, VlanId vlan, MacAddress mac)
    {
        DeviceTables tables = network.Device(port.Device)!.Tables;
        if (tables.VlanMember(port.Interface) is not { } member)
            return tables.HasSeveralNeighbors(port.Interface) ? OnRoutedPort(port) : null;
        if (!member.Tagged.Contains(vlan) || member.Untagged == vlan) return null;
        foreach (EdgePort edge in network.EdgePorts(mac))
            if (edge.At == port && edge.MacsOnPort >= 2)
                return facts.Fdb(port.Device, vlan, mac,
                    port.Interface) with { Method = "several addresses in tagged VLANs of one port: a switch lies between" };
        return null;
    }

    private Evidence OnRoutedPort(Port port)
    {
        NetworkDevice device = network.Device(port.Device)!;
        ArpEntry[] neighbors = [.. device.Snapshot.Arp.Where(entry => device.Tables.Roles.PortUnder(entry.Interface) == port.Interface)
            .Take(2)];
        return facts.Row(port.Device, neighbors[0].Source,
            $"{string.Join(", ", neighbors.Select(entry => $"{entry.Address} is {entry.Mac}"))} on {device.Tables.NameOf(port.Interface)}",
            "several addresses on one routed port: a switch lies between");
    }

    public string Why(Port port) =>
        $"{facts.NameOf(port.Device, port.Interface)} leads to a switch that announces nothing and is not managed: discover it.";
}
