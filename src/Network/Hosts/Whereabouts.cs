using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Chooses the port of a host among those that have learned its address. A switch that the host has left keeps its row until it ages, so the forwarding
/// databases are followed from the gateway first: where they lead is where frames go. Only where they lead nowhere does the rank decide.
/// </summary>
internal static class Whereabouts
{
    private const int MostSwitches = 64;

    /// <param name="from">Where to begin following; default: only rank.</param>
    public static EdgePort? Find(NetworkSnapshot network, MacAddress mac, VlanId vlan, DeviceId from)
    {
        ImmutableArray<EdgePort> candidates = network.EdgePorts(mac);
        if (candidates.Length == 0) return null;
        EdgePort[] inVlan = [.. candidates.Where(port => vlan.IsNone || port.Vlan.IsNone || port.Vlan == vlan)];
        if (inVlan.Length == 0) inVlan = [.. candidates];
        if (inVlan.Length > 1 && Follow(network, mac, vlan, from) is { } followed)
            foreach (EdgePort candidate in inVlan)
                if (candidate.At == followed) return candidate;
        return inVlan[0];
    }

    private static Port? Follow(NetworkSnapshot network, MacAddress mac, VlanId vlan, DeviceId from)
    {
        var visited = new HashSet<DeviceId>();
        while (visited.Count < MostSwitches && visited.Add(from) && network.Device(from) is { } device && device.Tables.Fdb.Find(vlan, mac) is { } port)
        {
            Port at = new(from, port);
            if (network.LinksAt(at).FirstOrDefault() is not { Link: not null } link) return at;
            from = link.Far.Device;
        }
        return null;
    }
}
