using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Addresses and who owns, resolves, serves or forwards them. The device collected last is right where devices contradict each other, since
/// the other may have been dead for a month. Equally old ones stand in their order, whichever was found first.
/// </summary>
internal sealed class AddressIndex
{
    private readonly Dictionary<Ipv4Address, ImmutableArray<AddressOwner>> _owners;
    private readonly MacOwners _macs;
    private readonly Dictionary<Prefix, ImmutableArray<AddressOwner>> _subnets;
    private readonly int[] _subnetLengths; // longest first
    private readonly Dictionary<Ipv4Address, ImmutableArray<ArpSighting>> _arp;
    private readonly Dictionary<Ipv4Address, StationSighting> _stations = [];
    private readonly Dictionary<MacAddress, StationSighting> _stationMacs = [];
    private readonly Dictionary<Ipv4Address, LeaseSighting> _leases = [];
    private readonly Dictionary<(Ipv4Address, Ipv4Address), ImmutableArray<FlowSighting>> _flows;

    public AddressIndex(DeviceOrder order, MacOwners macs)
    {
        ImmutableArray<NetworkDevice> devices = order.Devices;
        var owners = new Grouping<Ipv4Address, AddressOwner>();
        var subnets = new Grouping<Prefix, AddressOwner>();
        var arp = new Grouping<Ipv4Address, ArpSighting>(devices.Sum(device => device.Snapshot.Arp.Length));
        var flows = new Grouping<(Ipv4Address, Ipv4Address), FlowSighting>();
        var collectedAt = devices.ToDictionary(device => device.Id, device => device.Snapshot.CollectedAt);
        foreach (NetworkDevice device in devices)
        {
            foreach (InterfaceAddress address in AddressesOf(device))
            {
                AddressOwner owner = new(device.Id, address, device.Tables.Interface(address.Interface) is not { OperUp: false });
                owners.Add(address.Address, owner);
                if (address.PrefixLength is > 0 and < 32 && owner.IsUp) subnets.Add(address.Subnet, owner);
            }
            foreach (VirtualGateway gateway in device.Tables.ActiveGateways)
            {
                bool isUp = device.Tables.Interface(gateway.Address.Interface) is not { OperUp: false };
                if (device.Tables.Own(gateway.Address.Address) is null)
                    owners.Add(gateway.Address.Address, new AddressOwner(device.Id, gateway.Address, isUp));
            }
            foreach (ArpEntry entry in device.Snapshot.Arp) arp.Add(entry.Address, new ArpSighting(device.Id, entry));
            foreach (TopFlow flow in device.Snapshot.TopFlows)
                flows.Add((flow.Source, flow.Destination), new FlowSighting(device.Id, flow));
        }
        foreach (NetworkDevice device in NewestFirst(devices))
        {
            foreach (WirelessStation station in device.Snapshot.WirelessStations)
            {
                if (!station.Associated) continue;
                if (!station.Address.IsUnspecified) _stations.TryAdd(station.Address, new StationSighting(device.Id, station));
                _stationMacs.TryAdd(station.Mac, new StationSighting(device.Id, station));
            }
            foreach (DhcpBinding lease in device.Snapshot.DhcpBindings) _leases.TryAdd(lease.Address, new LeaseSighting(device.Id, lease));
        }
        _owners = owners.Freeze(values => Array.Sort(values, (x, y) =>
            (y.IsUp, order.Rank(x.Port)).CompareTo((x.IsUp, order.Rank(y.Port)))));
        _arp = arp.Freeze(ByAge);
        (_macs, _subnets, _flows) = (macs, subnets.Freeze(), flows.Freeze());
        _subnetLengths = [.. _subnets.Keys.Select(subnet => subnet.Length).Distinct().OrderDescending()];

        // Rows that agree stay in the order of devices, so that a newer reading of one of them changes no answer.
        void ByAge(ArpSighting[] seen)
        {
            if (Array.TrueForAll(seen, other => other.Entry.Mac == seen[0].Entry.Mac)) return;
            ArpSighting[] sorted = [.. seen.OrderByDescending(one => collectedAt[one.Device])];
            sorted.CopyTo(seen, 0);
        }
    }

    /// <summary>The devices collected last first; those of one time as they stand.</summary>
    public static IEnumerable<NetworkDevice> NewestFirst(IEnumerable<NetworkDevice> devices) =>
        devices.OrderByDescending(device => device.Snapshot.CollectedAt);

    public ImmutableArray<AddressOwner> Owners(Ipv4Address address) => Get(_owners, address);
    public ImmutableArray<DeviceId> Owners(MacAddress mac) => _macs.Taking(mac);
    public ImmutableArray<ArpSighting> Arp(Ipv4Address address) => Get(_arp, address);
    public ImmutableArray<FlowSighting> Flows(Ipv4Address source, Ipv4Address destination) => Get(_flows, (source, destination));
    public IReadOnlyCollection<Ipv4Address> Resolved => _arp.Keys;
    public StationSighting? Station(Ipv4Address address) => _stations.TryGetValue(address, out StationSighting found) ? found : null;
    public LeaseSighting? Lease(Ipv4Address address) => _leases.TryGetValue(address, out LeaseSighting found) ? found : null;
    public StationSighting? Station(MacAddress mac) => _stationMacs.TryGetValue(mac, out StationSighting found) ? found : null;

