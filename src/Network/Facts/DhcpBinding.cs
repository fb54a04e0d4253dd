namespace Towpath.Network;

/// <summary>A lease that a switch has seen being given: cdsBindingsTable (CISCO-DHCP-SNOOPING-MIB). Address, MAC, VLAN and port of a host in one row.</summary>
public readonly record struct DhcpBinding(VlanId Vlan, MacAddress Mac, Ipv4Address Address, IfIndex Interface);
