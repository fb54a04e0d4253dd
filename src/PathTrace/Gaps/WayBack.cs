using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds where the destination's answers leave what is managed. The destination's part of the network may have several ways in. The ones
/// that its own routing prefers are the likely ones, if routing is symmetric.
/// </summary>
internal sealed class WayBack(NetworkSnapshot network, Facts facts, Ports ports)
{
    /// <returns>The last managed devices; none when the answers never leave.</returns>
    public IReadOnlySet<DeviceId> Exits(Packet packet)
    {
        var back = new Packet(packet.Destination, packet.Source, null, null);
        var flow = new Flow(back.Source, back.Destination);
        var gates = new Gates(network, facts, ports, areShut: false);
        var walker = new Walker(new Forwarding(network, flow, facts, ports, gates, resumes: false), gates, new Nodes(network, ports),
            new Doubts(network));
        foreach (Stop source in new SourceLocator(network, facts).Find(back)) walker.Walk(source);
        return walker.Edges.Where(edge => walker.Nodes[edge.To].Kind == NodeKind.Unknown && walker.Endings.ContainsKey(edge.To))
            .Select(edge => walker.Nodes[edge.From].Device).OfType<DeviceId>().ToHashSet();
    }
}
