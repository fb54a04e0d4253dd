using System.Globalization;

namespace Towpath.Network.Tests;

/// <summary>
/// Small networks by hand. Tables are what a test writes, no more: nothing is learned or routed by itself except connected prefixes.
/// </summary>
internal sealed class NetworkBuilder
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly List<DeviceBuilder> _devices = [];

    public DeviceBuilder Device(string name, string management)
    {
        var device = new DeviceBuilder(name, management, _devices.Count + 1);
        _devices.Add(device);
        return device;
    }

    public DeviceBuilder this[string name] => _devices.First(device => device.Name == name);

    /// <summary>Announces both ends to each other over LLDP: "r1:Gi0/1" to "r2:Gi0/2".</summary>
    public void Cable(string one, string other)
    {
        Announce(one, other);
        Announce(other, one);
    }

    /// <summary>Only <paramref name="at"/> hears of <paramref name="neighbor"/>.</summary>
    public void Announce(string at, string neighbor)
    {
        (DeviceBuilder near, string nearPort) = End(at);
        (DeviceBuilder far, string farPort) = End(neighbor);
        near.Hears(nearPort, far.Name, farPort);
    }

    public NetworkSnapshot Build() => NetworkSnapshot.Build(_devices.Select(device => device.Build()));

    /// <summary>The same network, found in another order: the devices have other ids, and nothing else is different.</summary>
    /// <param name="seed">Of the order.</param>
    public NetworkSnapshot Reordered(int seed)
    {
        int[] ids = [.. Enumerable.Range(1, _devices.Count)];
        if (seed == 0) Array.Reverse(ids);
        else new Random(seed).Shuffle(ids);
        return NetworkSnapshot.Build(_devices.Zip(ids, (device, id) => device.Build(id)).OrderByDescending(device => device.Id));
    }

    /// <summary>Every host and station name has a MAC of its own; a number gives the last octet.</summary>
    public static MacAddress Mac(int host) => MacAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"00:00:5e:00:53:{host:x2}"));

    private (DeviceBuilder, string) End(string text)
    {
        string[] parts = text.Split(':');
        return (this[parts[0]], parts[1]);
    }
}

internal sealed class DeviceBuilder(string name, string management, int number)
{
    private readonly List<Interface> _interfaces = [];
    private readonly Dictionary<string, IfIndex> _ports = [];
    private readonly List<InterfaceAddress> _addresses = [];
    private readonly List<Route> _routes = [];
    private readonly List<ArpEntry> _arp = [];
    private readonly List<FdbEntry> _fdb = [];
    private readonly List<StpPort> _stp = [];
    private readonly List<VlanMember> _members = [];
    private readonly List<LldpNeighbor> _lldp = [];
    private readonly List<CdpNeighbor> _cdp = [];
    private readonly List<AccessPoint> _accessPoints = [];
    private readonly List<WirelessStation> _stations = [];
    private readonly List<ControllerInterface> _controllerInterfaces = [];
    private readonly List<TopFlow> _flows = [];
    private readonly List<GatewayGroup> _groups = [];
    private readonly List<BundleMember> _bundleMembers = [];
    private readonly List<DhcpBinding> _leases = [];
    private readonly List<SubinterfaceTag> _tags = [];
    private readonly List<OspfLinkState> _linkStates = [];
    private Ipv4Address _routerId;
    private readonly List<TunnelInterface> _tunnels = [];
    private readonly List<VrfInterface> _vrfInterfaces = [];
    private readonly List<VrfRoute> _vrfRoutes = [];
    private readonly List<InterfaceStackEntry> _stack = [];
    private readonly List<TableReading> _readings = [];
    private readonly List<FilterRule> _rules = [];
    private DateTimeOffset _collectedAt = NetworkBuilder.Noon;
    private string? _unreachable;
    private (string Description, string ObjectId) _system = ("", "");
    private ChassisId? _chassis;
    private IpForwarding _forwarding;

    public string Name => name;

