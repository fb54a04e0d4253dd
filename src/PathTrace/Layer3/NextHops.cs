using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A resolved way out of a router.</summary>
/// <param name="Address">Whose MAC address the frame needs: the next hop, or the destination itself on a connected prefix.</param>
/// <param name="Route">The row that matched the destination.</param>
/// <param name="Because">That row, and those that resolved it.</param>
internal sealed record Exit(IfIndex Egress, Ipv4Address Address, NextHop Route, ImmutableArray<Evidence> Because);

/// <summary>The complete equal-cost set for a destination, with recursive next hops (BGP, static routes without an interface) resolved.</summary>
/// <param name="NullRouted">The packet is dropped on purpose.</param>
internal sealed record ExitSet(Prefix Prefix, ImmutableArray<Exit> Exits, bool NullRouted);

internal sealed class NextHops(NetworkSnapshot network, Facts facts)
{
    private const int DeepestRecursion = 8;

    /// <summary>Null when no prefix matches.</summary>
    public ExitSet? Of(DeviceId device, Ipv4Address destination)
    {
        DeviceTables tables = network.Device(device)!.Tables;
        if (tables.Fib.LongestMatch(destination) is not { } entry) return null;
        var exits = new Dictionary<(IfIndex, Ipv4Address), Exit>();
        bool dropped = false;
        foreach (NextHop hop in entry.NextHops) Resolve(entry.Prefix, hop, hop, destination, [], []);
        return new ExitSet(entry.Prefix, [.. exits.Values], dropped && exits.Count == 0);

        void Resolve(Prefix prefix, NextHop hop, NextHop first, Ipv4Address target, ImmutableArray<Evidence> because, ImmutableArray<Prefix> passed)
        {
            because = because.Add(facts.Route(device, prefix, hop));
            if (hop.Kind is RouteKind.Reject or RouteKind.Blackhole || IsNull(tables, hop.Egress)) { dropped = true; return; }
            Ipv4Address address = hop.Address.IsUnspecified ? target : hop.Address;
            if (!hop.Egress.IsNone) { exits.TryAdd((hop.Egress, address), new Exit(hop.Egress, address, first, because)); return; }
            if (hop.Address.IsUnspecified || passed.Length >= DeepestRecursion || passed.Contains(prefix)) return;
            if (tables.Fib.LongestMatch(hop.Address) is not { } inner) return;
            foreach (NextHop further in inner.NextHops) Resolve(inner.Prefix, further, first, hop.Address, because, passed.Add(prefix));
        }
    }

    private static bool IsNull(DeviceTables tables, IfIndex egress) =>
        !egress.IsNone && tables.Interface(egress) is { } i && (i.Name.StartsWith("Null", StringComparison.OrdinalIgnoreCase) || i.ShortName.StartsWith("Nu", StringComparison.OrdinalIgnoreCase));
}
