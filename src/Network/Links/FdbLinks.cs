namespace Towpath.Network;

/// <summary>
/// Joins ports by what bridges have learned (Breitbart et al., INFOCOM 2000): two bridges that see each other through ports behind
/// which no managed device is seen by both are neighbors; a router or controller hangs on the port where no other bridge stands before it.
/// </summary>
internal static class FdbLinks
{
    public static IEnumerable<Link> Find(IReadOnlyList<NetworkDevice> devices, LearnedDevices learned, IReadOnlySet<Port> taken)
    {
        var byId = devices.ToDictionary(device => device.Id);
        foreach ((Port near, Dictionary<DeviceId, MacAddress> behind) in learned.Behind)
        {
            if (taken.Contains(near)) continue;
            foreach ((DeviceId other, MacAddress mac) in behind)
            {
                if (!learned.IsBridge(other))
                {
                    if (!behind.Keys.Any(learned.IsBridge) && LeafPort(byId[other], mac) is { } leaf && !taken.Contains(leaf))
                        yield return LinkFinder.Between(near, leaf, LinkEvidence.Fdb, FdbEntry.Dot1qTpFdbTable);
                    continue;
                }
                if (near.Device.CompareTo(other) > 0) continue; // found from the other end
                foreach (Port far in learned.Toward(other, near.Device))
                    if (!taken.Contains(far) && !learned.Behind[far].Keys.Any(behind.ContainsKey))
                        yield return LinkFinder.Between(near, far, LinkEvidence.Fdb, FdbEntry.Dot1qTpFdbTable);
            }
        }
    }

    /// <summary>The only port of a device with this MAC address; null when that is none or several.</summary>
    public static Port? LeafPort(NetworkDevice device, MacAddress mac)
    {
        DeviceTables tables = device.Tables;
        IfIndex[] ports = [.. device.Snapshot.Interfaces.Where(i => i.Mac == mac && !tables.Roles.IsSvi(i.Index))
            .Select(i => tables.Bundles.LogicalPort(tables.Roles.PortUnder(i.Index))).Distinct().Take(2)];
        return ports.Length == 1 ? new Port(device.Id, ports[0]) : null;
    }
}
