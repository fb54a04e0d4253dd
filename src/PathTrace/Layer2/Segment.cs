using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A frame crosses a switch that nobody manages, on which several managed devices hang: it comes to the one that it is for, or that has
/// learned its address on a port which does not lead back there.
/// </summary>
internal sealed class Segment(NetworkSnapshot network, Arrival arrival, UnseenSwitch unseenSwitch)
{
    /// <param name="among">The ports that may take the frame.</param>
    /// <param name="at">The port by which the segment is known.</param>
    /// <param name="fact">What shows it.</param>
    /// <returns>A step or an end for each device that takes it; none where no managed one does.</returns>
    public Move[] Takers(IEnumerable<Port> among, Port at, Evidence fact, Frame frame)
    {
        Port[] all = [.. among.DistinctBy(port => port.Device)];
        Port[] takers = [.. all.Where(port => IsFor(port, frame))];
        if (takers.Length == 0) takers = [.. all.Where(port => LeadsOn(port, frame))];
        string? doubt = takers.Length < 2 ? null : Doubts.OfPlaces(network, frame.To, takers[0], takers[1]);
        return [.. takers.Select(port =>
        {
            Draft draft = new Draft("Switched") { Share = 1.0 / takers.Length }.Because(fact)
                .AtMost(RestsOn.BeyondUnmanaged, unseenSwitch.Why(at));
            return arrival.Into(port, frame, null, null, doubt is null ? draft : draft.AtMost(RestsOn.InDoubt, doubt));
        })];
    }

    private bool IsFor(Port port, Frame frame) => network.Device(port.Device)!.Tables is var tables
        && (frame.To == default ? tables.Own(frame.Target) is not null : tables.Owns(frame.To, frame.Vlan));

    private bool LeadsOn(Port port, Frame frame) =>
        network.Device(port.Device)!.Tables.Fdb.Find(frame.Vlan, frame.To) is { } on && on != port.Interface;
}
