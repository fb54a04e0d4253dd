using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// All devices' current snapshots and the indexes over them. Immutable: a newer one replaces it whole, traces never lock.
/// </summary>
public sealed class NetworkSnapshot
{
    private static readonly TimeSpan s_arpLife = TimeSpan.FromHours(4); // as long as routers keep an unused entry
    private readonly SubinterfaceTags _tags;
    private readonly Dictionary<DeviceId, NetworkDevice> _devices;
    private readonly AddressIndex _addresses;
    private readonly SharedSegments _segments;
    private readonly EdgePorts _edgePorts;
    private readonly ILookup<Port, LinkEnd> _linksByPort;
    private readonly ILookup<DeviceId, LinkEnd> _linksByDevice;
    private readonly ILookup<Port, UnmanagedNeighbor> _unmanagedByPort;
    private readonly Dictionary<Ipv4Address, AttachedAccessPoint> _accessPointsByAddress = [];
    private readonly Dictionary<MacAddress, AttachedAccessPoint> _accessPointsByMac = [];
    private readonly Dictionary<Ipv4Address, NetworkHost> _hosts = [];
    private readonly Lazy<IReadOnlySet<Port>> _unmanagedNextHops;
    private readonly Lazy<IReadOnlySet<Ipv4Address>> _nextHops;
    private readonly Lazy<ILookup<Port, NetworkHost>> _hostsByPort;
    private readonly Lazy<ImmutableArray<DeviceId>> _overlayEnds;
    private readonly bool _anyVrf;
    private readonly Lazy<ILookup<Ipv4Address, DeviceId>> _byRouterId;

    private NetworkSnapshot(ImmutableArray<NetworkDevice> devices, int cores)
    {
        Devices = devices;
        var all = new ParallelOptions { MaxDegreeOfParallelism = cores };
        Parallel.ForEach(devices, all, static device => _ = device.Tables); // each is made once and kept with its snapshot
        _devices = devices.ToDictionary(device => device.Id);
        var order = new DeviceOrder(devices);
        InOrder = devices = order.Devices;
        _anyVrf = devices.Any(device => device.Tables.Vrfs.Any);

        var macs = new MacOwners(order);
        ((AddressIndex addresses, LearnedDevices learned), Announcements announcements) = SideBySide.Make(cores,
            () => (new AddressIndex(order, macs), new LearnedDevices(devices, macs)),
            () => new Announcements(devices, new DeviceDirectory(devices, macs)));
        (_addresses, Links) = (addresses, [.. LinkFinder.Find(devices, learned, announcements)]);
        LinkEnd[] ends = [.. BundleLinks.Ends(Links, port => _devices[port.Device].Tables.Bundles)
            .OrderBy(end => order.Rank(end.Near)).ThenBy(end => order.Rank(end.Far))];
        _linksByPort = ends.ToLookup(end => end.Near);
        _linksByDevice = ends.ToLookup(end => end.Near.Device);
        UnmanagedNeighbors = [.. announcements.Unmanaged];
        _unmanagedByPort = UnmanagedNeighbors.ToLookup(neighbor => Logical(neighbor.At));

        var linked = ends.Select(end => end.Near).Concat(Links.SelectMany(link => new[] { link.A, link.B })).ToHashSet();
        HashSet<Port> announced = [.. UnmanagedNeighbors.SelectMany(neighbor => new[] { neighbor.At, Logical(neighbor.At) })];
        HashSet<Port> better = [.. ends.Where(end => end.Link.Evidence != LinkEvidence.Fdb).Select(end => end.Near), .. announced,
            .. announcements.OfAccessPoints.Select(said => said.At)];
        _segments = new SharedSegments(devices, learned, Links, better, mac => _addresses.Owners(mac).Length > 0);
        linked.ExceptWith(_segments.Ports);
        _edgePorts = new EdgePorts(order, linked, new HashSet<Port>([.. announced, .. _segments.Ports]), announcements, cores);
        AccessPoints = AccessPointFinder.Find(devices, announcements, _edgePorts);
        foreach (AttachedAccessPoint accessPoint in AccessPoints)
        {
            if (!accessPoint.Facts.Address.IsUnspecified) _accessPointsByAddress.TryAdd(accessPoint.Facts.Address, accessPoint);
            foreach (MacAddress mac in (ReadOnlySpan<MacAddress>)[accessPoint.Facts.EthernetMac, accessPoint.Facts.BaseRadioMac])
                if (mac != default) _accessPointsByMac.TryAdd(mac, accessPoint);
        }
        _nextHops = new(() => devices.SelectMany(device => device.Tables.Exits).Select(exit => exit.NextHop).ToHashSet());
        _tags = new SubinterfaceTags(this);
        Hosts = HostFinder.Find(this, cores);
        _hostsByPort = new(() => Hosts.ToLookup(host => host.Attached));
        _hosts.EnsureCapacity(Hosts.Length);
        foreach (NetworkHost host in Hosts) _hosts.TryAdd(host.Address, host);
        _byRouterId = new(() => devices.Where(device => !device.Snapshot.Identity.OspfRouterId.IsUnspecified)
            .ToLookup(device => device.Snapshot.Identity.OspfRouterId, device => device.Id));
        _unmanagedNextHops = new(() => _addresses.PortsTowardUnowned(devices));
        _overlayEnds = new(() => [.. devices.Where(device => device.Tables is { Roles.HasOverlay: true, IsBridge: true })
            .Select(device => device.Id)]);
    }

