using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The rows of LLDP and CDP tables, each resolved as far as our devices allow.</summary>
internal sealed class Announcements
{
    /// <param name="Far">Its interface is default when the announced port is none of that device's.</param>
    internal readonly record struct Known(Port Near, Port Far, FactSource Source);

    private readonly List<Known> _known = [];
    private readonly List<UnmanagedNeighbor> _unmanaged = [];
    private readonly List<(Port At, AccessPoint AccessPoint, FactSource Source)> _accessPoints = [];

    public Announcements(ImmutableArray<NetworkDevice> devices, DeviceDirectory directory)
    {
        var tables = devices.ToDictionary(device => device.Id, device => device.Tables);
        AccessPoint[] accessPoints = [.. devices.SelectMany(device => device.Snapshot.AccessPoints)];
        var accessPointNames = accessPoints.Where(ap => ap.Name.Length > 0).ToLookup(ap => ap.Name, StringComparer.OrdinalIgnoreCase);
        var accessPointAddresses = accessPoints.Where(ap => !ap.Address.IsUnspecified).ToLookup(ap => ap.Address);
        var accessPointMacs = accessPoints.SelectMany(ap => new[] { (Mac: ap.EthernetMac, ap), (Mac: ap.BaseRadioMac, ap) })
            .Where(pair => pair.Mac != default).ToLookup(pair => pair.Mac, pair => pair.ap);

        foreach (NetworkDevice device in devices)
        {
            if (device.Snapshot.LldpNeighbors is { IsEmpty: false } lldp)
            {
                FactSource source = device.Readings.SourceOf(LldpNeighbor.Layout);
                foreach (LldpNeighbor neighbor in lldp) ReadLldp(device, neighbor, source);
            }
            if (device.Snapshot.CdpNeighbors is { IsEmpty: false } cdp)
            {
                FactSource source = device.Readings.SourceOf(CdpNeighbor.Layout);
                foreach (CdpNeighbor neighbor in cdp) ReadCdp(device, neighbor, source);
            }
        }

        void ReadLldp(NetworkDevice device, LldpNeighbor neighbor, FactSource source)
        {
            Port near = new(device.Id, neighbor.LocalPort);
            // Telephones are told by their address as chassis and by their MAC address as port.
            if (!MacAddress.TryParse(neighbor.ChassisId.Text, null, out MacAddress mac))
                _ = MacAddress.TryParse(neighbor.PortId.Text, null, out mac);
            Ipv4Address address = neighbor.ManagementAddresses.FirstOrDefault();
            if (address.IsUnspecified) _ = Ipv4Address.TryParse(neighbor.ChassisId.Text, null, out address);
            if (AccessPointOf(neighbor.SystemName, address, mac) is { } accessPoint)
                _accessPoints.Add((near, accessPoint, source));
            else if (directory.Find(neighbor) is { } far && far != device.Id)
            {
                IfIndex port = tables[far].Names.Find(neighbor.PortId.Text) ?? tables[far].Names.Find(neighbor.PortDescription)
                    ?? (uint.TryParse(neighbor.PortId.Text, out uint index) && index > 0
                        && tables[far].Interface(new IfIndex(index)) is { } found ? found.Index : default);
                _known.Add(new Known(near, new Port(far, port), source));
            }
            else
            {
                _unmanaged.Add(new UnmanagedNeighbor(near, neighbor.SystemName ?? neighbor.ChassisId.Text, neighbor.PortId.Text, address,
                    mac, neighbor.MayForward, source)
                {
                    IsTelephone = neighbor.IsTelephone,
                });
            }
        }

        void ReadCdp(NetworkDevice device, CdpNeighbor neighbor, FactSource source)
        {
            Port near = new(device.Id, neighbor.LocalPort);
            if (AccessPointOf(neighbor.DeviceId, neighbor.Address, default) is { } accessPoint)
                _accessPoints.Add((near, accessPoint, source));
            else if (directory.Find(neighbor) is { } far && far != device.Id)
                _known.Add(new Known(near, new Port(far, tables[far].Names.Find(neighbor.DevicePort) ?? default),
                    source));
            else
            {
                _unmanaged.Add(new UnmanagedNeighbor(near, neighbor.DeviceId, neighbor.DevicePort, neighbor.Address, default,
                    neighbor.MayForward, source)
                {
                    IsTelephone = neighbor.IsTelephone,
                });
            }
        }

        AccessPoint? AccessPointOf(string? name, Ipv4Address address, MacAddress mac) => accessPoints.Length == 0 ? null
            : accessPointNames[name ?? ""].FirstOrDefault() ?? accessPointNames[(name ?? "").Split('.')[0]].FirstOrDefault()
            ?? (address.IsUnspecified ? null : accessPointAddresses[address].FirstOrDefault())
            ?? (mac == default ? null : accessPointMacs[mac].FirstOrDefault());
    }

    public IReadOnlyList<Known> OfDevices => _known;
    public IReadOnlyList<UnmanagedNeighbor> Unmanaged => _unmanaged;
    public IReadOnlyList<(Port At, AccessPoint AccessPoint, FactSource Source)> OfAccessPoints => _accessPoints;
}
