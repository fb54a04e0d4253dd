using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>Lists the hosts: every address resolved by a gateway or associated at a controller that is no device, no access point and nobody's next hop.</summary>
internal static class HostFinder
{
    public static ImmutableArray<NetworkHost> Find(NetworkSnapshot network)
    {
        var hosts = new Dictionary<Ipv4Address, NetworkHost>();
        foreach (NetworkDevice controller in network.Devices)
            foreach (WirelessStation station in controller.Snapshot.WirelessStations)
                if (station.Associated && !station.Address.IsUnspecified) hosts.TryAdd(station.Address, Wireless(network, controller, station));

        var nextHops = network.Devices.SelectMany(device => device.Tables.Exits).Select(exit => exit.NextHop).ToHashSet();
        foreach (NetworkDevice device in network.Devices)
        {
            DeviceTables tables = DeviceTables.Of(device.Snapshot);
            foreach (ArpEntry entry in device.Snapshot.Arp)
            {
                if (nextHops.Contains(entry.Address) || entry.Mac.IsGroup || entry.Mac == default || entry.Address.IsMulticast) continue;
                if (network.OwnersOf(entry.Address).Length > 0 || network.AccessPointAt(entry.Address) is not null || IsManaged(network, entry.Mac)) continue;
                bool isGateway = tables.IsRouter;
                if (!hosts.TryGetValue(entry.Address, out NetworkHost? known)) hosts.Add(entry.Address, Wired(network, device, entry, isGateway));
                else if (known.Gateway == default && isGateway && known.Mac == entry.Mac) hosts[entry.Address] = known with { Gateway = new Port(device.Id, entry.Interface) };
            }
        }
        return [.. hosts.Values.OrderBy(host => host.Address)];
    }

    private static bool IsManaged(NetworkSnapshot network, MacAddress mac) => network.OwnersOf(mac).Length > 0 || network.AccessPointOf(mac) is not null;

    private static NetworkHost Wireless(NetworkSnapshot network, NetworkDevice controller, WirelessStation station)
    {
        AttachedAccessPoint? accessPoint = network.AccessPointOf(station.AccessPoint);
        VlanId vlan = controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Name == station.InterfaceName)?.Vlan ?? default;
        return new NetworkHost(station.Mac, station.Address, true, accessPoint?.Attached ?? default, accessPoint?.Id, vlan, default, controller.Snapshot.CollectedAt);
    }

    private static NetworkHost Wired(NetworkSnapshot network, NetworkDevice device, ArpEntry entry, bool isGateway)
    {
        InterfaceRoles roles = DeviceTables.Of(device.Snapshot).Roles;
        VlanId vlan = roles.SviVlan(entry.Interface);
        EdgePort edge = network.EdgePort(entry.Mac, vlan, device.Id) ?? default;
        return new NetworkHost(entry.Mac, entry.Address, false, edge.At, null, edge.Vlan.IsNone ? vlan : edge.Vlan,
            isGateway ? new Port(device.Id, entry.Interface) : default, device.Snapshot.CollectedAt);
    }
}