    /// <summary>The same network in which some devices' states are others; its indexes are shared.</summary>
    private NetworkSnapshot(NetworkSnapshot other, IReadOnlyCollection<NetworkDevice> states)
    {
        _devices = new Dictionary<DeviceId, NetworkDevice>(other._devices);
        foreach (NetworkDevice state in states) _devices[state.Id] = state;
        Devices = [.. other.Devices.Select(device => _devices[device.Id])];
        InOrder = [.. other.InOrder.Select(device => _devices[device.Id])];
        (_addresses, _segments, _edgePorts, _anyVrf, Links) = (other._addresses, other._segments, other._edgePorts, other._anyVrf,
            other.Links);
        (_linksByPort, _linksByDevice, UnmanagedNeighbors, _unmanagedByPort) = (other._linksByPort, other._linksByDevice,
            other.UnmanagedNeighbors, other._unmanagedByPort);
        (AccessPoints, _accessPointsByAddress, _accessPointsByMac) = (other.AccessPoints, other._accessPointsByAddress,
            other._accessPointsByMac);
        (Hosts, _hosts, _unmanagedNextHops, _byRouterId) = (other.Hosts, other._hosts, other._unmanagedNextHops, other._byRouterId);
        (_overlayEnds, _nextHops, _hostsByPort, _tags) = (other._overlayEnds, other._nextHops, other._hostsByPort, other._tags);
    }

    public static NetworkSnapshot Empty { get; } = new([], cores: 1);

    /// <summary>With other <see cref="NetworkDevice.UnreachableReason"/>s. Costs no index: what the devices told is the same.</summary>
    /// <exception cref="ArgumentException">One is no device of this network, or has other facts here.</exception>
    public NetworkSnapshot With(params IReadOnlyCollection<NetworkDevice> states)
    {
        foreach (NetworkDevice state in states)
            if (!ReferenceEquals(Device(state.Id)?.Snapshot, state.Snapshot))
                throw new ArgumentException($"{state.Id} told other facts in this network.", nameof(states));
        return new(this, states);
    }

    /// <summary>Builds every index; the cost is linear in the number of facts.</summary>
    /// <param name="cores">So many work on it at most.</param>
    /// <exception cref="ArgumentException">Two devices have the same id.</exception>
    public static NetworkSnapshot Build(IEnumerable<NetworkDevice> devices, int cores = 1) =>
        new([.. devices.OrderBy(device => device.Id)], cores);

    /// <summary>By id.</summary>
    public ImmutableArray<NetworkDevice> Devices { get; }

    /// <summary>
    /// By name, then by management address: the order of answers, so that none depends on which device was found first. All lists below in
    /// which nothing else decides are in it.
    /// </summary>
    public ImmutableArray<NetworkDevice> InOrder { get; }

    /// <summary>
    /// Joined ports of managed devices, each member of a bundle for itself; see <see cref="LinkEvidence"/> for how they were found.
    /// </summary>
    public ImmutableArray<Link> Links { get; }

