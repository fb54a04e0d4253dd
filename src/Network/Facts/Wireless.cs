namespace Towpath.Network;

/// <summary>A lightweight access point that has joined this controller: bsnAPTable (AIRESPACE-WIRELESS-MIB). It has no agent of its own.</summary>
/// <param name="BaseRadioMac">The row's index, and what stations name; wired switches learn <paramref name="EthernetMac"/> instead.</param>
/// <param name="EthernetMac">bsnAPEthernetMacAddress (.33); default where the controller does not tell it.</param>
public sealed record AccessPoint(
    MacAddress BaseRadioMac, MacAddress EthernetMac, string Name, Ipv4Address Address, string Model, string SerialNumber,
    string SoftwareVersion, string Location)
{
    /// <summary>What it is known by: its Ethernet address, or that of its radio where the controller does not tell the other.</summary>
    public MacAddress Mac => EthernetMac != default ? EthernetMac : BaseRadioMac;
}

/// <summary>A wireless client of this controller: bsnMobileStationTable (AIRESPACE-WIRELESS-MIB).</summary>
/// <param name="AccessPoint">Base radio MAC of the access point it is associated with.</param>
/// <param name="InterfaceName">The controller interface its traffic leaves by; see <see cref="ControllerInterface"/>.</param>
public sealed record WirelessStation(
    MacAddress Mac, Ipv4Address Address, string UserName, MacAddress AccessPoint, string Ssid, int WlanId, string InterfaceName, bool Associated);

/// <summary>agentInterfaceConfigTable (AIRESPACE-SWITCHING-MIB): gives a station's interface name its VLAN.</summary>
public sealed record ControllerInterface(string Name, VlanId Vlan, MacAddress Mac, Ipv4Address Address, Ipv4Address Mask, Ipv4Address Gateway, int Port);