    /// <summary>Made at first mention.</summary>
    public IfIndex Port(string port)
    {
        if (_ports.TryGetValue(port, out IfIndex known)) return known;
        (string Prefix, int Type)[] types = [("Vlan", 53), ("Loop", 24), ("Tunnel", 131), ("Dialer", 23), ("", 6)];
        int type = types.First(kind => port.StartsWith(kind.Prefix, StringComparison.Ordinal)).Type;
        var made = new Interface
        {
            Index = new IfIndex(_interfaces.Count + 1),
            Name = port,
            Type = type,
            Mac = MacOf(_interfaces.Count + 1),
            AdminUp = true,
            OperUp = true,
            SpeedBitsPerSecond = 1_000_000_000,
            Mtu = 1500,
        };
        _interfaces.Add(made);
        _ports.Add(port, made.Index);
        return made.Index;
    }

    /// <summary>02:00:00:00:device:interface.</summary>
    public MacAddress MacOf(string port) => MacOf(Port(port).Value);

    /// <summary>Of an interface that has its address in common with those of other devices.</summary>
    public DeviceBuilder Shared(string port, MacAddress mac)
    {
        int at = (int)Port(port).Value - 1;
        _interfaces[at] = _interfaces[at] with { Mac = mac };
        return this;
    }

    /// <summary>What somebody wrote at the port (ifAlias).</summary>
    public DeviceBuilder Alias(string port, string alias)
    {
        int at = (int)Port(port).Value - 1;
        _interfaces[at] = _interfaces[at] with { Alias = alias };
        return this;
    }

