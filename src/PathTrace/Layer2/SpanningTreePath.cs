using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds the way of a frame whose address a switch has not learned. The frame is flooded, and the copy that follows the spanning tree to
/// the device with the address arrives. Blocked ports and ports without the VLAN are no part of the tree, so there is only that way.
/// </summary>
internal sealed class SpanningTreePath(NetworkSnapshot network)
{
    private const int MostSwitches = 1024;

    /// <param name="doubt">Why another way may forward: tables on the way that were not read whole, or a switch that answers no more. Null
    /// when nothing says so.</param>
    /// <returns>Null when nothing tells where the address is, or no forwarding way leads there.</returns>
    public IfIndex? PortToward(DeviceId from, Frame frame, out string? doubt)
    {
        doubt = null;
        ImmutableArray<Port> places = PlacesOf(frame);
        if (places is [var likeliest, ..] && network.EdgeAgainst(frame.To, frame.Vlan, likeliest, followed: false) is { } other)
            doubt = Doubts.OfPlaces(network, frame.To, likeliest, other);
        foreach (Port place in places)
            if (place.Device == from && !place.Interface.IsNone) return place.Interface;
        HashSet<DeviceId> goals = [.. places.Select(place => place.Device)];
        if (goals.Count == 0) return null;

        var firstPort = new Dictionary<DeviceId, IfIndex> { [from] = default };
        var queue = new Queue<DeviceId>([from]);
        while (queue.TryDequeue(out DeviceId at) && firstPort.Count <= MostSwitches)
        {
            if (at != from && goals.Contains(at)) return firstPort[at];
            NetworkDevice device = network.Device(at)!;
            if (at != from && !device.Tables.IsBridge) continue; // routers and controllers do not flood
            doubt ??= Doubts.OfSilence(device) ?? Doubts.OfReading(device, StpPort.Layout, frame.Vlan)
                ?? Doubts.OfReading(device, VlanMember.Layout, default);
            foreach (LinkEnd link in network.LinksAt(at))
            {
                if (!Carries(link.Near, frame.Vlan) || !Carries(link.Far, frame.Vlan)) continue;
                if (firstPort.TryAdd(link.Far.Device, at == from ? link.Near.Interface : firstPort[at])) queue.Enqueue(link.Far.Device);
            }
        }
        return null;
    }

    private ImmutableArray<Port> PlacesOf(Frame frame)
    {
        ImmutableArray<EdgePort> edges = network.EdgePorts(frame.To);
        if (network.AccessPointOf(frame.To) is { Attached: var attached } && attached != default) return [attached];
        if (network.StationOf(frame.To) is { } station)
            return [network.SwitchedLocally(station.Station)?.At ?? new Port(station.Controller, default)];
        ImmutableArray<Port> owners = [.. network.OwnersOf(frame.To)
            .Where(owner => network.Device(owner)!.Tables.Owns(frame.To, frame.Vlan)).Select(owner => new Port(owner, default))];
        if (owners.Length > 0) return owners;
        return [.. edges.Where(edge => edge.Vlan.IsNone || edge.Vlan == frame.Vlan).Take(1).Select(edge => edge.At)];
    }

    private bool Carries(Port port, VlanId vlan)
    {
        DeviceTables tables = network.Device(port.Device)!.Tables;
        if (tables.Stp(vlan, port.Interface) is { } state && state != StpState.Forwarding) return false;
        return tables.VlanMember(port.Interface) is not { } member
            ? !tables.TellsVlans || port.Interface.IsNone : member.Untagged == vlan || member.Tagged.Contains(vlan);
    }
}
