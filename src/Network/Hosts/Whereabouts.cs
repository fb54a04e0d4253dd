using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Chooses the port of a host among those that have learned its address. A switch that the host has left keeps its row until it ages, so
/// the forwarding databases are followed from the gateway first: where they lead is where frames go. The rank decides only when they lead
/// nowhere.
/// </summary>
internal static class Whereabouts
{
    private const int MostSwitches = 64;
    private const int MostOnHostsPort = 3; // the host, its telephone, one more
    private static readonly TimeSpan s_fdbLife = TimeSpan.FromMinutes(5); // dot1dTpAgingTime, as devices come
    private static readonly TimeSpan s_longestFdbLife = TimeSpan.FromHours(4); // where it is set to that of ARP

    /// <param name="from">Where to begin following; default: only rank.</param>
    public static EdgePort? Find(NetworkSnapshot network, MacAddress mac, VlanId vlan, DeviceId from)
    {
        ImmutableArray<EdgePort> candidates = network.EdgePorts(mac);
        return candidates.Length switch { 0 => null, 1 => candidates[0], _ => OneOf(candidates, network, mac, vlan, from) };
    }

    private static EdgePort OneOf(
        ImmutableArray<EdgePort> candidates, NetworkSnapshot network, MacAddress mac, VlanId vlan, DeviceId from)
    {
        EdgePort[] inVlan = [.. candidates.Where(port => vlan.IsNone || port.Vlan.IsNone || port.Vlan == vlan)];
        if (inVlan.Length == 0) inVlan = [.. candidates];
        if (inVlan.Length > 1 && Follow(network, mac, vlan, from) is { } followed)
            foreach (EdgePort candidate in inVlan)
                if (candidate.At == followed) return candidate with { IsFollowed = true };
        return inVlan[0];
    }

    /// <summary>
    /// Another port that looks as much like the host's own as <paramref name="at"/> does, and that nothing makes the weaker one; null
    /// when none does. Bundles contradict nobody: a server's may end at two switches.
    /// </summary>
    /// <param name="followed">A forwarding database sends the frames there: only a row that is newer than it speaks against it.</param>
    public static Port? Against(NetworkSnapshot network, MacAddress mac, VlanId vlan, Port at, bool followed)
    {
        ImmutableArray<EdgePort> candidates = network.EdgePorts(mac);
        if (candidates.Length < 2 || mac.IsVirtualRouter || network.OwnersOf(mac).Length > 0) return null;
        NetworkDevice device = network.Device(at.Device)!;
        int most = Math.Max(MostOnHostsPort, candidates.FirstOrDefault(port => port.At == at).MacsOnPort);
        foreach (EdgePort other in candidates)
        {
            bool isOtherVlan = !vlan.IsNone && !other.Vlan.IsNone && other.Vlan != vlan;
            if (isOtherVlan || other.MacsOnPort > most || IsSamePort(device, at, other.At) || IsBundle(network, other.At)) continue;
            NetworkDevice by = network.Device(other.At.Device)!;
            TimeSpan later = by.Snapshot.CollectedAt - device.Snapshot.CollectedAt;
            bool isWeaker = by.UnreachableReason is not null || later < -s_longestFdbLife || followed && later <= s_fdbLife;
            if ((!isWeaker || by.Id == device.Id) && !LeadsOn(network, other.At)) return other.At;
        }
        return null;
    }

    private static bool IsSamePort(NetworkDevice device, Port x, Port y) =>
        x.Device == y.Device && device.Tables.Bundles.LogicalPort(x.Interface) == device.Tables.Bundles.LogicalPort(y.Interface);

    /// <summary>It is a link between switches more often than a host's, and a host's may end at two of them.</summary>
    private static bool IsBundle(NetworkSnapshot network, Port port) =>
        network.Device(port.Device)!.Tables.Bundles.LogicalPort(port.Interface) != port.Interface
        || network.Interface(port.Device, port.Interface) is { } i && Bundles.IsBundle(i);

    /// <summary>Something is announced that forwards, or a managed device has been learned there: the port is no host's.</summary>
    private static bool LeadsOn(NetworkSnapshot network, Port port) => network.UnmanagedAt(port).Any(neighbor => neighbor.Forwards)
        || network.Device(port.Device)!.Snapshot.Fdb.Any(row => row.Interface == port.Interface && network.OwnersOf(row.Mac).Length > 0);

    private static Port? Follow(NetworkSnapshot network, MacAddress mac, VlanId vlan, DeviceId from)
    {
        var visited = new HashSet<DeviceId>();
        while (visited.Count < MostSwitches && visited.Add(from) && network.Device(from) is { } device
            && device.Tables.Fdb.Find(vlan, mac) is { } port)
        {
            Port at = new(from, port);
            if (network.LinksAt(at).FirstOrDefault() is { Link: not null } link) from = link.Far.Device;
            else if (Onward(network, mac, vlan, network.BesideOnSegment(at)) is { } next) from = next;
            else return at;
        }
        return null;
    }

    /// <summary>The only device on the segment that has the address on a port that does not lead back to it.</summary>
    private static DeviceId? Onward(NetworkSnapshot network, MacAddress mac, VlanId vlan, ImmutableArray<Port> beside)
    {
        DeviceId[] all = [.. beside.Where(port => network.Device(port.Device)!.Tables.Fdb.Find(vlan, mac) is { } on && on != port.Interface)
            .Select(port => port.Device).Distinct().Take(2)];
        return all.Length == 1 ? all[0] : null;
    }
}
