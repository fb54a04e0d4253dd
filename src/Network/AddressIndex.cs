using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>Addresses and who owns, resolves, serves or forwards them.</summary>
internal sealed class AddressIndex
{
    private readonly Dictionary<Ipv4Address, List<AddressOwner>> _owners = [];
    private readonly Dictionary<MacAddress, List<DeviceId>> _macs = [];
    private readonly Dictionary<Prefix, List<AddressOwner>> _subnets = [];
    private readonly int[] _subnetLengths; // longest first
    private readonly Dictionary<Ipv4Address, List<ArpSighting>> _arp = [];
    private readonly Dictionary<Ipv4Address, StationSighting> _stations = [];
    private readonly Dictionary<MacAddress, StationSighting> _stationMacs = [];
    private readonly Dictionary<(Ipv4Address, Ipv4Address), List<FlowSighting>> _flows = [];

    public AddressIndex(ImmutableArray<NetworkDevice> devices)
    {
        foreach (NetworkDevice device in devices)
        {
            foreach (InterfaceAddress address in AddressesOf(device))
            {
                AddressOwner owner = new(device.Id, address, device.Tables.Interface(address.Interface) is not { OperUp: false });
                Add(_owners, address.Address, owner);
                if (address.PrefixLength is > 0 and < 32 && owner.IsUp) Add(_subnets, address.Subnet, owner);
            }
            foreach (MacAddress mac in DeviceDirectory.MacsOf(device.Snapshot)) Add(_macs, mac, device.Id);
            foreach (ArpEntry entry in device.Snapshot.Arp) Add(_arp, entry.Address, new ArpSighting(device.Id, entry));
            foreach (WirelessStation station in device.Snapshot.WirelessStations)
            {
                if (!station.Associated) continue;
                if (!station.Address.IsUnspecified) _stations.TryAdd(station.Address, new StationSighting(device.Id, station));
                _stationMacs.TryAdd(station.Mac, new StationSighting(device.Id, station));
            }
            foreach (TopFlow flow in device.Snapshot.TopFlows) Add(_flows, (flow.Source, flow.Destination), new FlowSighting(device.Id, flow));
        }
        _subnetLengths = [.. _subnets.Keys.Select(subnet => subnet.Length).Distinct().OrderDescending()];
        foreach (List<AddressOwner> owners in _owners.Values)
            if (owners.Count > 1) owners.Sort(static (x, y) => (y.IsUp, x.Port).CompareTo((x.IsUp, y.Port)));
    }

    public ImmutableArray<AddressOwner> Owners(Ipv4Address address) => Get(_owners, address);
    public ImmutableArray<DeviceId> Owners(MacAddress mac) => Get(_macs, mac);
    public ImmutableArray<ArpSighting> Arp(Ipv4Address address) => Get(_arp, address);
    public ImmutableArray<FlowSighting> Flows(Ipv4Address source, Ipv4Address destination) => Get(_flows, (source, destination));
    public StationSighting? Station(Ipv4Address address) => _stations.TryGetValue(address, out StationSighting found) ? found : null;
    public StationSighting? Station(MacAddress mac) => _stationMacs.TryGetValue(mac, out StationSighting found) ? found : null;

    public ImmutableArray<AddressOwner> SubnetOwners(Ipv4Address address)
    {
        foreach (int length in _subnetLengths)
            if (_subnets.TryGetValue(new Prefix(address, length), out List<AddressOwner>? owners)) return [.. owners];
        return [];
    }

    /// <summary>The ports by which some route leaves to an address that no managed device owns.</summary>
    public IReadOnlySet<Port> PortsTowardUnowned(ImmutableArray<NetworkDevice> devices)
    {
        var ports = new HashSet<Port>();
        foreach (NetworkDevice device in devices)
            foreach (Route route in device.Snapshot.Routes)
            {
                if (route.NextHop.IsUnspecified || route.Egress.IsNone || route.Kind != RouteKind.Remote || _owners.ContainsKey(route.NextHop)) continue;
                ports.Add(new Port(device.Id, route.Egress));
                ports.Add(new Port(device.Id, device.Tables.Roles.PortUnder(route.Egress)));
            }
        return ports;
    }

    /// <summary>A controller's interfaces may be missing from its address table, and so may the address that we reach the device by.</summary>
    private static InterfaceAddress[] AddressesOf(NetworkDevice device)
    {
        var known = device.Snapshot.Addresses.Where(address => !address.Address.IsUnspecified && !address.Address.IsLoopback).ToArray();
        IEnumerable<InterfaceAddress> ofController = device.Snapshot.ControllerInterfaces
            .Where(i => !i.Address.IsUnspecified && !known.Any(address => address.Address == i.Address) && Prefix.TryFromMask(i.Address, i.Mask, out _))
            .Select(i => new InterfaceAddress(device.Tables.Names.Find(i.Name) ?? default, i.Address, System.Numerics.BitOperations.PopCount(i.Mask.Bits), MibTable.AgentInterfaceConfigTable));
        InterfaceAddress[] all = [.. known, .. ofController];
        return all.Any(address => address.Address == device.ManagementAddress) ? all
            : [.. all, new InterfaceAddress(default, device.ManagementAddress, 32, MibTable.None)];
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> index, TKey key, TValue value) where TKey : notnull
    {
        if (index.TryGetValue(key, out List<TValue>? values)) values.Add(value);
        else index.Add(key, [value]);
    }

    private static ImmutableArray<TValue> Get<TKey, TValue>(Dictionary<TKey, List<TValue>> index, TKey key) where TKey : notnull =>
        index.TryGetValue(key, out List<TValue>? values) ? [.. values] : [];
}
