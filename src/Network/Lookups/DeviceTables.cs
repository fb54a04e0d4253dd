using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Lookups over one device's snapshot. Its <see cref="NetworkDevice"/> keeps them, so that a new <see cref="NetworkSnapshot"/> pays only
/// for devices that changed. Safe for concurrent use.
/// </summary>
public sealed class DeviceTables
{
    private readonly DeviceSnapshot _snapshot;
    private readonly Dictionary<IfIndex, Interface> _interfaces;
    private readonly ILookup<MacAddress, IfIndex> _virtualMacs, _groupMacs;
    private readonly Dictionary<IfIndex, IfIndex> _subnetInterfaces;
    private readonly Dictionary<IfIndex, VlanMember> _vlanMembers;
    private readonly Dictionary<Ipv4Address, InterfaceAddress> _addresses = [];
    private readonly ArpRows _arp;
    private readonly Lazy<HashSet<(IfIndex Egress, RouteProtocol Protocol)>> _routedOut;
    private readonly Lazy<Fdb> _fdb;
    private readonly Lazy<OspfDatabase> _ospf;
    private readonly Lazy<ImmutableArray<RouteExit>> _exits;
    private readonly Lazy<string?> _policyKind;

    /// <param name="earlier">The lookups of the device as it was before. Those over tables that still are the same array are taken from
    /// it.</param>
    internal DeviceTables(DeviceSnapshot snapshot, DeviceTables? earlier)
    {
        _snapshot = snapshot;
        (_interfaces, _vlanMembers) = (new(snapshot.Interfaces.Length), new(snapshot.VlanMembers.Length));
        foreach (Interface i in snapshot.Interfaces) _interfaces.TryAdd(i.Index, i);
        _subnetInterfaces = VirtualGateway.SubnetInterfacesOf(snapshot);
        ActiveGateways = [.. VirtualGateway.ActiveOn(snapshot)];
        _virtualMacs = ActiveGateways.Where(gateway => gateway.Mac != default)
            .Select(gateway => (gateway.Mac, gateway.Address.Interface))
            .Concat(VirtualGateway.InterfacesOf(snapshot, _subnetInterfaces))
            .ToLookup(gateway => gateway.Mac, gateway => gateway.Interface);
        _groupMacs = snapshot.GatewayGroups.Where(group => group.VirtualMac != default && group.State != GatewayState.Inactive)
            .ToLookup(group => group.VirtualMac, group => group.Interface);
        foreach (VlanMember member in Network.VlanMember.Layout.ByPrecedence(snapshot)) _vlanMembers.TryAdd(member.Interface, member);
        _routedOut = earlier?.IsOf(snapshot, Route.Layout) == true
            ? earlier._routedOut : RoutedOut(snapshot.Routes);
        Vrfs = earlier?.IsOf(snapshot, Route.Layout, VrfRoute.Layout, VrfInterface.Layout, InterfaceAddress.Layout) == true
            && earlier._subnetInterfaces.SequenceEqual(_subnetInterfaces) ? earlier.Vrfs : new Vrfs(snapshot, _subnetInterfaces);
        foreach (InterfaceAddress address in InterfaceAddress.Layout.ByPrecedence(snapshot)) _addresses.TryAdd(address.Address, address);
        Names = new InterfaceNames(snapshot);
        Roles = new InterfaceRoles(snapshot, _interfaces, Names, _subnetInterfaces);
        _arp = new ArpRows(snapshot, Vrfs, Roles, _subnetInterfaces);
        Bundles = new Bundles(snapshot, _interfaces);
        Filters = new Filters(snapshot);
        IsController = snapshot.AccessPoints.Length > 0 || snapshot.ControllerInterfaces.Length > 0;
        ForwardsForNobody = snapshot.Identity.IpForwarding == IpForwarding.NotForwarding;
        _exits = earlier?.IsOf(snapshot, Route.Layout, VrfRoute.Layout) == true ? earlier._exits : new(() => RouteExit.Of(snapshot));
        _policyKind = new(() => PolicyDevices.KindOf(snapshot.Identity));
        _fdb = earlier?.IsOf(snapshot, FdbEntry.Layout) == true ? earlier._fdb : LearnedIn(snapshot.Fdb);
        _ospf = earlier?.IsOf(snapshot, OspfLinkState.Layout) == true
            ? earlier._ospf : Database(snapshot.OspfLinkStates);
        InterfaceAddress[] inSubnets = [.. _addresses.Values.Where(own => own.PrefixLength is > 0 and < 32 && !own.Address.IsLoopback)];
        int subnets = inSubnets.DistinctBy(own => own.Subnet).Take(2).Count();
        IsRouter = !IsController && !ForwardsForNobody && (subnets > 1
            || subnets + UnnumberedLinks.Of(this, inSubnets.Select(own => own.Interface)).Take(2).Count() > 1);
    }