    /// <summary>Announced neighbors that are neither managed nor known access points.</summary>
    public ImmutableArray<UnmanagedNeighbor> UnmanagedNeighbors { get; }

    public ImmutableArray<AttachedAccessPoint> AccessPoints { get; }

    /// <summary>By address.</summary>
    public ImmutableArray<NetworkHost> Hosts { get; }

    /// <summary>The devices that bridge and have overlay ports (VXLAN).</summary>
    public ImmutableArray<NetworkDevice> OverlayEnds => [.. _overlayEnds.Value.Select(id => _devices[id])];

    /// <summary>Null when the device is not managed.</summary>
    public NetworkDevice? Device(DeviceId id) => _devices.TryGetValue(id, out NetworkDevice? found) ? found : null;

    /// <summary>Null when the device is not managed or lists no such interface.</summary>
    public Interface? Interface(DeviceId device, IfIndex index) => Device(device)?.Tables.Interface(index);

    /// <summary>
    /// The links of one port; a member has those of its bundle. There is more than one where several managed devices share a segment, or
    /// the two ends of a bundle are not one device each.
    /// </summary>
    public IEnumerable<LinkEnd> LinksAt(Port port) => _linksByPort[Logical(port)];

    /// <summary>The links of all ports of a device; a bundle's is one, whatever the number of its members.</summary>
    public IEnumerable<LinkEnd> LinksAt(DeviceId device) => _linksByDevice[device];

    /// <summary>
    /// The ports of other managed devices on a switch that nobody manages and that announces nothing, to which the port leads; none where
    /// no such switch is seen.
    /// </summary>
    public ImmutableArray<Port> BesideOnSegment(Port port) => _segments.Beside(port);

    /// <summary>The unmanaged neighbors that are announced on a port, or on any member of a bundle.</summary>
    public IEnumerable<UnmanagedNeighbor> UnmanagedAt(Port port) => _unmanagedByPort[Logical(port)];

    /// <summary>
    /// True when the port leads into a part of the network that forwards and that we do not see: a switch or router is announced that is
    /// not managed, or routes go to a next hop there that no managed device owns.
    /// </summary>
    public bool LeadsIntoUnmanaged(Port port) =>
        _unmanagedByPort[Logical(port)].Any(neighbor => neighbor.Forwards) || _unmanagedNextHops.Value.Contains(port);

    /// <summary>A managed device takes what the sender routes to this next hop: by its address, or by the MAC address behind it.</summary>
    public bool IsManaged(DeviceId sender, NextHop hop) => _addresses.IsManaged(_devices[sender], hop.Address, hop.Egress);

    /// <summary>Some device routes to it.</summary>
    public bool IsNextHop(Ipv4Address address) => _nextHops.Value.Contains(address);

    /// <summary>
    /// The port is a bundle whose members end on several devices, which are one to the device at this end: a pair that shares the bundle
    /// (vPC, VSX, MC-LAG, multi-chassis link aggregation of any maker).
    /// </summary>
    public bool LeadsToPair(Port port) => Device(port.Device)?.Tables.Bundles.Of(port.Interface) is { } bundle
        && LinksAt(port).Where(end => end.Wires.Any(wire => bundle.Members.Contains(wire.A.Interface)))
            .Select(end => end.Far.Device).Distinct().Skip(1).Any();

    /// <summary>The managed interfaces with this address, those that are up first.</summary>
    public ImmutableArray<AddressOwner> OwnersOf(Ipv4Address address) => _addresses.Owners(address);

    /// <summary>The managed devices with this MAC address on any interface.</summary>
    public ImmutableArray<DeviceId> OwnersOf(MacAddress mac) => _addresses.Owners(mac);

    /// <summary>
    /// The managed routed interfaces whose subnet (of more than one address) contains the address, the smallest subnets only.
    /// </summary>
    public ImmutableArray<AddressOwner> SubnetOwners(Ipv4Address address) => _addresses.SubnetOwners(address);

    /// <summary>Some managed interface that is up stands in a subnet inside of the prefix, or the prefix inside of the subnet.</summary>
    public bool HoldsSubnetIn(Prefix prefix) => _addresses.HoldsSubnetIn(prefix);

