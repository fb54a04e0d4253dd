using Towpath.Network;

namespace Towpath.Simulator;

internal sealed record AccessPointDescription(
    string Path, string Name, SubnetAddress Address, Ipv4Address Gateway, string Controller, MacAddress EthernetMac, MacAddress RadioMac,
    string Model, string Serial, string Software, string Location);

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
