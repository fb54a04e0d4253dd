namespace Towpath.Network;

/// <summary>One row of ifTable and ifXTable (RFC 2863).</summary>
/// <param name="Name">The name people use in configurations: ifDescr where it is an interface name (Cisco: GigabitEthernet1/0/1), else ifName, else ifDescr.</param>
/// <param name="ShortName">ifName; empty when not answered.</param>
/// <param name="Alias">ifAlias, the operator's text; empty when not set.</param>
/// <param name="Type">ifType (IANAifType-MIB): 6 ethernetCsmacd, 24 softwareLoopback, 53 propVirtual, 131 tunnel, 135 l2vlan, 136 l3ipvlan, 161 ieee8023adLag.</param>
/// <param name="Mac">ifPhysAddress; default when it has none.</param>
/// <param name="SpeedBitsPerSecond">From ifHighSpeed (Mbit/s) or ifSpeed; 0 when not known.</param>
/// <param name="Mtu">ifMtu in octets; 0 when not known.</param>
public sealed record Interface(
    IfIndex Index, string Name, string ShortName, string Alias, int Type, MacAddress Mac,
    bool AdminUp, bool OperUp, long SpeedBitsPerSecond, int Mtu);

/// <summary>ifStackTable (RFC 2863): <paramref name="Higher"/> runs on top of <paramref name="Lower"/>. Neither is 0.</summary>
public readonly record struct InterfaceStackEntry(IfIndex Higher, IfIndex Lower);

/// <summary>An own IPv4 address of the device: ipAddressTable (RFC 4293) or ipAddrTable (RFC 1213).</summary>
/// <param name="PrefixLength">0..32; 32 when the device does not tell.</param>
public readonly record struct InterfaceAddress(IfIndex Interface, Ipv4Address Address, int PrefixLength, MibTable Table)
{
    /// <summary>The subnet the address stands in.</summary>
    public Prefix Subnet => new(Address, PrefixLength);
}
