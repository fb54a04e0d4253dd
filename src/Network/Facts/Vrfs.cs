namespace Towpath.Network;

/// <summary>A routing instance: mplsL3VpnVrfTable (MPLS-L3VPN-STD-MIB, RFC 4382) or cvVrfTable (CISCO-VRF-MIB).</summary>
/// <param name="RouteDistinguisher">As the device writes it, for instance <c>100.96.0.1:1</c>; empty when it has none or the table has no such column.</param>
public readonly record struct Vrf(string Name, string RouteDistinguisher, MibTable Table);

/// <summary>An interface belongs to a VRF: mplsL3VpnIfConfTable or cvVrfInterfaceTable. Interfaces without a row are in the global table.</summary>
public readonly record struct VrfInterface(string Vrf, IfIndex Interface, MibTable Table);

/// <summary>A route of a VRF: mplsL3VpnVrfRteTable. The global table is in <see cref="DeviceSnapshot.Routes"/>.</summary>
public readonly record struct VrfRoute(string Vrf, Route Route);
