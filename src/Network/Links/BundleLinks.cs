namespace Towpath.Network;

/// <summary>
/// The links that frames cross. Forwarding databases, VLANs and spanning trees know a bundle as one port, announcements know its members.
/// The links between members of the same two bundles are one link between these, and the members' links are its wires.
/// </summary>
internal static class BundleLinks
{
    /// <summary>Every link from both its ends.</summary>
    public static IEnumerable<LinkEnd> Ends(IReadOnlyCollection<Link> links, Func<Port, Bundles> bundlesOf)
    {
        IEnumerable<Link> joined = links.GroupBy(link => (A: Logical(link.A), B: Logical(link.B)))
            .Select(same => same.Key == (same.First().A, same.First().B)
                ? same.First() : Over(same.Key.A, same.Key.B, [.. same], same.Select(link => new Wire(link.A, link.B))));
        var ends = joined.SelectMany(link => new[] { new LinkEnd(link.A, link.B, link), new LinkEnd(link.B, link.A, link) })
            .GroupBy(end => (end.Near, Far: end.Far.Device));
        return ends.SelectMany(IEnumerable<LinkEnd> (same) =>
            same.Skip(1).Any() && bundlesOf(same.Key.Near).Of(same.Key.Near.Interface) is not null
                ? [ToOneDevice(same.Key.Near, [.. same])] : same);

        Port Logical(Port port) => port with { Interface = bundlesOf(port).LogicalPort(port.Interface) };

        // The far device tells no bundle, or not on all its members: the one port that is known, else a port that is not known.
        LinkEnd ToOneDevice(Port near, LinkEnd[] same)
        {
            Port[] far = [.. same.Select(end => end.Far).Where(port => !port.Interface.IsNone).Distinct().Take(2)];
            Port known = far.Length == 1 ? far[0] : new Port(same[0].Far.Device, default);
            return new LinkEnd(near, known, Over(near, known, [.. same.Select(end => end.Link)], same.SelectMany(end => end.Wires)));
        }

        Link Over(Port near, Port far, Link[] members, IEnumerable<Wire> wires)
        {
            Link best = members.MinBy(member => member.Evidence)!;
            Wire[] all = [.. wires.Distinct().Order()], carrying = [.. all.Where(wire => Carries(wire.A) && Carries(wire.B))];
            return new Link(near, far, best.Evidence, best.Source) { Wires = [.. carrying.Length > 0 ? carrying : all] };
        }

        bool Carries(Port port) => bundlesOf(port).Carries(port.Interface);
    }
}