    /// <summary>
    /// The owners of an address that several VPNs may use, by the first rule that finds any:
    /// <list type="number">
    /// <item>the owners in a VRF of this name;</item>
    /// <item>asked from a VRF, the owners in the global table, since what hangs on a VRF has none itself;</item>
    /// <item>asked from the global table, all owners, since its neighbor may be in a VRF.</item>
    /// </list>
    /// One VRF never gets the owners of another.
    /// </summary>
    public ImmutableArray<AddressOwner> OwnersOf(Ipv4Address address, VrfName vrf)
    {
        ImmutableArray<AddressOwner> owners = _addresses.Owners(address);
        if (!_anyVrf) return owners;
        ImmutableArray<AddressOwner> same = [.. owners.Where(owner => VrfOf(owner.Port) == vrf)];
        if (same.Length > 0) return same;
        return vrf.IsGlobal ? owners : [.. owners.Where(owner => VrfOf(owner.Port) == Vrfs.Global)];
    }

    /// <summary>
    /// The owners of the smallest subnets that a VRF of this name has. All owners of the smallest subnets when it has none.
    /// </summary>
    public ImmutableArray<AddressOwner> SubnetOwners(Ipv4Address address, VrfName vrf) =>
        !_anyVrf ? _addresses.SubnetOwners(address) : _addresses.SubnetOwners(address, owner => VrfOf(owner.Port) == vrf);

    /// <summary>
    /// Another device that has the address in the same VRF, by an interface that is up, and that answers; null when none does.
    /// </summary>
    public AddressOwner? OwnerAgainst(AddressOwner owner)
    {
        foreach (AddressOwner other in OwnersOf(owner.Address.Address))
        {
            if (other.Device == owner.Device || !other.IsUp || _devices[other.Device].UnreachableReason is not null) continue;
            if (VrfOf(other.Port) == VrfOf(owner.Port)) return other;
        }
        return null;
    }

    /// <summary>The VRF that an interface is in, by its name on its device.</summary>
    public VrfName VrfOf(Port port) => Device(port.Device)?.Tables.Vrfs.Of(port.Interface) ?? Vrfs.Global;

    /// <summary>The addresses that some device has resolved.</summary>
    public IReadOnlyCollection<Ipv4Address> Resolved => _addresses.Resolved;

    /// <summary>
    /// The devices that have resolved the address. Devices that contradict each other stand with the one collected last first.
    /// </summary>
    public ImmutableArray<ArpSighting> ArpOf(Ipv4Address address) => _addresses.Arp(address);

    /// <summary>
    /// A row that gives the address another MAC in a VRF of this name, and that nothing makes the weaker one. Null when none does. A router
    /// that answers for others (proxy ARP) contradicts nobody, and neither does a device that answers no more, or one collected hours
    /// before the newest: entries age out by then.
    /// </summary>
    public ArpSighting? ArpAgainst(Ipv4Address address, MacAddress mac, VrfName vrf)
    {
        ImmutableArray<ArpSighting> seen = ArpOf(address);
        if (seen.IsEmpty || mac == default || OwnersOf(address).Length > 0) return null;
        foreach (ArpSighting other in seen)
        {
            if (other.Entry.Mac == mac || other.Entry.Mac == default || other.Entry.Mac.IsVirtualRouter
                || OwnersOf(other.Entry.Mac).Length > 0)
                continue;
            NetworkDevice device = _devices[other.Device];
            bool isOld = device.Snapshot.CollectedAt < seen.Max(one => _devices[one.Device].Snapshot.CollectedAt) - s_arpLife;
            if (device.UnreachableReason is null && !isOld && VrfOf(new Port(other.Device, other.Entry.Interface)) == vrf) return other;
        }
        return null;
    }

    /// <summary>The associated wireless station with this address; null when no controller lists one.</summary>
    public StationSighting? StationAt(Ipv4Address address) => _addresses.Station(address);

    /// <summary>The associated wireless station with this MAC; null when no controller lists one.</summary>
    public StationSighting? StationOf(MacAddress mac) => _addresses.Station(mac);

    /// <summary>
    /// The device with this OSPF router id, or, where no device tells it, with this address; null when that is none or several.
    /// </summary>
    public DeviceId? RouterOf(Ipv4Address routerId) => _byRouterId.Value[routerId].Take(2).ToArray() switch
    {
        [var only] => only,
        [] when OwnersOf(routerId, Vrfs.Global) is [var owner] => owner.Device,
        _ => null,
    };

