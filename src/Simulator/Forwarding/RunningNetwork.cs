using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>A description brought to life: cables up, trees computed, routes installed. Immutable once built.</summary>
internal sealed class RunningNetwork
{
    private readonly Dictionary<(int Domain, Ipv4Address Address), Station> _byAddress = [];
    private readonly Dictionary<string, Node> _byName;

    public RunningNetwork(NetworkDescription description)
    {
        Description = description;
        Nodes = [.. description.Devices.Select(d => new Node(d)), .. description.AccessPoints.Select(a => new Node(a)),
            .. description.Hosts.Select(h => new Node(h))];
        _byName = Nodes.ToDictionary(n => n.Name);
        foreach (CableDescription cable in description.Cables)
        {
            Port a = PortAt(cable.A);
            Port b = PortAt(cable.B);
            (a.Peer, b.Peer) = (b, a);
        }
        LayerTwo = new LayerTwo(Nodes);
        foreach (Node node in Nodes) AddStations(node);
        Ospf = new Ospf(Nodes.Where(n => n.Device?.Ospf is not null));
        Routes = RoutingTables.Compute(Nodes, Ospf);
    }

    public NetworkDescription Description { get; }

    /// <summary>In the order of the description: devices, access points, hosts.</summary>
    public ImmutableArray<Node> Nodes { get; }

    public LayerTwo LayerTwo { get; }

    public Ospf Ospf { get; }

    /// <summary>The routes of every device; a switch or controller has its subnets and its gateway.</summary>
    public Dictionary<Node, RoutingTable> Routes { get; }

    public Node this[string name] => _byName[name];

    /// <summary>The station that answers for an address in a broadcast domain; null when none does.</summary>
    public Station? Owner(Attachment attachment, Ipv4Address address) => _byAddress.GetValueOrDefault((attachment.Domain, address));

    private Port PortAt(CableEnd end) => _byName[end.Node].Ports.First(p => p.Interface.Name == end.Interface);

    private void AddStations(Node node)
    {
        foreach (InterfaceDescription i in node.Device?.Interfaces ?? [])
        {
            if (i.IsPhysical && i.Addresses.Length == 0) continue;
            Attachment? attachment = AttachmentOf(node, i);
            Add(new Station(node, i, attachment, attachment is not null || (i.IsLoopback && !i.Shutdown)));
        }
        if (node.Device is null)
        {
            Port port = node.Ports[0];
            Attachment? attachment = node.Host is { IsWireless: true } wireless ? AttachmentAtController(wireless)
                : port.Up ? LayerTwo.End(port, 0) : null;
            Add(new Station(node, port.Interface, attachment, attachment is not null));
        }
    }

    private void Add(Station station)
    {
        station.Node.Stations.Add(station);
        if (station.Attachment is not { } attachment) return;
        foreach (SubnetAddress address in station.Addresses) _byAddress.Add((attachment.Domain, address.Address), station);
    }

    /// <summary>Null for a loopback and for an interface that is down.</summary>
    private Attachment? AttachmentOf(Node node, InterfaceDescription i)
    {
        if (i.Shutdown || i.IsLoopback) return null;
        if (i.IsPhysical) return node.Ports.First(p => p.Interface == i) is { Up: true } port ? LayerTwo.End(port, 0) : null;
        Port? carrier = node.Ports.FirstOrDefault(p => p.Up && p.Interface.Vlans.Contains(i.Svi));
        return carrier is null ? null : node.Bridges ? LayerTwo.Bridge(node, i.Svi) : LayerTwo.End(carrier, i.Svi);
    }

    private Attachment? AttachmentAtController(HostDescription host)
    {
        AccessPointDescription accessPoint = Description.AccessPoints.First(a => a.Name == host.AccessPoint);
        Node controller = _byName[accessPoint.Controller];
        InterfaceDescription i = controller.Device!.Find(controller.Device.Wlans.First(w => w.Id == host.Wlan).Interface)!;
        return AttachmentOf(controller, i);
    }
}
