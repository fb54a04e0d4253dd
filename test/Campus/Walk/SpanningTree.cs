namespace Towpath.Campus.Tests;

/// <summary>
/// Which cables of one broadcast domain no frame passes: section 6 of the description, by relaxation until nothing changes.
/// </summary>
internal static class SpanningTree
{
    public static HashSet<Cable> BlockedOf(IReadOnlyList<(Spot A, Spot B, Cable Cable)> joins)
    {
        var between = joins.Where(join => join.A.Node.Bridges && join.A.Port is null && join.B.Node.Bridges && join.B.Port is null)
            .Select(join => join.Cable).Distinct().ToArray();
        if (between.Length == 0) return [];
        Node[] bridges = [.. between.SelectMany(cable => new[] { cable.A.Node, cable.B.Node }).Distinct()];
        Node root = bridges.MinBy(bridge => bridge.BridgeId)!;
        var cost = bridges.ToDictionary(bridge => bridge, bridge => bridge == root ? 0 : int.MaxValue / 2);
        var rootPort = new Dictionary<Node, Port>();
        for (int round = 0; round <= bridges.Length; round++)
        {
            foreach (Node bridge in bridges.Where(bridge => bridge != root))
            {
                var best = between.Where(cable => cable.A.Node == bridge || cable.B.Node == bridge)
                    .Select(cable => cable.A.Node == bridge ? cable.A : cable.B)
                    .Select(port => (Port: port, Far: between.Single(cable => cable.A == port || cable.B == port).Other(port)))
                    .Select(end => (Key: (cost[end.Far.Node] + end.Port.StpCost, end.Far.Node.BridgeId, end.Far.Number, end.Port.Number),
                        end.Port))
                    .MinBy(end => end.Key);
                cost[bridge] = best.Key.Item1;
                rootPort[bridge] = best.Port;
            }
        }
        return [.. between.Where(IsBlocked)];

        bool IsBlocked(Cable cable)
        {
            Port designated = Rank(cable.A).CompareTo(Rank(cable.B)) < 0 ? cable.A : cable.B;
            Port other = cable.Other(designated);
            return rootPort.GetValueOrDefault(other.Node) != other;
        }

        (int, (int, ulong), int) Rank(Port port) => (cost[port.Node], port.Node.BridgeId, port.Number);
    }
}