    /// <summary>The lease of an address; null when no switch has seen one.</summary>
    public LeaseSighting? LeaseOf(Ipv4Address address) => _addresses.Lease(address);

    /// <summary>The routers' records of conversations from one address to another.</summary>
    public ImmutableArray<FlowSighting> FlowsBetween(Ipv4Address source, Ipv4Address destination) => _addresses.Flows(source, destination);

    /// <summary>The ports that may be the address's own, the likeliest first.</summary>
    public ImmutableArray<EdgePort> EdgePorts(MacAddress mac) => _edgePorts.Of(mac);

    /// <summary>
    /// The port where a host with this address most likely is: where the forwarding databases lead from <paramref name="from"/>, else the
    /// likeliest by rank.
    /// </summary>
    /// <param name="vlan">Default when not known.</param>
    public EdgePort? EdgePort(MacAddress mac, VlanId vlan, DeviceId from) => Whereabouts.Find(this, mac, vlan, from);

    /// <summary>
    /// The tag of the frames between a subinterface and a station: as a table tells it, else as the switch on the port has learned
    /// stations, else by the number in its name. Default for an interface that is no subinterface.
    /// </summary>
    /// <param name="station">Default when no table tells it.</param>
    public VlanId TagOf(DeviceId device, IfIndex subinterface, MacAddress station) =>
        _tags.Of(_devices[device], subinterface, station);

    /// <summary>Another port that may as well be that of a host which was found at <paramref name="at"/>; null when none may.</summary>
    /// <param name="vlan">Default when not known.</param>
    /// <param name="followed">A forwarding database that frames come by says so.</param>
    public Port? EdgeAgainst(MacAddress mac, VlanId vlan, Port at, bool followed) => Whereabouts.Against(this, mac, vlan, at, followed);

    /// <summary>
    /// The port of its access point, where that bridges the station's traffic by itself (FlexConnect local switching): the controller says
    /// so, or the port has learned the station, which traffic in a tunnel to the controller would not make it. Null where neither is.
    /// </summary>
    public EdgePort? SwitchedLocally(WirelessStation station)
    {
        if (station.Switched == DataSwitchedBy.Controller) return null;
        if (AccessPointOf(station.AccessPoint) is not { Attached: var attached } || attached == default) return null;
        foreach (EdgePort edge in EdgePorts(station.Mac))
            if (edge.At == attached) return edge;
        if (station.Switched != DataSwitchedBy.AccessPoint) return null;
        return new EdgePort(attached, VlanOfSubnet(station.Address), 1, WirelessStation.CldcClientTable);
    }

    /// <summary>The VLAN by which routers stand in the address's subnet; default where none tells.</summary>
    private VlanId VlanOfSubnet(Ipv4Address address)
    {
        foreach (AddressOwner owner in SubnetOwners(address))
        {
            InterfaceRoles roles = _devices[owner.Device].Tables.Roles;
            VlanId vlan = roles.IsSvi(owner.Address.Interface) ? roles.SviVlan(owner.Address.Interface)
                : roles.SubinterfaceVlan(owner.Address.Interface);
            if (!vlan.IsNone) return vlan;
        }
        return default;
    }

    /// <summary>A telephone that is listed as a host on the port where it announces itself, also where it bridges for a station.</summary>
    public bool IsHost(UnmanagedNeighbor neighbor) => neighbor.IsTelephone && _hostsByPort.Value[neighbor.At]
        .Any(host => host.Mac == neighbor.Mac && host.Mac != default || host.Address == neighbor.Address);

    public NetworkHost? HostAt(Ipv4Address address) => _hosts.GetValueOrDefault(address);

    public AttachedAccessPoint? AccessPointAt(Ipv4Address address) => _accessPointsByAddress.GetValueOrDefault(address);

    /// <summary>By Ethernet or base radio MAC.</summary>
    public AttachedAccessPoint? AccessPointOf(MacAddress mac) => _accessPointsByMac.GetValueOrDefault(mac);

    /// <summary>The bundle of a member port; else the port itself.</summary>
    private Port Logical(Port port) =>
        Device(port.Device) is { } device ? port with { Interface = device.Tables.Bundles.LogicalPort(port.Interface) } : port;
}