    /// <summary>The table that forwards in the global VRF; see <see cref="Vrfs.Fib"/> for the others.</summary>
    public Fib Fib => Vrfs.Fib(Vrfs.Global);

    public Fdb Fdb => _fdb.Value;

    /// <summary>The link states that it has.</summary>
    public OspfDatabase Ospf => _ospf.Value;

    /// <summary>True when a route of the protocol leads out of the interface.</summary>
    public bool RoutesOut(IfIndex egress, RouteProtocol protocol) => _routedOut.Value.Contains((egress, protocol));

    /// <summary>The ways that its routes lead, each next hop once.</summary>
    internal ImmutableArray<RouteExit> Exits => _exits.Value;

    public InterfaceNames Names { get; }
    public InterfaceRoles Roles { get; }
    public Bundles Bundles { get; }
    public Filters Filters { get; }
    public Vrfs Vrfs { get; }

    /// <summary>The virtual addresses that it forwards for now: HSRP active, VRRP master.</summary>
    public ImmutableArray<VirtualGateway> ActiveGateways { get; }

    /// <summary>A wireless controller: it bridges tunnels to VLANs and routes for nobody.</summary>
    public bool IsController { get; }

    /// <summary>
    /// True when the device stands in at least two subnets or unnumbered links, is no wireless controller and does not deny that it
    /// forwards: a switch with one management address is a host of that subnet.
    /// </summary>
    public bool IsRouter { get; }

    /// <summary>
    /// The device says that it forwards no packets of others (ipForwarding 2): a server in two subnets, for instance.
    /// </summary>
    public bool ForwardsForNobody { get; }

    /// <summary>
    /// The kind of a device that filters, translates or routes by policy, for instance <c>Cisco ASA</c>; null for others.
    /// </summary>
    public string? PolicyKind => _policyKind.Value;

    public Interface? Interface(IfIndex index) => _interfaces.TryGetValue(index, out Interface? found) ? found : null;

    /// <summary>It tells the VLANs of its switch ports, so that a port without any is a routed one.</summary>
    public bool TellsVlans => _vlanMembers.Count > 0;

    /// <summary>It forwards frames: it serves a forwarding database or VLANs of ports.</summary>
    public bool IsBridge => _vlanMembers.Count > 0 || Fdb.Count > 0;

    /// <summary>The name people use, or <c>ifIndex N</c> for one that ifTable does not list.</summary>
    public string NameOf(IfIndex index) => Interface(index)?.Name ?? $"ifIndex {index}";

    /// <summary>
    /// The device takes frames for the address. It follows from a virtual router's number, so one that is active for the number in one VLAN
    /// is not so in others (RFC 5798 section 7.3, RFC 2281 section 4): there it bridges the frame.
    /// </summary>
    /// <param name="vlan">The frame's; default when it is not known.</param>
    public bool Owns(MacAddress mac, VlanId vlan) => OwnMacs.Contains(mac) || AnyIn(vlan, _virtualMacs[mac]);

    /// <summary>The device takes part in the group with this virtual address there, whether it is the active one or not.</summary>
    /// <param name="vlan">The frame's; default when it is not known.</param>
    public bool TakesPart(MacAddress mac, VlanId vlan) => AnyIn(vlan, _groupMacs[mac]);

    private bool AnyIn(VlanId vlan, IEnumerable<IfIndex> interfaces)
    {
        foreach (IfIndex on in interfaces)
        {
            VlanId routed = Roles.IsSvi(on) ? Roles.SviVlan(on) : Roles.SubinterfaceVlan(on);
            if (vlan.IsNone || routed.IsNone || routed == vlan) return true;
        }
        return false;
    }

