using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Ports of managed devices that hang together on a switch which nobody manages and which announces nothing. It shows in one of two ways:
/// <list type="number">
/// <item>three devices or more see each other there, and none stands between two others: it would have these on different ports;</item>
/// <item>two bridges have learned each other, and toward each other an address that is neither's: its station is between them.</item>
/// </list>
/// </summary>
internal sealed class SharedSegments
{
    private const int MostDevices = 64; // behind one port: more are a part of the network, no switch under a desk

    private readonly Dictionary<Port, ImmutableArray<Port>> _others = [];

    /// <param name="links">Those that nothing announces are looked at.</param>
    /// <param name="taken">Ports whose neighbor is known by something better than learned addresses.</param>
    /// <param name="isManaged">The address is a managed device's.</param>
    public SharedSegments(IReadOnlyList<NetworkDevice> devices, LearnedDevices learned, IEnumerable<Link> links,
        IReadOnlySet<Port> taken, Predicate<MacAddress> isManaged)
    {
        var byId = devices.ToDictionary(device => device.Id);
        foreach ((Port near, Dictionary<DeviceId, MacAddress> behind) in learned.Behind)
        {
            if (taken.Contains(near) || behind.Count is < 2 or > MostDevices) continue;
            Port[] bridges = [.. behind.Keys.Where(learned.IsBridge).Select(other => Facing(near, other)).OfType<Port>()
                .Where(far => !taken.Contains(far) && IsOneWire(near, far))];
            if (bridges.Length == 0) continue;
            Port[] leaves = [.. behind.Where(seen => !learned.IsBridge(seen.Key)
                && Array.TrueForAll(bridges, far => learned.Behind[far].ContainsKey(seen.Key)))
                .Select(seen => FdbLinks.LeafPort(byId[seen.Key], seen.Value) ?? new Port(seen.Key, default))];
            Port[] others = [.. bridges, .. leaves];
            if (others.DistinctBy(port => port.Device).Take(2).Count() < 2) continue;
            _others[near] = [.. others];
            foreach (Port leaf in leaves) // a router has no forwarding database that would tell of its own port
                if (!leaf.Interface.IsNone) _others.TryAdd(leaf, [near, .. others.Where(port => port != leaf)]);
        }
        foreach (Link link in links)
        {
            if (link.Evidence != LinkEvidence.Fdb || !learned.IsBridge(link.A.Device) || !learned.IsBridge(link.B.Device)
                || taken.Contains(link.A) || taken.Contains(link.B) || !StationsOn(link.A).Overlaps(StationsOn(link.B)))
                continue;
            _others.TryAdd(link.A, [link.B]);
            _others.TryAdd(link.B, [link.A]);
        }

        // In a ring VLANs go different ways: whoever has learned another on two ports tells nothing.
        Port? Facing(Port near, DeviceId other) =>
            learned.Toward(near.Device, other).Count == 1 && learned.Toward(other, near.Device) is [var far] ? far : null;

        // Whoever is behind both would stand between them if it had them on two ports.
        bool IsOneWire(Port near, Port far) => learned.Behind[near].Keys
            .Where(between => learned.IsBridge(between) && between != far.Device && learned.Behind[far].ContainsKey(between))
            .All(between => Facing(near, between) is { } toNear && Facing(far, between) == toNear);

        HashSet<(VlanId, MacAddress)> StationsOn(Port port) => [.. byId[port.Device].Snapshot.Fdb
            .Where(row => row.Interface == port.Interface && row.Status == FdbStatus.Learned && !row.Mac.IsGroup
                && !row.Mac.IsVirtualRouter && !isManaged(row.Mac))
            .Select(row => (row.Vlan, row.Mac))];
    }

    /// <summary>The ports that have another managed device's beside them.</summary>
    public IEnumerable<Port> Ports => _others.Keys;

    /// <summary>The other ports there; none where the port is on no such segment.</summary>
    public ImmutableArray<Port> Beside(Port port) => _others.TryGetValue(port, out ImmutableArray<Port> others) ? others : [];
}
