using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Puts each access point on its switch port: by a switch's CDP or LLDP row that names it, else by where its Ethernet address is learned.
/// </summary>
internal static class AccessPointFinder
{
    public static ImmutableArray<AttachedAccessPoint> Find(IReadOnlyList<NetworkDevice> devices, Announcements announcements,
        EdgePorts edgePorts)
    {
        var tables = devices.ToDictionary(device => device.Id, device => device.Tables);
        var announced = announcements.OfAccessPoints.ToLookup(said => said.AccessPoint);
        var found = ImmutableArray.CreateBuilder<AttachedAccessPoint>();
        var known = new HashSet<DeviceId>();
        foreach (NetworkDevice controller in AddressIndex.NewestFirst(devices)) // the one that it joined last
            foreach (AccessPoint accessPoint in controller.Snapshot.AccessPoints)
                if (known.Add(StableId.OfAccessPoint(accessPoint.Mac))) found.Add(Attach(controller.Id, accessPoint));
        return found.ToImmutable();

        AttachedAccessPoint Attach(DeviceId controller, AccessPoint accessPoint)
        {
            ImmutableArray<EdgePort> learned = edgePorts.Of(accessPoint.Mac);
            var said = announced[accessPoint].OrderByDescending(said => learned.Any(edge => edge.At == said.At))
                .Take(1).ToArray();
            (Port at, FactSource source) = said.Length > 0 ? (said[0].At, said[0].Source) : learned.Length > 0
                ? (learned[0].At, learned[0].Source) : default;
            VlanId vlan = learned.FirstOrDefault(edge => edge.At == at).Vlan;
            if (vlan.IsNone && !source.IsNone) vlan = tables[at.Device].VlanMember(at.Interface)?.Untagged ?? default;
            return new AttachedAccessPoint(StableId.OfAccessPoint(accessPoint.Mac), accessPoint, controller, at, vlan,
                source) { IsAnnounced = said.Length > 0 };
        }
    }
}
