using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>A router by its id, or a transit network by its designated router's address.</summary>
internal readonly record struct OspfVertex(bool IsNetwork, Ipv4Address Id)
{
    public static OspfVertex Router(Ipv4Address id) => new(false, id);
    public static OspfVertex Network(Ipv4Address id) => new(true, id);
}

/// <summary>The routers and transit networks of one area.</summary>
internal sealed class OspfArea
{
    private readonly Dictionary<Ipv4Address, ImmutableArray<OspfLink>> _routers = [];
    private readonly Dictionary<Ipv4Address, (int PrefixLength, ImmutableArray<Ipv4Address> Routers)> _networks = [];
    private readonly Dictionary<Ipv4Address, Ipv4Address> _routerByAddress = [];
    private readonly Dictionary<Ipv4Address, OspfTree> _trees = [];

    public void Add(Ipv4Address router, ImmutableArray<OspfLink> links)
    {
        _routers[router] = links;
        foreach (OspfLink link in links)
            if (link.Type is OspfLinkType.PointToPoint or OspfLinkType.Transit) _routerByAddress[link.Data] = router;
    }

    public void Add(Ipv4Address designated, int prefixLength, ImmutableArray<Ipv4Address> routers) =>
        _networks[designated] = (prefixLength, routers);

    public bool Has(Ipv4Address router) => _routers.ContainsKey(router);

    public Ipv4Address? RouterWith(Ipv4Address address) => _routerByAddress.TryGetValue(address, out Ipv4Address router) ? router : null;

    public ImmutableArray<OspfLink> LinksOf(Ipv4Address router) => _routers.GetValueOrDefault(router, []);

    /// <summary>The networks of this area that contain the destination.</summary>
    public IEnumerable<OspfTarget> Targets(Ipv4Address destination)
    {
        foreach ((Ipv4Address router, ImmutableArray<OspfLink> links) in _routers)
            foreach (OspfLink link in links)
                if (link.Type == OspfLinkType.Stub && OspfLinks.PrefixLengthOf(link.Data) is { } length
                    && new Prefix(link.Id, length) is var stub && stub.Contains(destination))
                    yield return new OspfTarget(OspfVertex.Router(router), stub, OspfExternal.Inside, link.Metric);
        foreach ((Ipv4Address designated, (int length, _)) in _networks)
            if (new Prefix(designated, length) is var transit && transit.Contains(destination))
                yield return new OspfTarget(OspfVertex.Network(designated), transit, OspfExternal.Inside, 0);
    }

    /// <summary>Both ends of a link must tell it (RFC 2328 section 16.1).</summary>
    public IEnumerable<(OspfVertex To, int Metric)> From(OspfVertex vertex)
    {
        if (vertex.IsNetwork)
        {
            foreach (Ipv4Address router in _networks.TryGetValue(vertex.Id, out var network) ? network.Routers : [])
                if (LinksOf(router).Any(link => link.Type == OspfLinkType.Transit && link.Id == vertex.Id))
                    yield return (OspfVertex.Router(router), 0);
            yield break;
        }
        foreach (OspfLink link in LinksOf(vertex.Id))
        {
            if (link.Type == OspfLinkType.PointToPoint && LinksOf(link.Id)
                .Any(back => back.Type == OspfLinkType.PointToPoint && back.Id == vertex.Id))
                yield return (OspfVertex.Router(link.Id), link.Metric);
            else if (link.Type == OspfLinkType.Transit && _networks.TryGetValue(link.Id, out var network)
                && network.Routers.Contains(vertex.Id))
                yield return (OspfVertex.Network(link.Id), link.Metric);
        }
    }

    /// <summary>Made once a root, and kept: many traces leave into the same gap.</summary>
    public OspfTree Tree(Ipv4Address root)
    {
        lock (_trees)
        {
            if (!_trees.TryGetValue(root, out OspfTree? tree)) _trees.Add(root, tree = new OspfTree(this, root));
            return tree;
        }
    }
}
