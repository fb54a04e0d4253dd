using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Tells a host's own port from one that leads to a switch that nobody manages and that announces nothing. End systems send untagged, and
/// each has a port of its own: several addresses in VLANs that a port tags, more than a host and its telephone on any other switch port, or
/// several on a routed port, are behind a bridge.
/// </summary>
internal sealed class UnseenSwitch(NetworkSnapshot network, Facts facts)
{
    /// <summary>The fact that shows it; null when nothing does.</summary>
    /// <param name="port">A port without a link to a managed device.</param>
    /// <param name="mac">An address that was learned or resolved there.</param>
    public Evidence? Before(Port port, VlanId vlan, MacAddress mac)
    {
        DeviceTables tables = network.Device(port.Device)!.Tables;
        foreach (EdgePort edge in network.EdgePorts(mac))
            if (edge.At == port && edge.IsShared && (vlan.IsNone || edge.Vlan.IsNone || edge.Vlan == vlan))
                return facts.Fdb(port.Device, vlan, mac, port.Interface) with { Method = IsTagged(tables, port, vlan)
                    ? "several addresses in tagged VLANs of one port: a switch lies between"
                    : $"one of {edge.MacsOnPort} addresses on the port, more than a host and its telephone have: a switch lies between" };
        return tables.VlanMember(port.Interface) is null && tables.HasSeveralNeighbors(port.Interface) ? OnRoutedPort(port) : null;
    }

    /// <summary>The fact that shows such a switch by the managed devices on it; null when the port leads to none of those.</summary>
    public Evidence? Joining(Port port)
    {
        if (network.BesideOnSegment(port) is not { IsEmpty: false } beside) return null;
        string names = string.Join(" and ", Names(beside));
        return facts.Row(port.Device, network.Device(port.Device)!.Tables.Fdb.Source,
            $"addresses of {names} on {facts.NameOf(port.Device, port.Interface)}",
            "devices that have learned each other, and more, toward each other: a switch lies between");
    }

    private IEnumerable<string> Names(IEnumerable<Port> ports) =>
        ports.Select(port => network.Device(port.Device)!.Name).Distinct().Order(StringComparer.Ordinal);

    private static bool IsTagged(DeviceTables tables, Port port, VlanId vlan) =>
        tables.VlanMember(port.Interface) is { } member && member.Untagged != vlan && member.Tagged.Contains(vlan);

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
