using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>One entry of <c>devices</c>. <see cref="Path"/> is its place in the file.</summary>
internal sealed record DeviceDescription
{
    public required string Path { get; init; }
    public required string Name { get; init; }
    public required DeviceKind Kind { get; init; }
    public required bool Hidden { get; init; }
    public required MacAddress Mac { get; init; }

    /// <summary>Default for a hidden device without one.</summary>
    public required Ipv4Address ManagementAddress { get; init; }

    public required ImmutableArray<InterfaceDescription> Interfaces { get; init; }

    /// <summary>Ascending, VLAN 1 always there; empty where the device does not bridge.</summary>
    public required ImmutableArray<Vlan> Vlans { get; init; }

    public required int StpPriority { get; init; }

    /// <summary>Default when it has none.</summary>
    public required Ipv4Address Gateway { get; init; }

    public required ImmutableArray<StaticRouteDescription> Routes { get; init; }

    /// <summary>Null when it does not speak OSPF.</summary>
    public required OspfDescription? Ospf { get; init; }

    public required uint HashSeed { get; init; }

    /// <summary>How many flows it shows; 0 when top talkers are not configured.</summary>
    public required int TopTalkers { get; init; }

    public required bool Cdp { get; init; }
    public required bool Lldp { get; init; }
    public required ImmutableArray<WlanDescription> Wlans { get; init; }
    public required HardwareDescription Hardware { get; init; }
    public required MibChoice Mibs { get; init; }

    public bool Bridges => Kind is DeviceKind.Switch or DeviceKind.L3Switch;

    public bool ForwardsIp => Kind is DeviceKind.Router or DeviceKind.L3Switch;

    public InterfaceDescription? Find(string interfaceName) => Interfaces.FirstOrDefault(i => i.Name == interfaceName);
}

internal enum DeviceKind : byte { Switch, L3Switch, Router, Wlc }

/// <summary>The device as it tells about itself, without meaning for forwarding.</summary>
internal sealed record HardwareDescription
{
    public required string Vendor { get; init; }
    public required string Model { get; init; }
    public required string Serial { get; init; }
    public required string SoftwareType { get; init; }
    public required string SoftwareVersion { get; init; }
    public required string Description { get; init; }
    public required ObjectIdentifier ObjectId { get; init; }
    public required string Contact { get; init; }
    public required string Location { get; init; }
    public required int UptimeHours { get; init; }
    public required int CpuPercent { get; init; }
    public required int MemoryMiB { get; init; }
}

/// <summary>Which generations of a table the agent serves; the names are those of the file.</summary>
internal sealed record MibChoice(
    ImmutableArray<string> Routes, ImmutableArray<string> Addresses, ImmutableArray<string> Arp, ImmutableArray<string> Bridge,
    ImmutableArray<string> Load);

/// <param name="Via">Empty for a null route.</param>
internal sealed record StaticRouteDescription(string Path, Prefix To, ImmutableArray<Ipv4Address> Via, int Distance);

/// <param name="RedistributeStatic">Metric of type 2; null when static routes are not announced.</param>
internal sealed record OspfDescription(
    string Path, Ipv4Address RouterId, ImmutableArray<string> Passive, ImmutableArray<string> Exclude, int? RedistributeStatic,
    int? RedistributeConnected);

internal sealed record WlanDescription(string Path, int Id, string Ssid, string Interface);
