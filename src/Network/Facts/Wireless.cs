using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A lightweight access point that has joined this controller: bsnAPTable (AIRESPACE-WIRELESS-MIB). It has no agent of its own.
/// </summary>
/// <param name="BaseRadioMac">The row's index, and what stations name; wired switches learn <paramref name="EthernetMac"/> instead.</param>
/// <param name="EthernetMac">bsnAPEthernetMacAddress (.33); default where the controller does not tell it.</param>
public sealed record AccessPoint(
    MacAddress BaseRadioMac, MacAddress EthernetMac, string Name, Ipv4Address Address, string Model, string SerialNumber,
    string SoftwareVersion, string Location)
{
    internal const string WithoutClients = "Clients of a wireless controller are not located.";

    public static FactSource BsnAPTable { get; } = FactSource.Named(nameof(BsnAPTable));

    public static FactLayout<AccessPoint> Layout { get; } = new("accessPoints", of => of.AccessPoints,
        (of, rows) => of with { AccessPoints = rows })
    {
        Sources = [BsnAPTable],
        Lost = WithoutClients,
        Key = ["baseRadioMac"],
        Columns =
        [
            new("baseRadioMac", row => row.BaseRadioMac),
            new("ethernetMac", row => row.EthernetMac),
            new("name", row => row.Name),
            new("address", row => row.Address),
            new("model", row => row.Model),
            new("serialNumber", row => row.SerialNumber),
            new("softwareVersion", row => row.SoftwareVersion),
            new("location", row => row.Location),
        ],
        Row = cells => new AccessPoint(
            cells.Mac(0), cells.Mac(1), cells.Text(2), cells.Address(3), cells.Text(4), cells.Text(5), cells.Text(6), cells.Text(7)),
    };

    /// <summary>
    /// The address that it is known by: its Ethernet address, or that of its radio when the controller does not tell the other.
    /// </summary>
    public MacAddress Mac => EthernetMac != default ? EthernetMac : BaseRadioMac;
}

/// <summary>A wireless client of this controller: bsnMobileStationTable (AIRESPACE-WIRELESS-MIB).</summary>
/// <param name="AccessPoint">Base radio MAC of the access point it is associated with.</param>
/// <param name="InterfaceName">The controller interface its traffic leaves by; see <see cref="ControllerInterface"/>.</param>
public sealed record WirelessStation(
    MacAddress Mac, Ipv4Address Address, string UserName, MacAddress AccessPoint, string Ssid, int WlanId, string InterfaceName,
    bool Associated)
{
    public static FactSource BsnMobileStationTable { get; } = FactSource.Named(nameof(BsnMobileStationTable));
    public static FactSource CldcClientTable { get; } = FactSource.Named(nameof(CldcClientTable));

    public static FactLayout<WirelessStation> Layout { get; } = new("wirelessStations", of => of.WirelessStations,
        (of, rows) => of with { WirelessStations = rows })
    {
        Sources = [BsnMobileStationTable, CldcClientTable],
        Tier = CollectionTier.Learned,
        Lost = Network.AccessPoint.WithoutClients,
        Change = RowChange.Counted,
        Columns =
        [
            new("mac", row => row.Mac),
            new("address", row => row.Address),
            new("userName", row => row.UserName),
            new("accessPoint", row => row.AccessPoint),
            new("ssid", row => row.Ssid),
            new("wlanId", row => row.WlanId),
            new("interfaceName", row => row.InterfaceName),
            new("associated", row => row.Associated ? 1 : 0),
            new("switched", row => (long)row.Switched),
        ],
        Row = cells => new WirelessStation(
            cells.Mac(0), cells.Address(1), cells.Text(2), cells.Mac(3), cells.Text(4), cells.Int(5), cells.Text(6), cells.Flag(7))
        {
            Switched = (DataSwitchedBy)cells.Octet(8),
        },
    };

    /// <summary>cldcClientDataSwitching (CISCO-LWAPP-DOT11-CLIENT-MIB).</summary>
    public DataSwitchedBy Switched { get; init; }
}

/// <summary>Who bridges a station's traffic to its VLAN.</summary>
public enum DataSwitchedBy : byte
{
    NotTold,

    /// <summary>The access point tunnels it to the controller.</summary>
    Controller,

    /// <summary>The access point bridges it to its own port (FlexConnect local switching).</summary>
    AccessPoint,
}

/// <summary>agentInterfaceConfigTable (AIRESPACE-SWITCHING-MIB): gives a station's interface name its VLAN.</summary>
public sealed record ControllerInterface(string Name, VlanId Vlan, MacAddress Mac, Ipv4Address Address, Ipv4Address Mask,
    Ipv4Address Gateway, int Port)
{
    public static FactSource AgentInterfaceConfigTable { get; } = FactSource.Named(nameof(AgentInterfaceConfigTable));

    public static FactLayout<ControllerInterface> Layout { get; } = new("controllerInterfaces", of => of.ControllerInterfaces,
        (of, rows) => of with { ControllerInterfaces = rows })
    {
        Sources = [AgentInterfaceConfigTable],
        Key = ["name"],
        Columns =
        [
            new("name", row => row.Name),
            new("vlan", row => row.Vlan.Value),
            new("mac", row => row.Mac),
            new("address", row => row.Address),
            new("mask", row => row.Mask),
            new("gateway", row => row.Gateway),
            new("port", row => row.Port),
        ],
        Row = cells => new ControllerInterface(
            cells.Text(0), cells.Vlan(1), cells.Mac(2), cells.Address(3), cells.Address(4), cells.Address(5), cells.Int(6)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<AccessPoint> AccessPoints { get; init; } = [];
    public ImmutableArray<WirelessStation> WirelessStations { get; init; } = [];
    public ImmutableArray<ControllerInterface> ControllerInterfaces { get; init; } = [];
}
