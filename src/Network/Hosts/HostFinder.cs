using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Lists the hosts: every address resolved by a gateway or associated at a controller that is no device, no access point and nobody's next
/// hop. Facts that contradict each other are taken as <see cref="NetworkSnapshot.StationAt"/> and <see cref="NetworkSnapshot.ArpOf"/> have
/// them.
/// </summary>
internal static class HostFinder
{
    public static ImmutableArray<NetworkHost> Find(NetworkSnapshot network, int cores)
    {
        var wireless = new Dictionary<Ipv4Address, NetworkHost>();
        foreach (NetworkDevice controller in network.InOrder)
            foreach (WirelessStation station in controller.Snapshot.WirelessStations)
                if (network.StationAt(station.Address) is { } seen && seen.Controller == controller.Id)
                    wireless.TryAdd(station.Address, Wireless(network, controller, seen.Station));

        IEnumerable<NetworkHost> resolved = SideBySide.Each(cores, network.Resolved, LookAt).OfType<NetworkHost>();
        NetworkHost[] hosts = [.. resolved, .. wireless.Values.Where(host => network.ArpOf(host.Address).IsEmpty)];
        Array.Sort(hosts, (x, y) => x.Address.CompareTo(y.Address));
        return ImmutableCollectionsMarshal.AsImmutableArray(hosts);

        NetworkHost? LookAt(Ipv4Address address)
        {
            NetworkHost? host = wireless.GetValueOrDefault(address);
            if (network.IsNextHop(address) || address.IsMulticast || network.OwnersOf(address).Length > 0
                || network.AccessPointAt(address) is not null)
                return host;
            foreach ((DeviceId id, ArpEntry entry) in network.ArpOf(address))
            {
                if (entry.Mac.IsGroup || entry.Mac == default || IsManaged(network, entry.Mac)) continue;
                NetworkDevice device = network.Device(id)!;
                if (host is null) host = Wired(network, device, entry, device.Tables.IsRouter);
                else if (host.Gateway == default && device.Tables.IsRouter && host.Mac == entry.Mac)
                    host = host with { Gateway = new Port(id, entry.Interface) };
            }
            return host;
        }
    }

    private static bool IsManaged(NetworkSnapshot network, MacAddress mac) =>
        network.OwnersOf(mac).Length > 0 || network.AccessPointOf(mac) is not null;

    private static NetworkHost Wireless(NetworkSnapshot network, NetworkDevice controller, WirelessStation station)
    {
        AttachedAccessPoint? accessPoint = network.AccessPointOf(station.AccessPoint);
        VlanId vlan = network.SwitchedLocally(station)?.Vlan
            ?? controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Name == station.InterfaceName)?.Vlan ?? default;
        return new NetworkHost(station.Mac, station.Address, true, accessPoint?.Attached ?? default, accessPoint?.Id, vlan, default,
            controller.Snapshot.CollectedAt);
    }

    private static NetworkHost Wired(NetworkSnapshot network, NetworkDevice device, ArpEntry entry, bool isGateway)
    {
        VlanId vlan = device.Tables.Roles.SviVlan(entry.Interface);
        EdgePort edge = network.EdgePort(
            entry.Mac, vlan.IsNone ? network.TagOf(device.Id, entry.Interface, entry.Mac) : vlan, device.Id) ?? default;
        return new NetworkHost(entry.Mac, entry.Address, false, edge.At, null, edge.Vlan.IsNone ? vlan : edge.Vlan,
            isGateway ? new Port(device.Id, entry.Interface) : default, device.Snapshot.CollectedAt);
    }
}
