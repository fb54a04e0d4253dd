using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// The link states that one router has: the map by which every router of its areas forwards. It shows the routers that nobody manages, too.
/// Areas are apart: a router in several has a place in each.
/// </summary>
public sealed class OspfDatabase
{
    private readonly Dictionary<Ipv4Address, OspfArea> _areas = [];
    private readonly List<OspfExternal> _externals = [];

    internal OspfDatabase(ImmutableArray<OspfLinkState> states)
    {
        foreach (OspfLinkState state in states)
        {
            if (state.Type is 5) Add(state, null);
            else
            {
                if (!_areas.TryGetValue(state.Area, out OspfArea? area)) _areas.Add(state.Area, area = new OspfArea());
                if (state.Type is 1) area.Add(state.RouterId, OspfLinks.OfRouter(state.Body.AsSpan()));
                else if (state.Type is 2 && OspfLinks.OfNetwork(state.Body.AsSpan()) is { } network)
                    area.Add(state.LinkStateId, network.PrefixLength, network.Routers);
                else if (state.Type is 3 or 7) Add(state, area);
            }
        }

        void Add(OspfLinkState state, OspfArea? area)
        {
            if (OspfLinks.OfElsewhere(state.Body.AsSpan()) is not { } route) return;
            int rank = state.Type is 3 ? OspfExternal.Summary : route.IsType2 ? OspfExternal.Type2 : OspfExternal.Type1;
            Ipv4Address forwarding = state.Type is 3 ? default : route.Forwarding;
            _externals.Add(new OspfExternal(new Prefix(state.LinkStateId, route.PrefixLength), state.RouterId, rank, route.Metric, area,
                forwarding));
        }
    }

    public bool IsEmpty => _areas.Count == 0;

    /// <summary>The router that has an address on one of its links; null when the map shows none.</summary>
    public Ipv4Address? RouterWith(Ipv4Address address)
    {
        foreach (OspfArea area in _areas.Values)
            if (area.RouterWith(address) is { } router) return router;
        return null;
    }

    /// <summary>
    /// The shortest ways from a router to the destination; null when the map shows none, or the router routes it by something else.
    /// </summary>
    public OspfWays? Ways(Ipv4Address from, Ipv4Address destination)
    {
        OspfWays? best = null;
        foreach (OspfArea area in _areas.Values.Where(area => area.Has(from)))
        {
            OspfTree tree = area.Tree(from);
            foreach (OspfTarget target in area.Targets(destination)
                .Concat(Announced(area, destination).SelectMany(external => TargetsOf(external, area, tree))))
            {
                if (tree.CostTo(target.At) is not { } cost) continue;
                var way = new OspfWays(tree, [target.At], target.Prefix, target.Rank,
                    target.Rank == OspfExternal.Type2 ? target.Metric : cost + target.Metric, target.Rank == OspfExternal.Type2 ? cost : 0)
                {
                    Forwarding = target.Forwarding,
                };
                int compared = best is null ? -1 : way.CompareTo(best);
                if (compared < 0) best = way;
                else if (compared == 0 && best!.Tree == tree && best.Forwarding == way.Forwarding)
                    best = best with { Targets = best.Targets.Add(target.At) };
            }
        }
        return best;
    }

    private IEnumerable<OspfExternal> Announced(OspfArea area, Ipv4Address destination) =>
        _externals.Where(external => (external.Area is null || external.Area == area) && external.Prefix.Contains(destination));