    /// <summary>
    /// The owners of one of the subnets that contain the address: the smallest in which one of them has resolved it; else the smallest.
    /// </summary>
    public ImmutableArray<AddressOwner> SubnetOwners(Ipv4Address address) => SubnetOwners(address, static _ => true);

    /// <param name="isMeant">Subnets with no such owner are passed over; where none has one, all owners count.</param>
    public ImmutableArray<AddressOwner> SubnetOwners(Ipv4Address address, Predicate<AddressOwner> isMeant)
    {
        ImmutableArray<ArpSighting> seen = Arp(address);
        ImmutableArray<AddressOwner> smallest = [];
        bool isHeld = false;
        foreach (int length in _subnetLengths)
        {
            if (!_subnets.TryGetValue(new Prefix(address, length), out ImmutableArray<AddressOwner> owners)) continue;
            isHeld = true;
            ImmutableArray<AddressOwner> meant = owners.RemoveAll(owner => !isMeant(owner));
            if (meant.IsEmpty) continue;
            if (seen.IsEmpty || HaveResolved(meant, seen)) return meant;
            if (smallest.IsEmpty) smallest = meant;
        }
        return smallest.IsEmpty && isHeld ? SubnetOwners(address) : smallest;
    }

    private static bool HaveResolved(ImmutableArray<AddressOwner> owners, ImmutableArray<ArpSighting> seen)
    {
        foreach (AddressOwner owner in owners)
            foreach (ArpSighting sighting in seen)
                if (sighting.Device == owner.Device && sighting.Entry.Interface == owner.Address.Interface) return true;
        return false;
    }

    public bool HoldsSubnetIn(Prefix prefix) =>
        _subnets.Keys.Any(subnet => prefix.Contains(subnet.Network) || subnet.Contains(prefix.Network));

    /// <summary>
    /// A managed device has the next hop's address, or the MAC address that the sender has resolved it to: links without addresses of their
    /// own use the same next hops everywhere (BGP unnumbered).
    /// </summary>
    public bool IsManaged(NetworkDevice sender, Ipv4Address nextHop, IfIndex egress) => _owners.ContainsKey(nextHop)
        || sender.Tables.Arp(egress, nextHop) is { } resolved && resolved.Mac != default && !_macs.Taking(resolved.Mac).IsEmpty;

    /// <summary>The ports by which some route leaves to an address that no managed device owns.</summary>
    public IReadOnlySet<Port> PortsTowardUnowned(ImmutableArray<NetworkDevice> devices)
    {
        var ports = new HashSet<Port>();
        foreach (NetworkDevice device in devices)
            foreach (RouteExit exit in device.Tables.Exits)
            {
                if (exit.NextHop.IsUnspecified || exit.Egress.IsNone || !exit.IsRemote || IsManaged(device, exit.NextHop, exit.Egress))
                    continue;
                ports.Add(new Port(device.Id, exit.Egress));
                ports.Add(new Port(device.Id, device.Tables.Roles.PortUnder(exit.Egress)));
            }
        return ports;
    }

    /// <summary>
    /// A controller's interfaces may be missing from its address table, and so may the address that we reach the device by.
    /// </summary>
    private static IEnumerable<InterfaceAddress> AddressesOf(NetworkDevice device)
    {
        var known = new HashSet<Ipv4Address>();
        foreach (InterfaceAddress address in device.Snapshot.Addresses)
        {
            if (address.Address.IsUnspecified || address.Address.IsLoopback) continue;
            known.Add(address.Address);
            yield return address;
        }
        InterfaceAddress[] ofController = [.. device.Snapshot.ControllerInterfaces
            .Where(i => !i.Address.IsUnspecified && !known.Contains(i.Address) && Prefix.TryFromMask(i.Address, i.Mask, out _))
            .Select(i => new InterfaceAddress(device.Tables.Names.Find(i.Name) ?? default, i.Address,
                System.Numerics.BitOperations.PopCount(i.Mask.Bits), ControllerInterface.AgentInterfaceConfigTable))];
        foreach (InterfaceAddress address in ofController)
        {
            known.Add(address.Address);
            yield return address;
        }
        if (!known.Contains(device.ManagementAddress))
            yield return new InterfaceAddress(default, device.ManagementAddress, 32, FactSource.None);
    }

    private static ImmutableArray<TValue> Get<TKey, TValue>(Dictionary<TKey, ImmutableArray<TValue>> index,
        TKey key) where TKey : notnull =>
        index.TryGetValue(key, out ImmutableArray<TValue> values) ? values : [];
}