    public DeviceBuilder Address(string port, string address)
    {
        string[] parts = address.Split('/');
        var own = new InterfaceAddress(Port(port), Ipv4Address.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture),
            InterfaceAddress.IpAddressTable);
        _addresses.Add(own);
        if (own.PrefixLength < 32)
            _routes.Add(new Route(own.Subnet, default, own.Interface, RouteKind.Local, RouteProtocol.Local, 0,
                Network.Route.InetCidrRouteTable));
        return this;
    }

    /// <param name="egress">Empty for a next hop that the table names no interface for.</param>
    public DeviceBuilder Route(string prefix, string nextHop, string egress, RouteProtocol protocol = RouteProtocol.Ospf, int metric = 10)
    {
        _routes.Add(new Route(Prefix.Parse(prefix), Ipv4Address.Parse(nextHop), egress.Length == 0 ? default : Port(egress),
            RouteKind.Remote, protocol, metric, Network.Route.InetCidrRouteTable));
        return this;
    }

    /// <summary>It shows its routes in ipRouteTable only, which keeps the given ones. To be called last.</summary>
    public DeviceBuilder OldRoutes() => RoutesFrom(Network.Route.IpRouteTable);

    /// <summary>Its routes were told by this source. To be called after them.</summary>
    public DeviceBuilder RoutesFrom(FactSource source)
    {
        for (int i = 0; i < _routes.Count; i++) _routes[i] = _routes[i] with { Source = source };
        return this;
    }

    /// <summary>Puts interfaces in a VRF: their subnets' routes go to its table. To be called after their addresses.</summary>
    public DeviceBuilder Vrf(string vrf, params string[] ports)
    {
        var name = new VrfName(vrf);
        foreach (IfIndex port in ports.Select(Port))
        {
            _vrfInterfaces.Add(new VrfInterface(name, port, VrfInterface.MplsL3VpnIfConfTable));
            _vrfRoutes.AddRange(_routes.Where(route => route.Egress == port)
                .Select(route => new VrfRoute(name, route with { Source = Network.VrfRoute.MplsL3VpnVrfRteTable })));
            _routes.RemoveAll(route => route.Egress == port);
        }
        return this;
    }

    /// <summary>A device that tells which interfaces are in a VRF, but not its routes.</summary>
    public DeviceBuilder Member(string vrf, params string[] ports)
    {
        Vrf(vrf, ports);
        _vrfRoutes.Clear();
        return this;
    }

    public DeviceBuilder VrfRoute(string vrf, string prefix, string nextHop, string egress, RouteProtocol protocol = RouteProtocol.NetMgmt)
    {
        _vrfRoutes.Add(new VrfRoute(new VrfName(vrf),
            new Route(Prefix.Parse(prefix), Ipv4Address.Parse(nextHop), egress.Length == 0 ? default : Port(egress), RouteKind.Remote,
            protocol, 0, Network.VrfRoute.MplsL3VpnVrfRteTable)));
        return this;
    }

    /// <summary>No route is told, not even those of its own subnets. To be called last.</summary>
    public DeviceBuilder WithoutRoutes()
    {
        _routes.Clear();
        return this;
    }

    /// <summary>How the reading of a table went; where none is noted the rows are what there is.</summary>
    /// <param name="context">A VLAN's, as <c>vlan-10</c>.</param>
    /// <param name="facts">Names of layouts, of a source that none of them lists.</param>
    public DeviceBuilder Read(FactSource source, ReadingOutcome outcome, string? reason = null, string context = "", string facts = "")
    {
        _readings.Add(new TableReading(source, context, outcome, 0, _collectedAt, reason) { Facts = facts });
        return this;
    }

    /// <summary>It answers no more.</summary>
    public DeviceBuilder Silent(string reason = "No SNMP answer.")
    {
        _unreachable = reason;
        return this;
    }

    public DeviceBuilder CollectedAt(DateTimeOffset time)
    {
        _collectedAt = time;
        return this;
    }

    public DeviceBuilder System(string description, string objectId = "")
    {
        _system = (description, objectId);
        return this;
    }

    /// <summary>ipForwarding.</summary>
    public DeviceBuilder Says(IpForwarding forwarding)
    {
        _forwarding = forwarding;
        return this;
    }

    public DeviceBuilder NullRoute(string prefix)
    {
        _routes.Add(new Route(Prefix.Parse(prefix), default, default, RouteKind.Blackhole, RouteProtocol.NetMgmt, 0,
            Network.Route.InetCidrRouteTable));
        return this;
    }

    public DeviceBuilder Shares(string port, string address, MacAddress mac, GatewayState state)
    {
        _groups.Add(new GatewayGroup(Port(port), 10, [Ipv4Address.Parse(address)], mac, state, default, GatewayGroup.CHsrpGrpTable));
        return this;
    }

    public DeviceBuilder Arp(string port, string address, MacAddress mac)
    {
        _arp.Add(new ArpEntry(Port(port), Ipv4Address.Parse(address), mac, ArpEntry.IpNetToPhysicalTable));
        return this;
    }

    public DeviceBuilder Fdb(int vlan, MacAddress mac, string port) => FdbRow(vlan, mac, port, FdbStatus.Learned);

    public DeviceBuilder FdbRow(int vlan, MacAddress mac, string port, FdbStatus status)
    {
        _fdb.Add(new FdbEntry(new VlanId((ushort)vlan), mac, Port(port), status, FdbEntry.Dot1qTpFdbTable));
        return this;
    }

    public DeviceBuilder Access(string port, int vlan)
    {
        _members.Add(new VlanMember(Port(port), new VlanId((ushort)vlan), [], VlanMember.Dot1qVlanCurrentTable));
        return this;
    }

    public DeviceBuilder Trunk(string port, params int[] vlans)
    {
        _members.Add(new VlanMember(Port(port), default, [.. vlans.Select(vlan => new VlanId((ushort)vlan))],
            VlanMember.VlanTrunkPortTable));
        return this;
    }

    /// <summary>A trunk that sends the frames of one VLAN without a tag.</summary>
    public DeviceBuilder Native(string port, int untagged, params int[] vlans)
    {
        _members.Add(new VlanMember(Port(port), new VlanId((ushort)untagged), [.. vlans.Select(vlan => new VlanId((ushort)vlan))],
            VlanMember.Dot1qVlanCurrentTable));
        return this;
    }

    /// <summary>Members that LACP has attached to the bundle.</summary>
    public DeviceBuilder Bundle(string bundle, params string[] members)
    {
        foreach (string member in members)
            _bundleMembers.Add(new BundleMember(Port(member), Port(bundle), BundleMember.Dot3adAggPortTable));
        return this;
    }

    /// <param name="remote">Empty for a tunnel with many ends.</param>
    /// <param name="encapsulation">IANAtunnelType: 2 IP in IP, 3 GRE.</param>
    public DeviceBuilder Tunnel(string port, string local, string remote, int encapsulation = 3)
    {
        _tunnels.Add(new TunnelInterface(Port(port), Ipv4Address.Parse(local), remote.Length == 0 ? default : Ipv4Address.Parse(remote),
            encapsulation));
        return this;
    }

    /// <summary>The next line of an interface's filter, in the order of the calls.</summary>
    /// <param name="what">Permit or deny, protocol, source, destination: <c>deny tcp 192.0.2.0/24 any:80</c>, <c>permit ip any
    /// any:8000-8080</c>.</param>
    public DeviceBuilder Rule(string port, FilterDirection direction, string what, string list = "FILTER")
    {
        string[] words = what.Split(' ');
        IfIndex at = Port(port);
        _rules.Add(new FilterRule(at, direction, list, 10 * (1 + _rules.Count(rule => rule.Interface == at && rule.Direction == direction)),
            words[0] == "permit")
        {
            Protocol = words[1] switch { "ip" => 0, "icmp" => 1, "tcp" => 6, "udp" => 17,
                var number => byte.Parse(number, CultureInfo.InvariantCulture) },
            Source = PrefixOf(words[2]),
            SourcePorts = PortsOf(words[2]),
            Destination = PrefixOf(words[3]),
            DestinationPorts = PortsOf(words[3]),
        });
        return this;

        static Prefix PrefixOf(string end) =>
            end.Split(':')[0] is var prefix && prefix == "any" ? default : Prefix.Parse(prefix.Contains('/') ? prefix : $"{prefix}/32");

        static PortRange PortsOf(string end)
        {
            if (end.Split(':') is not [_, var ports]) return PortRange.Any;
            ushort[] range = [.. ports.Split('-').Select(port => ushort.Parse(port, CultureInfo.InvariantCulture))];
            return new PortRange(range[0], range[^1]);
        }
    }

    public DeviceBuilder Ospf(string routerId, params IEnumerable<OspfLinkState> linkStates)
    {
        _routerId = Ipv4Address.Parse(routerId);
        _linkStates.AddRange(linkStates);
        return this;
    }

    public DeviceBuilder Lease(int vlan, MacAddress mac, string address, string port)
    {
        _leases.Add(new DhcpBinding(new VlanId((ushort)vlan), mac, Ipv4Address.Parse(address), Port(port)));
        return this;
    }

    /// <summary>A table tells the tag of a subinterface.</summary>
    public DeviceBuilder Tag(string port, string under, int vlan)
    {
        _tags.Add(new SubinterfaceTag(Port(port), Port(under), new VlanId((ushort)vlan)));
        return this;
    }

    public DeviceBuilder Stacked(string higher, params string[] lower)
    {
        foreach (string port in lower) _stack.Add(new InterfaceStackEntry(Port(higher), Port(port)));
        return this;
    }

    public DeviceBuilder Down(string port)
    {
        int at = (int)Port(port).Value - 1;
        _interfaces[at] = _interfaces[at] with { OperUp = false };
        return this;
    }

    public DeviceBuilder Stp(int vlan, string port, StpState state)
    {
        _stp.Add(new StpPort(new VlanId((ushort)vlan), Port(port), state));
        return this;
    }

    public DeviceBuilder Hears(string port, string system, string farPort)
    {
        _lldp.Add(new LldpNeighbor(Port(port), new ChassisId(7, system), new PortId(5, farPort), null, system, null, []));
        return this;
    }

    /// <summary>Its own chassis id, a MAC address.</summary>
    public DeviceBuilder Chassis(MacAddress mac)
    {
        _chassis = new ChassisId(0, mac.ToString());
        return this;
    }

    /// <summary>A neighbor that announces a MAC address as its chassis id.</summary>
    public DeviceBuilder HearsChassis(string port, MacAddress chassis, string? system, string farPort, params string[] addresses)
    {
        _lldp.Add(new LldpNeighbor(Port(port), new ChassisId(4, chassis.ToString()), new PortId(5, farPort), null, system, null,
            [.. addresses.Select(address => Ipv4Address.Parse(address))]));
        return this;
    }

    /// <summary>A neighbor that is told by its management address only.</summary>
    public DeviceBuilder HearsAddress(string port, string management)
    {
        _lldp.Add(new LldpNeighbor(Port(port), new ChassisId(7, "somebody"), new PortId(7, "somewhere"), null, null, null,
            [Ipv4Address.Parse(management)]));
        return this;
    }

    /// <summary>An end station, or something else that says what it is.</summary>
    /// <param name="chassis">An address or a MAC address.</param>
    public DeviceBuilder HearsStation(string port, string chassis, string portId, LldpCapabilities capabilities)
    {
        int subtype = MacAddress.TryParse(chassis, null, out _) ? 4 : 5;
        _lldp.Add(new LldpNeighbor(Port(port), new ChassisId(subtype, chassis), new PortId(3, portId), null, "station", null, [])
        {
            Capabilities = capabilities,
        });
        return this;
    }

    public DeviceBuilder HearsCdp(string port, string system, string farPort, uint capabilities, string address = "0.0.0.0")
    {
        _cdp.Add(new CdpNeighbor(Port(port), system, farPort, "", "", capabilities, Ipv4Address.Parse(address)));
        return this;
    }

    /// <summary>A router's record of a conversation from port 40000 to port 443.</summary>
    public DeviceBuilder Flow(string source, string destination, string input, string output, int protocol = 6, string nextHop = "0.0.0.0")
    {
        _flows.Add(new TopFlow(Ipv4Address.Parse(source), Ipv4Address.Parse(destination))
        {
            Protocol = protocol,
            SourcePort = 40000,
            DestinationPort = 443,
            Input = Port(input),
            Output = Port(output),
            NextHop = Ipv4Address.Parse(nextHop),
            Packets = 10,
            Octets = 1000,
        });
        return this;
    }

    public DeviceBuilder AccessPoint(string apName, string address, MacAddress ethernet, MacAddress radio)
    {
        _accessPoints.Add(new AccessPoint(radio, ethernet, apName, Ipv4Address.Parse(address), "AP", "S1", "8.0", ""));
        return this;
    }

    public DeviceBuilder ControllerInterface(string interfaceName, int vlan, string address, string port)
    {
        string[] parts = address.Split('/');
        var subnet = new Prefix(Ipv4Address.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture));
        _controllerInterfaces.Add(new ControllerInterface(interfaceName, new VlanId((ushort)vlan), MacOf(port), Ipv4Address.Parse(parts[0]),
            subnet.Mask, default, (int)Port(port).Value));
        return this;
    }

    public DeviceBuilder Station(MacAddress mac, string address, MacAddress radio, string interfaceName,
        DataSwitchedBy switched = DataSwitchedBy.NotTold)
    {
        _stations.Add(new WirelessStation(mac, Ipv4Address.Parse(address), "", radio, "staff", 1, interfaceName, true)
        {
            Switched = switched,
        });
        return this;
    }

    public NetworkDevice Build() => Build(number);

    /// <param name="id">In place of the device's number.</param>
    public NetworkDevice Build(int id) => new(new DeviceId(new Guid(id, 0, 0, new byte[8])), Ipv4Address.Parse(management),
        new DeviceSnapshot
    {
        Identity = new DeviceIdentity
        {
            SysName = name,
            SysDescr = _system.Description,
            SysObjectId = _system.ObjectId,
            OspfRouterId = _routerId,
            LldpChassisId = _chassis,
            IpForwarding = _forwarding,
        },
        CollectedAt = _collectedAt,
        Interfaces = [.. _interfaces],
        Addresses = [.. _addresses],
        Routes = [.. _routes],
        Arp = [.. _arp],
        Fdb = [.. _fdb],
        StpPorts = [.. _stp],
        VlanMembers = [.. _members],
        LldpNeighbors = [.. _lldp],
        CdpNeighbors = [.. _cdp],
        AccessPoints = [.. _accessPoints],
        WirelessStations = [.. _stations],
        ControllerInterfaces = [.. _controllerInterfaces],
        TopFlows = [.. _flows],
        GatewayGroups = [.. _groups],
        BundleMembers = [.. _bundleMembers],
        DhcpBindings = [.. _leases],
        SubinterfaceTags = [.. _tags],
        OspfLinkStates = [.. _linkStates],
        Tunnels = [.. _tunnels],
        VrfInterfaces = [.. _vrfInterfaces],
        VrfRoutes = [.. _vrfRoutes],
        InterfaceStack = [.. _stack],
        FilterRules = [.. _rules],
        Readings = [.. _readings],
    })
    {
        UnreachableReason = _unreachable,
    };

    private MacAddress MacOf(long index) => MacAddress.FromBits(0x0200_0000_0000UL | (uint)number << 8 | (uint)index);
}