    /// <summary>
    /// The announcing router; or where the packets for a forwarding address go, by the area's own networks first, else by a summary (RFC
    /// 2328 section 16.4 (3)). An advertisement whose forwarding address nobody announces is not used.
    /// </summary>
    private IEnumerable<OspfTarget> TargetsOf(OspfExternal external, OspfArea area, OspfTree tree)
    {
        if (external.Forwarding.IsUnspecified) return [external.Target];
        OspfTarget[] inside = Nearest([.. area.Targets(external.Forwarding)]);
        OspfTarget[] reached = inside.Length > 0
            ? inside : Nearest([.. Announced(area, external.Forwarding).Where(other => other.Rank == OspfExternal.Summary)
            .Select(other => other.Target)]);
        return reached.Select(target =>
        {
            Ipv4Address? owner = area.RouterWith(external.Forwarding);
            OspfVertex at = owner is { } router ? OspfVertex.Router(router) : target.At;
            // The cost of a stub or summary beyond the router is part of the way there. It decides among equals only when the metric is
            // type 2.
            int metric = external.Rank == OspfExternal.Type2 ? external.Metric : external.Metric + target.Metric;
            return new OspfTarget(at, external.Prefix, external.Rank,
                metric) { Forwarding = inside.Length > 0 && owner is null ? external.Forwarding : default };
        });

        OspfTarget[] Nearest(OspfTarget[] targets)
        {
            targets = [.. targets.Where(target => tree.CostTo(target.At) is not null)];
            if (targets.Length == 0) return targets;
            int longest = targets.Max(target => target.Prefix.Length);
            targets = [.. targets.Where(target => target.Prefix.Length == longest)];
            int least = targets.Min(target => tree.CostTo(target.At)!.Value + target.Metric);
            return [.. targets.Where(target => tree.CostTo(target.At)!.Value + target.Metric == least)];
        }
    }
}

/// <summary>A place at which a prefix is announced.</summary>
internal readonly record struct OspfTarget(OspfVertex At, Prefix Prefix, int Rank, int Metric)
{
    /// <summary>The address at <see cref="At"/> that the packets are sent to; default where the destination itself is there.</summary>
    public Ipv4Address Forwarding { get; init; }
}

internal sealed record OspfExternal(Prefix Prefix, Ipv4Address Router, int Rank, int Metric, OspfArea? Area, Ipv4Address Forwarding)
{
    /// <summary>The ranks of the kinds of path (RFC 2328 section 11): the lower number wins, whatever its cost.</summary>
    public const int Inside = 0, Summary = 1, Type1 = 2, Type2 = 3;

    public OspfTarget Target => new(OspfVertex.Router(Router), Prefix, Rank, Metric);
}

/// <summary>Equal shortest ways to the most specific prefix that contains a destination.</summary>
public sealed record OspfWays : IComparable<OspfWays>
{
    internal OspfWays(OspfTree tree, ImmutableArray<OspfVertex> targets, Prefix prefix, int rank, int cost, int innerCost) =>
        (Tree, Targets, Prefix, Rank, Cost, InnerCost) = (tree, targets, prefix, rank, cost, innerCost);

    internal OspfTree Tree { get; }
    internal ImmutableArray<OspfVertex> Targets { get; init; }
    internal int Rank { get; }
    internal int Cost { get; }
    internal int InnerCost { get; }

    /// <summary>As OSPF announces it.</summary>
    public Prefix Prefix { get; }

    /// <summary>
    /// The router without OSPF that takes the packets on the last network. Default: the destination itself is there, or behind the last
    /// router.
    /// </summary>
    public Ipv4Address Forwarding { get; internal init; }

    /// <summary>Follows all of them until <paramref name="isKnown"/> says of a router that it may end there.</summary>
    public IEnumerable<OspfArrival> Until(Predicate<Ipv4Address> isKnown) => Tree.Follow(Targets, isKnown);

    /// <inheritdoc/>
    public int CompareTo(OspfWays? other) =>
        other is null ? -1 : (-Prefix.Length, Rank, Cost, InnerCost)
        .CompareTo((-other.Prefix.Length, other.Rank, other.Cost, other.InnerCost));
}

/// <summary>The end of a way.</summary>
/// <param name="Router">Its router id; null when the destination is reached behind routers none of which is known.</param>
/// <param name="At">The router's own addresses on the links by which the way comes in.</param>
/// <param name="Hidden">The router ids passed, in order.</param>
public sealed record OspfArrival(Ipv4Address? Router, ImmutableArray<Ipv4Address> At, ImmutableArray<Ipv4Address> Hidden);
