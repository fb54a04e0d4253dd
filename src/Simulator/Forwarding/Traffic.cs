using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>One direction of a conversation, and the way it really takes.</summary>
internal sealed record RunningFlow(FiveTuple Key, long OctetsPerSecond, Journey Journey);

/// <summary>Everything that runs: the flows of the description and the polling of the agents, forwarded.</summary>
internal sealed class Traffic
{
    private const ushort StationPort = 50161;
    private const ushort AgentPort = 161;

    public Traffic(RunningNetwork network)
    {
        var forwarder = new Forwarder(network);
        var flows = ImmutableArray.CreateBuilder<RunningFlow>();
        foreach (ConversationDescription talk in network.Description.Conversations)
        {
            Node from = network[talk.From];
            Node to = network[talk.To];
            Run(from, to, new FiveTuple(AddressOf(from), AddressOf(to), talk.Protocol, talk.SourcePort, talk.DestinationPort),
                talk.OctetsPerSecond, talk.ReplyOctetsPerSecond);
        }
        if (network.Description.ManagementStation is { Length: > 0 } name)
        {
            Node station = network[name];
            foreach (Node agent in network.Nodes.Where(n => n.Device is { Hidden: false }))
                Run(station, agent, new FiveTuple(AddressOf(station), agent.Device!.ManagementAddress, 17, StationPort, AgentPort), 200,
                    1000);
        }
        Flows = flows.ToImmutable();
        Talks = [.. Talk(network, forwarder)];

        void Run(Node from, Node to, FiveTuple key, long octets, long replyOctets)
        {
            Journey there = forwarder.Send(from, key);
            flows.Add(new RunningFlow(key, octets, there));
            // A station that gets nothing answers nothing.
            if (there.Dropped is null && replyOctets > 0) flows.Add(new RunningFlow(key.Reply, replyOctets, forwarder.Send(to, key.Reply)));
        }
    }

    public ImmutableArray<RunningFlow> Flows { get; }

    /// <summary>
    /// Trips that happen beside the flows: stations with their gateways, routers with their neighbors, access points with their
    /// controllers.
    /// </summary>
    public ImmutableArray<Trip> Talks { get; }

    public IEnumerable<Trip> AllTrips => Flows.SelectMany(f => f.Journey.Trips).Concat(Talks);

    private static Ipv4Address AddressOf(Node host) => host.Host!.Address.Address;

    private static IEnumerable<Trip> Talk(RunningNetwork network, Forwarder forwarder)
    {
        foreach (Node node in network.Nodes.Where(n => !n.ForwardsIp && !n.Gateway.IsUnspecified))
        {
            foreach (Trip trip in forwarder.Send(node, new FiveTuple(default, node.Gateway, 1, 0, 0)).Trips) yield return trip;
        }
        foreach (AccessPointDescription accessPoint in network.Description.AccessPoints)
        {
            FiveTuple tunnel = forwarder.Capwap(accessPoint);
            foreach (Trip trip in forwarder.Send(network[accessPoint.Name], tunnel).Trips) yield return trip;
            foreach (Trip trip in forwarder.Send(network[accessPoint.Controller], tunnel.Reply).Trips) yield return trip;
        }
        foreach ((Station own, Station neighbor) in network.Ospf.Neighbors)
        {
            if (LayerTwo.Way(own.Attachment!, neighbor.Attachment!) is { } way)
                yield return new Trip(own, neighbor, neighbor.Addresses[0].Address, way);
        }
    }
}
