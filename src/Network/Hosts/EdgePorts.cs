using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// MAC address to the ports that may be its own, the likeliest first: no announced neighbor and no managed device behind, fewer addresses
/// on the port, the newer reading. Never an overlay's port: who was learned there is somewhere else. The port on which an address was given
/// its lease stands in when no forwarding database has the address any more.
/// </summary>
internal sealed class EdgePorts
{
    private readonly Dictionary<MacAddress, ImmutableArray<EdgePort>> _byMac = [];

    /// <param name="leadsToDevice">Ports of links between managed devices.</param>
    /// <param name="leadsOn">Ports where something is announced, or where managed devices are behind something that nobody manages.</param>
    public EdgePorts(DeviceOrder order, IReadOnlySet<Port> leadsToDevice, IReadOnlySet<Port> leadsOn, Announcements announcements)
    {
        ImmutableArray<NetworkDevice> devices = order.Devices;
        var byMac = new Dictionary<MacAddress, List<(EdgePort Port, bool LeadsOn)>>();
        var collectedAt = devices.ToDictionary(device => device.Id, device => device.Snapshot.CollectedAt);
        var stations = announcements.Unmanaged.Where(neighbor => !neighbor.Forwards || neighbor.IsTelephone)
            .ToLookup(neighbor => neighbor.At);
        HashSet<Port> withAccessPoint = [.. announcements.OfAccessPoints.Select(said => said.At)];
        HashSet<MacAddress> accessPoints = [.. devices.SelectMany(device => device.Snapshot.AccessPoints).Select(joined => joined.Mac)];
        foreach (NetworkDevice device in devices)
        {
            FdbEntry[] learned = [.. device.Snapshot.Fdb
                .Where(row => row.Status is not (FdbStatus.Self or FdbStatus.Invalid) && !row.Interface.IsNone)
                .Where(row => !leadsToDevice.Contains(new Port(device.Id, row.Interface)) && !device.Tables.Roles.IsOverlay(row.Interface))
                .GroupBy(row => (row.Interface, row.Mac, row.Vlan)).Select(rows => rows.First())];
            // Agents that serve BRIDGE-MIB beside Q-BRIDGE-MIB show an address twice: the row without a VLAN says nothing more.
            var inVlan = learned.Where(row => !row.Vlan.IsNone).Select(row => (row.Interface, row.Mac)).ToHashSet();
            foreach (IGrouping<IfIndex, FdbEntry> rows in learned.GroupBy(row => row.Interface))
                AddPort(device, rows.Key, [.. rows], inVlan);
        }
        foreach (NetworkDevice device in AddressIndex.NewestFirst(devices))
            foreach (DhcpBinding lease in device.Snapshot.DhcpBindings)
                if (!byMac.ContainsKey(lease.Mac) && !lease.Interface.IsNone && new Port(device.Id, lease.Interface) is var at
                    && !leadsToDevice.Contains(at))
                    _byMac.TryAdd(lease.Mac, [new EdgePort(at, lease.Vlan, 1, device.Readings.SourceOf(DhcpBinding.Layout))]);
        foreach ((MacAddress mac, var ports) in byMac)
        {
            ports.Sort((x, y) => (x.LeadsOn, x.Port.MacsOnPort, collectedAt[y.Port.At.Device], order.Rank(x.Port.At), x.Port.Vlan)
                .CompareTo((y.LeadsOn, y.Port.MacsOnPort, collectedAt[x.Port.At.Device], order.Rank(y.Port.At), y.Port.Vlan)));
            _byMac.Add(mac, [.. ports.Select(entry => entry.Port).Distinct()]);
        }

        void AddPort(NetworkDevice device, IfIndex port, FdbEntry[] rows, HashSet<(IfIndex, MacAddress)> inVlan)
        {
            Port at = new(device.Id, port);
            VlanMember? member = device.Tables.VlanMember(port);
            int macs = rows.Select(row => row.Mac).Distinct().Count();
            bool hasAccessPoint = withAccessPoint.Contains(at)
                || rows.Any(row => accessPoints.Contains(row.Mac) && !SharedPorts.IsTagged(member, row.Vlan));
            Predicate<VlanId> isShared = macs < 2 || hasAccessPoint ? static _ => false : SharedPorts.Of(rows, member, [.. stations[at]]);
            foreach (FdbEntry row in rows)
            {
                if (row.Vlan.IsNone && inVlan.Contains((port, row.Mac))) continue;
                VlanId vlan = row.Vlan.IsNone ? member?.Untagged ?? default : row.Vlan;
                if (!byMac.TryGetValue(row.Mac, out var ports)) byMac.Add(row.Mac, ports = []);
                ports.Add((new EdgePort(at, vlan, macs, row.Source) { IsShared = isShared(vlan) }, leadsOn.Contains(at)));
            }
        }
    }

    public ImmutableArray<EdgePort> Of(MacAddress mac) => _byMac.TryGetValue(mac, out ImmutableArray<EdgePort> ports) ? ports : [];
}
