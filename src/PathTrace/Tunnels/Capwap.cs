using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>The tunnel between a lightweight access point and its controller (RFC 5415), as the controller's tables tell it.</summary>
internal static class Capwap
{
    public const string Kind = "CAPWAP Tunnel";
    private const int Udp = 17, DataPort = 5247;

    /// <summary>Toward the controller; the access point's own port is in no table.</summary>
    public static Transport Up { get; } = new(Udp, DestinationPort: DataPort);

    /// <summary>Toward the access point.</summary>
    public static Transport Down { get; } = new(Udp, SourcePort: DataPort);

    /// <summary>The tunnel that a station's traffic comes up in; null when its access point is not known.</summary>
    public static Tunnel? TunnelFrom(NetworkSnapshot network, NetworkDevice controller, WirelessStation station) =>
        network.AccessPointOf(station.AccessPoint) is { } accessPoint
            ? new Tunnel(Kind, accessPoint.Facts.Address, AddressOf(controller)) : null;

    /// <summary>The tunnel that traffic to a station goes down in.</summary>
    public static Tunnel? TunnelTo(NetworkSnapshot network, NetworkDevice controller, WirelessStation station) =>
        network.AccessPointOf(station.AccessPoint) is { } accessPoint
            ? new Tunnel(Kind, AddressOf(controller), accessPoint.Facts.Address) : null;

    public static ControllerInterface? InterfaceOf(NetworkDevice controller, WirelessStation station) =>
        controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Name == station.InterfaceName);

    /// <summary>The controller interface of a station as a virtual port; its ifIndex is default when ifTable does not list it.</summary>
    public static VirtualPort? ClientInterface(NetworkDevice controller, WirelessStation station) =>
        station.InterfaceName.Length == 0 ? null
        : new VirtualPort(controller.Tables.Names.Find(station.InterfaceName) ?? default, station.InterfaceName);

    /// <summary>The interface that access points join: ap-manager where there is one, else management.</summary>
    public static ControllerInterface? TunnelInterface(NetworkDevice controller) =>
        controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Name.StartsWith("ap-manager", StringComparison.OrdinalIgnoreCase)
            && !i.Address.IsUnspecified)
        ?? controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Name.Equals("management", StringComparison.OrdinalIgnoreCase)
            && !i.Address.IsUnspecified);

    /// <summary>
    /// The physical port of a controller interface: the one with its port number as ifIndex, else the only one with a link.
    /// </summary>
    public static IfIndex PortOf(NetworkSnapshot network, NetworkDevice controller, ControllerInterface? of)
    {
        const int Ethernet = 6;
        if (of is { Port: > 0 } && controller.Tables.Interface(new IfIndex(of.Port)) is { Type: Ethernet } numbered) return numbered.Index;
        return network.LinksAt(controller.Id).Select(link => link.Near.Interface).FirstOrDefault(port => !port.IsNone);
    }

    /// <summary>The physical port that one of the controller's addresses is reached by.</summary>
    public static IfIndex PortOf(NetworkSnapshot network, NetworkDevice controller, Ipv4Address address) =>
        PortOf(network, controller, controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Address == address));

    private static Ipv4Address AddressOf(NetworkDevice controller) => TunnelInterface(controller)?.Address ?? controller.ManagementAddress;
}
