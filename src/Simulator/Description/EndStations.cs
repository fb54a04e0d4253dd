using Towpath.Network;

namespace Towpath.Simulator;

internal sealed record AccessPointDescription
{
    public required string Path { get; init; }
    public required string Name { get; init; }
    public required SubnetAddress Address { get; init; }
    public required Ipv4Address Gateway { get; init; }
    public required string Controller { get; init; }
    public required MacAddress EthernetMac { get; init; }
    public required MacAddress RadioMac { get; init; }
    public required string Model { get; init; }
    public required string Serial { get; init; }
    public required string Software { get; init; }
    public required string Location { get; init; }
}

/// <param name="AccessPoint">Empty for a wired host.</param>
/// <param name="Wlan">0 for a wired host.</param>
internal sealed record HostDescription(
    string Path, string Name, MacAddress Mac, SubnetAddress Address, Ipv4Address Gateway, string AccessPoint, int Wlan, string User)
{
    public bool IsWireless => AccessPoint.Length > 0;
}

/// <summary>A cable between two interfaces; <c>GigabitEthernet0</c> of an access point, <c>eth0</c> of a host.</summary>
internal sealed record CableDescription(string Path, CableEnd A, CableEnd B);

internal readonly record struct CableEnd(string Node, string Interface)
{
    public override string ToString() => $"{Node}:{Interface}";
}

/// <param name="Protocol">IP protocol number.</param>
/// <param name="SourcePort">0 for ICMP.</param>
internal sealed record ConversationDescription(
    string Path, string From, string To, byte Protocol, ushort SourcePort, ushort DestinationPort, long OctetsPerSecond,
    long ReplyOctetsPerSecond);
