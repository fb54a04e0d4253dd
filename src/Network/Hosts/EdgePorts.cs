using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// MAC address to the ports that may be its own, the likeliest first: no announced neighbor and no managed device behind, fewer addresses
/// on the port, the newer reading. Never an overlay's port: who was learned there is somewhere else. The port on which an address was given
/// its lease stands in when no forwarding database has the address any more.
/// </summary>
internal sealed class EdgePorts
{
    private readonly Dictionary<MacAddress, ImmutableArray<EdgePort>> _byMac;

    /// <param name="leadsToDevice">Ports of links between managed devices.</param>
    /// <param name="leadsOn">Ports where something is announced, or where managed devices are behind something that nobody manages.</param>
    public EdgePorts(DeviceOrder order, IReadOnlySet<Port> leadsToDevice, IReadOnlySet<Port> leadsOn, Announcements announcements,
        int cores)
    {
        ImmutableArray<NetworkDevice> devices = order.Devices;
        var byMac = new Grouping<MacAddress, EdgePort>();
        var collectedAt = devices.ToDictionary(device => device.Id, device => device.Snapshot.CollectedAt);
        var stations = announcements.Unmanaged.Where(neighbor => !neighbor.Forwards || neighbor.IsTelephone)
            .ToLookup(neighbor => neighbor.At);
        HashSet<Port> withAccessPoint = [.. announcements.OfAccessPoints.Select(said => said.At)];
        HashSet<MacAddress> accessPoints = [.. devices.SelectMany(device => device.Snapshot.AccessPoints).Select(joined => joined.Mac)];
        foreach (List<(MacAddress Mac, EdgePort Port)> learned in SideBySide.Each(cores, devices, EdgesOf))
            foreach ((MacAddress mac, EdgePort port) in learned) byMac.Add(mac, port);
        _byMac = byMac.Freeze(ports => Array.Sort(ports, (x, y) =>
            (leadsOn.Contains(x.At), x.MacsOnPort, collectedAt[y.At.Device], order.Rank(x.At), x.Vlan)
                .CompareTo((leadsOn.Contains(y.At), y.MacsOnPort, collectedAt[x.At.Device], order.Rank(y.At), y.Vlan))));
        foreach (NetworkDevice device in AddressIndex.NewestFirst(devices))
            foreach (DhcpBinding lease in device.Snapshot.DhcpBindings)
                if (!lease.Interface.IsNone && new Port(device.Id, lease.Interface) is var at && !leadsToDevice.Contains(at))
                    _byMac.TryAdd(lease.Mac, [new EdgePort(at, lease.Vlan, 1, device.Readings.SourceOf(DhcpBinding.Layout))]);

        List<(MacAddress Mac, EdgePort Port)> EdgesOf(NetworkDevice device)
        {
            FdbEntry[] learned = LearnedByPort(device, leadsToDevice);
            var edges = new List<(MacAddress Mac, EdgePort Port)>(learned.Length);
            for (int start = 0, end; start < learned.Length; start = end)
            {
                for (end = start + 1; end < learned.Length && learned[end].Interface == learned[start].Interface;) end++;
                AddPort(edges, device, learned.AsSpan(start, end - start));
            }
            return edges;
        }

        void AddPort(List<(MacAddress Mac, EdgePort Port)> edges, NetworkDevice device, ReadOnlySpan<FdbEntry> learned)
        {
            Port at = new(device.Id, learned[0].Interface);
            VlanMember? member = device.Tables.VlanMember(at.Interface);
            if (learned is [var only]) // as most ports have
            {
                edges.Add((only.Mac, new EdgePort(at, VlanOf(only, member), 1, only.Source)));
                return;
            }
            FdbEntry[] rows = [.. learned.ToArray().DistinctBy(row => (row.Mac, row.Vlan))];
            int macs = rows.Select(row => row.Mac).Distinct().Count();
            bool hasAccessPoint = withAccessPoint.Contains(at)
                || rows.Any(row => accessPoints.Contains(row.Mac) && !SharedPorts.IsTagged(member, row.Vlan));
            Predicate<VlanId> isShared = macs < 2 || hasAccessPoint ? static _ => false : SharedPorts.Of(rows, member, [.. stations[at]]);
            // Agents that serve BRIDGE-MIB beside Q-BRIDGE-MIB show an address twice: the row without a VLAN says nothing more.
            var inVlan = rows.Where(row => !row.Vlan.IsNone).Select(row => row.Mac).ToHashSet();
            foreach (FdbEntry row in rows)
            {
                if (row.Vlan.IsNone && inVlan.Contains(row.Mac)) continue;
                VlanId vlan = VlanOf(row, member);
                edges.Add((row.Mac, new EdgePort(at, vlan, macs, row.Source) { IsShared = isShared(vlan) }));
            }
        }
    }

    public ImmutableArray<EdgePort> Of(MacAddress mac) => _byMac.TryGetValue(mac, out ImmutableArray<EdgePort> ports) ? ports : [];

    /// <summary>The rows of ports that may be a host's; those of one port stand together, in the order of the table.</summary>
    private static FdbEntry[] LearnedByPort(NetworkDevice device, IReadOnlySet<Port> leadsToDevice)
    {
        var learned = new List<FdbEntry>();
        (IfIndex last, bool isEdge) = (default, false); // neighboring rows have the same port, often
        foreach (FdbEntry row in device.Snapshot.Fdb)
        {
            if (row.Status is FdbStatus.Self or FdbStatus.Invalid || row.Interface.IsNone) continue;
            if (row.Interface != last)
            {
                last = row.Interface;
                isEdge = !leadsToDevice.Contains(new Port(device.Id, last)) && !device.Tables.Roles.IsOverlay(last);
            }
            if (isEdge) learned.Add(row);
        }
        return [.. learned.OrderBy(row => row.Interface)];
    }

    private static VlanId VlanOf(FdbEntry row, VlanMember? member) => row.Vlan.IsNone ? member?.Untagged ?? default : row.Vlan;
}
