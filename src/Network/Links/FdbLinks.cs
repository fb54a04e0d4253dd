namespace Towpath.Network;

/// <summary>
/// Joins ports by what bridges have learned (Breitbart et al., INFOCOM 2000): two bridges that see each other through ports behind
/// which no managed device is seen by both are neighbors; a router or controller hangs on the port where no other bridge stands before it.
/// </summary>
internal static class FdbLinks
{
    public static IEnumerable<Link> Find(IReadOnlyList<NetworkDevice> devices, DeviceDirectory directory, IReadOnlySet<Port> taken)
    {
        var seen = new Dictionary<Port, Dictionary<DeviceId, MacAddress>>(); // which managed devices a port has learned, and by which MAC
        var seenOn = new Dictionary<(DeviceId By, DeviceId Seen), List<Port>>();
        foreach (NetworkDevice device in devices)
            foreach (FdbEntry row in device.Snapshot.Fdb)
                if (row.Status != FdbStatus.Self && !row.Interface.IsNone && directory.OwnerOf(row.Mac) is { } other && other != device.Id)
                    Note(new Port(device.Id, row.Interface), other, row.Mac);

        var bridges = devices.Where(device => device.Snapshot.Fdb.Length > 0).Select(device => device.Id).ToHashSet();
        var byId = devices.ToDictionary(device => device.Id);
        foreach ((Port near, Dictionary<DeviceId, MacAddress> behind) in seen)
        {
            if (taken.Contains(near)) continue;
            foreach ((DeviceId other, MacAddress mac) in behind)
            {
                if (!bridges.Contains(other))
                {
                    if (!behind.Keys.Any(bridges.Contains) && LeafPort(byId[other], mac) is { } leaf && !taken.Contains(leaf))
                        yield return LinkFinder.Between(near, leaf, LinkEvidence.Fdb, FdbEntry.Dot1qTpFdbTable);
                    continue;
                }
                if (near.Device.CompareTo(other) > 0) continue; // found from the other end
                foreach (Port far in seenOn.GetValueOrDefault((other, near.Device)) ?? [])
                    if (!taken.Contains(far) && !seen[far].Keys.Any(behind.ContainsKey))
                        yield return LinkFinder.Between(near, far, LinkEvidence.Fdb, FdbEntry.Dot1qTpFdbTable);
            }
        }

        void Note(Port port, DeviceId other, MacAddress mac)
        {
            if (!seen.TryGetValue(port, out var behind)) seen.Add(port, behind = []);
            if (!behind.TryAdd(other, mac)) return;
            if (!seenOn.TryGetValue((port.Device, other), out var ports)) seenOn.Add((port.Device, other), ports = []);
            ports.Add(port);
        }
    }

    private static Port? LeafPort(NetworkDevice device, MacAddress mac)
    {
        DeviceTables tables = device.Tables;
        IfIndex[] ports = [.. device.Snapshot.Interfaces.Where(i => i.Mac == mac && !tables.Roles.IsSvi(i.Index))
            .Select(i => tables.Bundles.LogicalPort(tables.Roles.PortUnder(i.Index))).Distinct().Take(2)];
        return ports.Length == 1 ? new Port(device.Id, ports[0]) : null;
    }
}
