using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>What the devices know from the frames that really passed: ARP, MAC tables, flow records, load of interfaces.</summary>
internal sealed class Learned
{
    private readonly Dictionary<Node, SortedDictionary<(int IfIndex, Ipv4Address Address), MacAddress>> _arp = [];
    private readonly Dictionary<Attachment, SortedDictionary<MacAddress, Port>> _fdb = [];
    private readonly Dictionary<Node, List<FlowRecord>> _flows = [];
    private readonly Dictionary<(Node, string), InterfaceLoad> _load = [];

    public Learned(Traffic traffic)
    {
        foreach (Trip trip in traffic.AllTrips) Learn(trip);
        foreach (RunningFlow flow in traffic.Flows)
        {
            foreach (RoutedHop hop in flow.Journey.Hops.Where(h => h.Node.Device!.TopTalkers > 0))
                Of(_flows, hop.Node).Add(new FlowRecord(flow.Key, hop.Ingress.Interface, hop.Egress.Interface, hop.NextHop,
                    flow.OctetsPerSecond));
            foreach (Trip trip in flow.Journey.Trips) Load(trip, flow.OctetsPerSecond);
        }
    }

    public IEnumerable<KeyValuePair<(int IfIndex, Ipv4Address Address), MacAddress>> Arp(Node node) => _arp.GetValueOrDefault(node) ?? [];

    /// <summary>MAC addresses that a switch has learned in one of its VLANs.</summary>
    public IEnumerable<KeyValuePair<MacAddress, Port>> Fdb(Attachment bridge) => _fdb.GetValueOrDefault(bridge) ?? [];

    /// <summary>The biggest first, as many as the device shows.</summary>
    public IEnumerable<FlowRecord> TopFlows(Node node) =>
        (_flows.GetValueOrDefault(node) ?? []).OrderByDescending(f => f.OctetsPerSecond).ThenBy(f => f.Key.Source)
            .ThenBy(f => f.Key.Destination).ThenBy(f => f.Key.SourcePort)
            .Take(node.Device!.TopTalkers);

    /// <summary>Octets per second that the flows bring over an interface.</summary>
    public InterfaceLoad LoadOf(Node node, InterfaceDescription i) => _load.GetValueOrDefault((node, i.Name));

    private void Learn(Trip trip)
    {
        Resolve(trip.From, trip.To, trip.ToAddress);
        if (trip.From.Addresses.FirstOrDefault(a => a.Subnet.Contains(trip.ToAddress)) is { Length: > 0 } sender)
            Resolve(trip.To, trip.From, sender.Address);
        foreach (Crossing crossing in trip.Crossings)
        {
            // The frame, and the answer to it that takes the same way back.
            if (crossing.To.IsBridge) Of(_fdb, crossing.To)[trip.From.Mac] = crossing.ToPort;
            if (crossing.From.IsBridge) Of(_fdb, crossing.From)[trip.To.Mac] = crossing.FromPort;
        }
    }

    private void Resolve(Station asker, Station owner, Ipv4Address address)
    {
        if (asker.Node.Device is not null) Of(_arp, asker.Node)[(asker.Interface.Index, address)] = owner.Mac;
    }

    private void Load(Trip trip, long octets)
    {
        // Virtual interfaces count what they route; physical ones what passes.
        if (!trip.From.Interface.IsPhysical) Add(trip.From.Node, trip.From.Interface, 0, octets);
        if (!trip.To.Interface.IsPhysical) Add(trip.To.Node, trip.To.Interface, octets, 0);
        foreach (Crossing crossing in trip.Crossings)
        {
            Add(crossing.FromPort.Node, crossing.FromPort.Interface, 0, octets);
            Add(crossing.ToPort.Node, crossing.ToPort.Interface, octets, 0);
        }
    }

    private void Add(Node node, InterfaceDescription i, long input, long output)
    {
        InterfaceLoad load = _load.GetValueOrDefault((node, i.Name));
        _load[(node, i.Name)] = new InterfaceLoad(load.Input + input, load.Output + output);
    }

    private static T Of<TKey, T>(Dictionary<TKey, T> all, TKey key)
        where TKey : notnull
        where T : new()
    {
        if (!all.TryGetValue(key, out T? one)) all.Add(key, one = new T());
        return one;
    }
}

/// <summary>One flow that a device forwarded.</summary>
internal sealed record FlowRecord(FiveTuple Key, InterfaceDescription Input, InterfaceDescription Output, Ipv4Address NextHop,
    long OctetsPerSecond);

/// <summary>Octets per second.</summary>
internal readonly record struct InterfaceLoad(long Input, long Output);
