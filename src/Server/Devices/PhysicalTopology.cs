using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>The network as a graph of boxes and cables. Ids of nodes are those of devices and hosts.</summary>
internal static class PhysicalTopology
{
    private const string Device = "device";
    private const string Host = "HOST";
    private const string Cloud = "cloud node";

    public static TopologyGraph Draw(InventoryView view)
    {
        NetworkSnapshot network = view.Network;
        (Port At, TopologyNode Node)[] clouds = [.. Clouds(network)];
        return new TopologyGraph
        {
            Nodes = [
                .. view.Devices.Select(Node),
                .. network.Hosts.Select(host => Node(host, network)),
                .. clouds.Select(cloud => cloud.Node)],
            Links = [
                .. network.Links.Select(link => Link(view, link.A, link.B)),
                .. network.AccessPoints.Where(accessPoint => accessPoint.Attached != default)
                    .Select(accessPoint => Link(view, accessPoint.Attached, accessPoint.Id.ToString())),
                .. network.Hosts.Where(host => host.AccessPoint is not null)
                    .Select(host => Link(host.AccessPoint!.Value.ToString(), host.Id.ToString())),
                .. network.Hosts.Where(host => host.AccessPoint is null && host.Attached != default)
                    .Select(host => Link(view, host.Attached, host.Id.ToString())),
                .. clouds.Select(cloud => Link(view, cloud.At, cloud.Node.Id))],
        };
    }

    /// <summary>The nodes of one type and the links among them.</summary>
    public static TopologyGraph Only(TopologyGraph graph, string nodeType)
    {
        TopologyNode[] nodes = [.. graph.Nodes.Where(node => nodeType.Equals(node.NodeType, StringComparison.OrdinalIgnoreCase))];
        HashSet<string> ids = [.. nodes.Select(node => node.Id)];
        return graph with { Nodes = nodes, Links = [.. graph.Links.Where(link => ids.Contains(link.Source) && ids.Contains(link.Target))] };
    }

    internal static TopologyNode Node(InventoryDevice device) => new()
    {
        Id = device.Id.ToString(),
        Label = device.Name,
        Ip = device.ManagementAddress.ToString(),
        NodeType = Device,
        DeviceType = device.Kind.Type ?? DeviceFamilyWords.Of(device.Kind.Family),
        Family = DeviceFamilyWords.Of(device.Kind.Family),
        Role = DeviceRoleWords.Of(device.Role),
        RoleSource = NetworkDeviceItems.RoleSource(device),
        PlatformId = device.Kind.Model,
        SoftwareVersion = device.SoftwareVersion,
        OsType = device.SoftwareType,
        GreyOut = device.UnreachableReason is not null,
    };

    internal static TopologyNode Node(NetworkHost host, NetworkSnapshot network) => new()
    {
        Id = host.Id.ToString(),
        Label = host.Address.ToString(),
        Ip = host.Address.ToString(),
        NodeType = Host,
        DeviceType = host.IsWireless ? "wireless" : "wired",
        Family = host.IsWireless ? "WIRELESS" : "WIRED",
        Role = Host,
        VlanId = host.Vlan.IsNone ? null : host.Vlan.ToString(),
        UserId = network.StationOf(host.Mac)?.Station.UserName is { Length: > 0 } user ? user : null,
    };

    /// <summary>One for each port behind which something unmanaged forwards: whether two of them are one network nobody can tell.</summary>
    private static IEnumerable<(Port At, TopologyNode Node)> Clouds(NetworkSnapshot network) =>
        from device in network.Devices
        from port in device.Snapshot.Interfaces
        let at = new Port(device.Id, port.Index)
        where network.LeadsIntoUnmanaged(at)
        let neighbor = network.UnmanagedAt(at).FirstOrDefault(neighbor => neighbor.Forwards)
        where neighbor is null || !network.IsHost(neighbor)
        select (at, new TopologyNode
        {
            Id = StableId.OfInterface(device.Id, $"beyond {port.Name}").ToString(),
            Label = neighbor?.Name ?? Cloud,
            Ip = neighbor is { Address.IsUnspecified: false } ? neighbor.Address.ToString() : "UNKNOWN",
            NodeType = Cloud,
            DeviceType = Cloud,
            Family = Cloud,
            Role = "UNKNOWN",
        });

    internal static TopologyLink Link(InventoryView view, Port start, Port end)
    {
        (Interface? startPort, Interface? endPort) = (view.Network.Interface(start.Device, start.Interface),
            view.Network.Interface(end.Device, end.Interface));
        TopologyLink link = Link(view, start, end.Device.ToString());
        return link with
        {
            Id = IdOf(start.Device, startPort?.Name, end.Device, endPort?.Name),
            EndPortID = endPort is null ? null : StableId.OfInterface(end.Device, endPort.Name).ToString(),
            EndPortName = endPort?.Name,
            EndPortSpeed = Speed(endPort),
            EndPortIpv4Address = AddressOf(view, end)?.Address.ToString(),
            EndPortIpv4Mask = AddressOf(view, end)?.Subnet.Mask.ToString(),
            LinkStatus = startPort is { OperUp: false } || endPort is { OperUp: false } ? "down" : "up",
        };
    }

    /// <summary>From a port to something that is no managed device.</summary>
    internal static TopologyLink Link(InventoryView view, Port start, string target)
    {
        Interface? port = view.Network.Interface(start.Device, start.Interface);
        return Link(start.Device.ToString(), target) with
        {
            StartPortID = port is null ? null : StableId.OfInterface(start.Device, port.Name).ToString(),
            StartPortName = port?.Name,
            StartPortSpeed = Speed(port),
            StartPortIpv4Address = AddressOf(view, start)?.Address.ToString(),
            StartPortIpv4Mask = AddressOf(view, start)?.Subnet.Mask.ToString(),
            LinkStatus = port is { OperUp: false } ? "down" : "up",
        };
    }

    private static TopologyLink Link(string source, string target) => new()
    {
        Id = StableId.OfInterface(DeviceId.Parse(source), $"to {target}").ToString(),
        Source = source,
        Target = target,
        LinkStatus = "up",
    };

    private static string IdOf(DeviceId start, string? startPort, DeviceId end, string? endPort) =>
        StableId.OfInterface(start, $"{startPort} to {end} {endPort}").ToString();

    private static InterfaceAddress? AddressOf(InventoryView view, Port port) => view.Network.Device(port.Device)?.Snapshot.Addresses
        .Where(own => own.Interface == port.Interface)
        .Select(own => (InterfaceAddress?)own)
        .FirstOrDefault();

    private static string? Speed(Interface? port) =>
        port is { SpeedBitsPerSecond: > 0 } ? (port.SpeedBitsPerSecond / 1000).ToString(CultureInfo.InvariantCulture) : null;
}
