using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// The packet leaves what is managed. The trace resumes at the first of these that is known:
/// <list type="number">
/// <item>the place that the near side's own tables tell;</item>
/// <item>the router whose flow record has seen the packet come in;</item>
/// <item>the router to which the link states of OSPF let it out;</item>
/// <item>the router that delivers the destination and sends its answers into something unmanaged.</item>
/// </list>
/// Several routers of rule 2 or 4 are guesses, and the trace ends before them; it ends here also when no rule finds any. A router that
/// would send the packet out of the port it came by is never one of them.
/// </summary>
/// <param name="resumes">False: only where the near side's own tables say.</param>
internal sealed class GapStep(NetworkSnapshot network, Flow flow, Facts facts, Ports ports, WayIn wayIn, WayOut wayOut, bool resumes)
{
    private readonly DestinationAnchors _anchors = new(network, new WayBack(network, facts, ports));
    private readonly HiddenRouters _hidden = new(network);

    /// <param name="passed">Devices that have routed the packet already: a resume there would be a loop that no fact shows.</param>
    public IEnumerable<Move> Next(Stop.Gap gap, IReadOnlyList<DeviceId> passed)
    {
        if (gap.Beyond is { } beyond) return [beyond];
        if (!resumes) return [new End(new Ending.Unknown(gap.From, gap.Why))];
        ImmutableArray<FlowSighting> seen = BehindThisGap(gap, passed);
        if (seen.Length > 0)
            return Resume(gap, [.. seen.Select(record => record.Device)],
                [.. seen.Select(record => ByFlowRecord(gap.Packet, record, seen.Length))]);
        if (_hidden.Beyond(gap, passed) is { IsEmpty: false } ways) return ways.Select(way => ByLinkStates(gap, way, ways.Length));
        ImmutableArray<Anchor> anchors = _anchors.For(gap, passed);
        if (anchors.Length > 0)
            return Resume(gap, [.. anchors.Select(anchor => anchor.Device)],
                [.. anchors.Select(anchor => ByAnchor(gap.Packet, anchor, anchors.Length))]);
        return [new End(wayOut.Of(gap, passed) as Ending ?? new Ending.Unknown(gap.From, gap.Why))];
    }

    /// <summary>A single way is followed. Several ways end the trace here, and each stands in the graph.</summary>
    private IEnumerable<Move> Resume(Stop.Gap gap, ImmutableArray<DeviceId> at, ImmutableArray<Step> ways)
    {
        if (ways.Length == 1) return ways;
        string names = string.Join(" or ", at.Select(device => network.Device(device)!.Name).Distinct());
        return Guesses.Of(gap.From, $"{gap.Why} Beyond it the packet may come to {names}: collect flow records (top talkers) there.", ways);
    }

    /// <summary>
    /// Records whose input faces something unmanaged, one a device and input. Records whose output leads into a gap again stand before the
    /// others.
    /// </summary>
    private ImmutableArray<FlowSighting> BehindThisGap(Stop.Gap gap, IReadOnlyList<DeviceId> passed)
    {
        FlowSighting[] candidates = [.. FlowRecords.Of(network, flow, gap.Packet.Source, gap.Packet.Destination)
            .Where(seen => !passed.Contains(seen.Device) && FacesGap(seen.Device, seen.Flow.Input) && seen.Flow.Input != seen.Flow.Output)
            .Where(seen => gap.From is not { } near
                || Downstream.Possible(network, (near, gap.Vrf), (seen.Device, VrfAt(seen)), gap.Packet))
                .DistinctBy(seen => (seen.Device, seen.Flow.Input))];
        FlowSighting[] nearer = [.. candidates.Where(seen => FacesGap(seen.Device, seen.Flow.Output))];
        return [.. nearer.Length > 0 ? nearer : candidates];
    }

    private bool FacesGap(DeviceId device, IfIndex index)
    {
        if (index.IsNone || network.Interface(device, index) is null) return false;
        Port port = new(device, network.Device(device)!.Tables.Roles.PortUnder(index));
        if (network.LeadsIntoUnmanaged(port) || network.LeadsIntoUnmanaged(new Port(device, index))) return true;
        return !network.LinksAt(port).Any() && !network.Device(device)!.Tables.Roles.IsSvi(index)
            && network.Device(device)!.Tables.VlanMember(port.Interface) is null
            && !HoldsHosts(device, index);
    }

    private bool HoldsHosts(DeviceId device, IfIndex index) =>
        network.Device(device)!.Snapshot.Arp.Any(entry => entry.Interface == index && network.HostAt(entry.Address) is not null);

    private Step ByFlowRecord(Packet packet, FlowSighting seen, int candidates)
    {
        Draft draft = new Draft("NetFlow") { Share = 1.0 / candidates }.Because(facts.Flow(seen))
            .AtMost(RestsOn.FlowRecord, "Unmanaged elements lie between; a flow record shows where the packet comes out.");
        return wayIn.To(seen.Device, VrfAt(seen), seen.Flow.Input, packet, draft);
    }

    private Move ByLinkStates(Stop.Gap gap, MappedWay way, int ways)
    {
        string hidden = string.Join(", ", way.Hidden);
        if (way.Device == default)
            return new End(new Ending.Unknown(gap.From,
                $"{gap.Why} OSPF shows router {hidden}, which delivers {way.Prefix} without another managed router."));
        Draft draft = new Draft("OSPF") { Share = 1.0 / ways, Prefix = way.Prefix }
            .Because(facts.Row(way.Map, OspfLinkState.Layout, $"{way.Prefix} by router {hidden} to {network.Device(way.Device)!.Name}",
                "shortest way on the map of OSPF's link states"))
            .AtMost(RestsOn.LinkStates, $"Unmanaged elements lie between (in OSPF: router {hidden}); the link states tell where the "
                + "packet comes out, unless they have routes that are not OSPF's.");
        VrfName vrf = way.Ingress.IsNone ? Vrfs.Global : ports.VrfOf(way.Device, way.Ingress);
        return wayIn.To(way.Device, vrf, way.Ingress, gap.Packet, draft);
    }

    private Step ByAnchor(Packet packet, Anchor anchor, int candidates)
    {
        string name = network.Device(anchor.Device)!.Name;
        Draft draft = new Draft(Labels.OfProtocol(anchor.TowardSource.Protocol)) { Share = 1.0 / candidates }
            .Because(facts.Route(anchor.Device, anchor.Vrf, anchor.Prefix,
                anchor.TowardSource, packet.Source) with { Method = "way back to the source; the way in is assumed to be the same" })
            .AtMost(RestsOn.AcrossGap, $"Unmanaged elements lie between; {name} delivers the destination. Discover what lies between, or "
                + $"collect flow records on {name}.");
        return wayIn.To(anchor.Device, anchor.Vrf, anchor.Ingress, packet, draft);
    }

    private VrfName VrfAt(FlowSighting seen) => ports.VrfOf(seen.Device, seen.Flow.Input);
}
