using System.Collections.Frozen;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Which role each device and access point has, concluded from the network as collected. Pure. The first that holds:
/// <list type="number">
/// <item>border router: it routes, and a routed interface leads into something that nobody manages;</item>
/// <item>distribution: it routes, and an access switch that does not route hangs below it, also behind other such switches;</item>
/// <item>access: hosts or access points are attached to it, by cable or (a wireless controller) by tunnel;</item>
/// <item>core: it routes, and all devices around it, two at least, do too;</item>
/// <item>else unknown.</item>
/// </list>
/// </summary>
public static class DeviceRoles
{
    /// <summary>Devices and access points; what is not in it is unknown.</summary>
    public static FrozenDictionary<DeviceId, DeviceRole> Of(NetworkSnapshot network, IReadOnlyDictionary<DeviceId, DeviceKind> kinds)
    {
        HashSet<DeviceId> access = [
            .. network.Hosts.Select(host => host.Attached.Device),
            .. network.AccessPoints.Select(accessPoint => accessPoint.Attached.Device),
            .. network.Devices.Where(device => device.Snapshot.AccessPoints.Length + device.Snapshot.WirelessStations.Length > 0)
                .Select(controller => controller.Id),
            .. network.AccessPoints.Select(accessPoint => accessPoint.Id),
            .. network.Hosts.Select(host => host.AccessPoint).OfType<DeviceId>()];
        access.Remove(default);

        var roles = access.ToDictionary(device => device, _ => DeviceRole.Access);
        foreach (NetworkDevice device in network.Devices)
        {
            if (!Routes(device, kinds)) continue;
            if (LeadsOutside(network, device)) roles[device.Id] = DeviceRole.BorderRouter;
            else if (HasAccessSwitchBelow(network, device.Id, access)) roles[device.Id] = DeviceRole.Distribution;
            else if (!access.Contains(device.Id) && IsAmongRouters(network, device.Id, kinds)) roles[device.Id] = DeviceRole.Core;
        }
        return roles.ToFrozenDictionary();
    }

    private static bool LeadsOutside(NetworkSnapshot network, NetworkDevice device) => device.Snapshot.Addresses
        .SelectMany(own => new[] { own.Interface, device.Tables.Roles.PortUnder(own.Interface) })
        .Distinct()
        .Any(routed => network.LeadsIntoUnmanaged(new Port(device.Id, routed)));

    private static bool HasAccessSwitchBelow(NetworkSnapshot network, DeviceId router, HashSet<DeviceId> access)
    {
        HashSet<DeviceId> seen = [router];
        Queue<DeviceId> near = new([router]);
        while (near.TryDequeue(out DeviceId device))
        {
            foreach (LinkEnd link in network.LinksAt(device))
            {
                if (!seen.Add(link.Far.Device) || !IsSwitchOnly(network.Device(link.Far.Device))) continue;
                if (access.Contains(link.Far.Device)) return true;
                near.Enqueue(link.Far.Device);
            }
        }
        return false;
    }

    /// <summary>It may forward, and is of a kind that does: a server in two subnets is not.</summary>
    private static bool Routes(NetworkDevice device, IReadOnlyDictionary<DeviceId, DeviceKind> kinds) =>
        device.Tables.IsRouter && kinds[device.Id].Family != DeviceFamily.Other;

    private static bool IsSwitchOnly(NetworkDevice? device) => device is { Tables: { IsRouter: false, IsController: false } };

    private static bool IsAmongRouters(NetworkSnapshot network, DeviceId device, IReadOnlyDictionary<DeviceId, DeviceKind> kinds)
    {
        DeviceId[] around = [.. network.LinksAt(device).Select(link => link.Far.Device).Distinct()];
        return around.Length >= 2 && Array.TrueForAll(around, neighbor => network.Device(neighbor) is { } near && Routes(near, kinds));
    }
}