    /// <summary>It tells MAC addresses of its interfaces at all.</summary>
    public bool TellsMacs => OwnMacs.Count > 0 || _virtualMacs.Count > 0;

    /// <summary>The own address as its row tells it; null when it is not the device's.</summary>
    public InterfaceAddress? Own(Ipv4Address address) => _addresses.TryGetValue(address, out InterfaceAddress found) ? found : null;

    /// <summary>The resolution of a neighbor's address on one interface.</summary>
    public ArpEntry? Arp(IfIndex on, Ipv4Address address) => _arp.On(on, address);

    /// <summary>The resolution of a neighbor's address on any interface of a VRF.</summary>
    public ArpEntry? Arp(VrfName vrf, Ipv4Address address) => _arp.In(vrf, address);

    /// <summary>
    /// True for a routed port with several resolved neighbors: a point-to-point link has one, so something there bridges.
    /// </summary>
    public bool HasSeveralNeighbors(IfIndex routedPort) => _arp.IsShared(routedPort) && !Roles.IsSvi(routedPort);

    /// <summary>Null when the port is no switch port, or the device does not tell.</summary>
    public VlanMember? VlanMember(IfIndex port) => _vlanMembers.TryGetValue(port, out VlanMember? found) ? found : null;

    /// <summary>The port's state in the VLAN's own tree, else in the only tree; null when the device does not tell.</summary>
    public StpState? Stp(VlanId vlan, IfIndex port) =>
        StpByPort.TryGetValue((vlan, port), out StpState state) || StpByPort.TryGetValue((default, port), out state) ? state : null;

    // A start waits for the lookups above. Those that only some traces ask are made when they are asked first, at worst by two at once.

    private HashSet<MacAddress> OwnMacs => field ??= OwnMacsOf(_snapshot);

    private Dictionary<(VlanId, IfIndex), StpState> StpByPort => field ??= MakeStpByPort();

    // What outlives its snapshot holds the one table that it is made of, not all.

    private static Lazy<HashSet<(IfIndex Egress, RouteProtocol Protocol)>> RoutedOut(ImmutableArray<Route> routes) =>
        new(() => [.. routes.Select(route => (route.Egress, route.Protocol))]);

    private static Lazy<Fdb> LearnedIn(ImmutableArray<FdbEntry> rows) => new(() => Fdb.Build(rows));

    private static Lazy<OspfDatabase> Database(ImmutableArray<OspfLinkState> states) => new(() => new OspfDatabase(states));

    private static HashSet<MacAddress> OwnMacsOf(DeviceSnapshot snapshot)
    {
        HashSet<MacAddress> own = [.. snapshot.Interfaces.Select(i => i.Mac).Where(mac => mac != default && !mac.IsVirtualRouter),
            .. snapshot.ControllerInterfaces.Select(i => i.Mac).Where(mac => mac != default)];
        if (snapshot.Identity.BridgeAddress is { } bridge) own.Add(bridge);
        return own;
    }

    private Dictionary<(VlanId, IfIndex), StpState> MakeStpByPort()
    {
        var states = new Dictionary<(VlanId, IfIndex), StpState>(_snapshot.StpPorts.Length);
        foreach (StpPort port in _snapshot.StpPorts)
        {
            // A port that is up and disabled in the tree takes no part in it, and forwards: so Alcatel-Lucent switches show uplinks without
            // spanning tree.
            if (port.State != StpState.Disabled || Interface(port.Interface) is not { OperUp: true })
                states.TryAdd((port.Vlan, port.Interface), port.State);
        }
        return states;
    }

    /// <summary>They are those of this snapshot: no lookup rests on flow records or on how the tables were read.</summary>
    internal bool IsOf(DeviceSnapshot snapshot) =>
        FactLayout.All.All(layout => layout == TopFlow.Layout || layout == TableReading.Layout || layout.IsSame(_snapshot, snapshot));

    private bool IsOf(DeviceSnapshot snapshot, params ReadOnlySpan<FactLayout> layouts)
    {
        foreach (FactLayout layout in layouts)
            if (!layout.IsSame(_snapshot, snapshot)) return false;
        return true;
    }
}
