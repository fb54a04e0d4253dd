using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>IEEE 802.1D between the switches of one broadcast domain: blocks every cable that is not part of the tree.</summary>
internal static class SpanningTree
{
    public static void Compute(Attachment[] bridges)
    {
        Attachment root = bridges.MinBy(b => IdOf(b), Comparer<BridgeId>.Default)!;
        Dictionary<Attachment, int> costs = RootPathCosts(root);
        foreach (Attachment bridge in bridges) bridge.Tree = new BridgeTree(IdOf(root), costs[bridge], RootWire(bridge, root, costs));
        foreach (Wire wire in bridges.SelectMany(b => b.Wires).Where(w => w.A.IsBridge && w.B.IsBridge).Distinct())
        {
            Attachment listener = Designated(wire) == wire.A ? wire.B : wire.A;
            wire.Blocked = wire.A == wire.B || listener.Tree!.RootWire != wire;
        }
    }

    public static BridgeId IdOf(Attachment bridge) => new(bridge.Node.Device!.StpPriority, bridge.Node.Device.Mac, bridge.Vlan);

    /// <summary>The end of a cable between two switches that sends the tree's messages on it.</summary>
    public static Attachment Designated(Wire wire)
    {
        var a = (wire.A.Tree!.RootPathCost, IdOf(wire.A), wire.PortA.Interface.PhysicalNumber);
        var b = (wire.B.Tree!.RootPathCost, IdOf(wire.B), wire.PortB.Interface.PhysicalNumber);
        return a.CompareTo(b) <= 0 ? wire.A : wire.B;
    }

    private static Dictionary<Attachment, int> RootPathCosts(Attachment root)
    {
        var costs = new Dictionary<Attachment, int>();
        var open = new PriorityQueue<Attachment, int>([(root, 0)]);
        while (open.TryDequeue(out Attachment? bridge, out int cost))
        {
            if (!costs.TryAdd(bridge, cost)) continue;
            foreach (Wire wire in bridge.Wires)
            {
                Attachment next = wire.Other(bridge);
                if (next.IsBridge && !costs.ContainsKey(next)) open.Enqueue(next, cost + wire.PortAt(next).Interface.StpCost);
            }
        }
        return costs;
    }

    private static Wire? RootWire(Attachment bridge, Attachment root, Dictionary<Attachment, int> costs)
    {
        if (bridge == root) return null;
        return bridge.Wires.Where(w => w.A != w.B && w.Other(bridge).IsBridge).MinBy(w =>
        {
            Attachment other = w.Other(bridge);
            Port own = w.PortAt(bridge);
            return (costs[other] + own.Interface.StpCost, IdOf(other), w.PortAt(other).Interface.PhysicalNumber,
                own.Interface.PhysicalNumber);
        });
    }
}

/// <summary>Ordered by priority, then address. The VLAN only keeps two VLANs of one switch apart that a cable joins.</summary>
internal readonly record struct BridgeId(int Priority, MacAddress Mac, int Vlan) : IComparable<BridgeId>
{
    public int CompareTo(BridgeId other) => (Priority, Mac, Vlan).CompareTo((other.Priority, other.Mac, other.Vlan));
}

/// <summary>A switch's part in one tree.</summary>
/// <param name="RootWire">Toward the root; null at the root itself.</param>
internal sealed record BridgeTree(BridgeId Root, int RootPathCost, Wire? RootWire);
