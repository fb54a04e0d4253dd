using System.Collections.Immutable;

namespace Towpath.Simulator;

/// <summary>
/// A place in a broadcast domain: a VLAN of a switch (no port), or a VLAN (0: untagged) on a port of something that does not bridge.
/// </summary>
internal sealed class Attachment(Node node, int vlan, Port? port)
{
    public Node Node { get; } = node;
    public int Vlan { get; } = vlan;
    public Port? Port { get; } = port;
    public bool IsBridge => Port is null;
    public List<Wire> Wires { get; } = [];

    /// <summary>Number of the broadcast domain.</summary>
    public int Domain { get; set; } = -1;

    /// <summary>Set for switches' VLANs.</summary>
    public BridgeTree? Tree { get; set; }
}

/// <summary>What a cable carries between two attachments.</summary>
internal sealed record Wire(Attachment A, Port PortA, Attachment B, Port PortB)
{
    /// <summary>Spanning tree lets no frame through.</summary>
    public bool Blocked { get; set; }

    public Attachment Other(Attachment end) => end == A ? B : A;

    public Port PortAt(Attachment end) => end == A ? PortA : PortB;
}

/// <summary>A frame leaves one attachment and enters the next.</summary>
internal readonly record struct Crossing(Attachment From, Port FromPort, Attachment To, Port ToPort);

/// <summary>The broadcast domains of a network, spanning tree done. Ways through them are unique.</summary>
internal sealed class LayerTwo
{
    private readonly Dictionary<(Node Node, int Vlan), Attachment> _bridges = [];
    private readonly Dictionary<(Port Port, int Vlan), Attachment> _ends = [];

    public LayerTwo(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            foreach (Network.Vlan vlan in node.Device?.Vlans ?? [])
                _bridges.Add((node, vlan.Id.Value), new Attachment(node, vlan.Id.Value, null));
            if (node.Bridges) RoutedPorts(node.Ports.Where(p => p.Interface.IsRouted));
            else RoutedPorts(node.Ports);
        }
        foreach (Node node in nodes)
        {
            foreach (Port port in node.Ports) Connect(port);
        }
        NumberDomains();
        foreach (IGrouping<int, Attachment> domain in _bridges.Values.GroupBy(a => a.Domain)) SpanningTree.Compute([.. domain]);

        void RoutedPorts(IEnumerable<Port> ports)
        {
            foreach (Port port in ports)
            {
                foreach ((int _, int vlan) in Tags(port)) _ends.Add((port, vlan), new Attachment(port.Node, vlan, port));
            }
        }
    }

    public IEnumerable<Attachment> Bridges => _bridges.Values;

    public Attachment? Bridge(Node node, int vlan) => _bridges.GetValueOrDefault((node, vlan));

    public Attachment? End(Port port, int vlan) => _ends.GetValueOrDefault((port, vlan));

    /// <summary>
    /// The one way between two places; null when spanning tree and cables leave none. Empty when they are the same place.
    /// </summary>
    public static ImmutableArray<Crossing>? Way(Attachment from, Attachment to)
    {
        if (from == to) return [];
        if (from.Domain != to.Domain) return null;
        var cameBy = new Dictionary<Attachment, Crossing>();
        var open = new Queue<Attachment>([from]);
        while (open.TryDequeue(out Attachment? here))
        {
            if (here != from && !here.IsBridge) continue;
            foreach (Wire wire in here.Wires)
            {
                Attachment next = wire.Other(here);
                if (wire.Blocked || next == from || !cameBy.TryAdd(next, new Crossing(here, wire.PortAt(here), next, wire.PortAt(next))))
                    continue;
                if (next == to) return Unwind(cameBy, from, to);
                open.Enqueue(next);
            }
        }
        return null;
    }

    private static ImmutableArray<Crossing> Unwind(Dictionary<Attachment, Crossing> cameBy, Attachment from, Attachment to)
    {
        var way = new List<Crossing>();
        for (Attachment here = to; here != from; here = way[^1].From) way.Add(cameBy[here]);
        way.Reverse();
        return [.. way];
    }

    /// <summary>What the port sends: the tag on the wire (0: none) and the VLAN behind it.</summary>
    private static IEnumerable<(int Tag, int Vlan)> Tags(Port port)
    {
        InterfaceDescription i = port.Interface;
        if (i.IsRouted) return [(0, 0)];
        if (i.Access > 0) return [(0, i.Access)];
        return i.Trunk.Select(vlan => (vlan == i.Native ? 0 : vlan, vlan));
    }

    private Attachment? At(Port port, int vlan) => _ends.GetValueOrDefault((port, vlan)) ?? _bridges.GetValueOrDefault((port.Node, vlan));

    private void Connect(Port port)
    {
        // Each cable is seen from both ends; it is laid once.
        if (!port.Up || Order(port, port.Peer!) > 0) return;
        Dictionary<int, int> there = Tags(port.Peer!).ToDictionary(t => t.Tag, t => t.Vlan);
        foreach ((int tag, int vlan) in Tags(port))
        {
            if (!there.TryGetValue(tag, out int otherVlan) || At(port, vlan) is not { } a || At(port.Peer!, otherVlan) is not { } b)
                continue;
            var wire = new Wire(a, port, b, port.Peer!);
            a.Wires.Add(wire);
            if (a != b) b.Wires.Add(wire);
        }
    }

    private static int Order(Port a, Port b) =>
        (a.Node.Name, a.Interface.PhysicalNumber).CompareTo((b.Node.Name, b.Interface.PhysicalNumber));

    private void NumberDomains()
    {
        int domain = 0;
        foreach (Attachment first in _bridges.Values.Concat(_ends.Values))
        {
            if (first.Domain >= 0) continue;
            var open = new Stack<Attachment>([first]);
            first.Domain = domain;
            while (open.TryPop(out Attachment? here))
            {
                foreach (Wire wire in here.Wires)
                {
                    Attachment next = wire.Other(here);
                    if (next.Domain >= 0) continue;
                    next.Domain = domain;
                    open.Push(next);
                }
            }
            domain++;
        }
    }
}
