using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// MAC address to the ports that may be its own, the likeliest first: no announced neighbor, fewer addresses on the port, the newer
/// reading. The port on which an address was given its lease stands in when no forwarding database has the address any more.
/// </summary>
internal sealed class EdgePorts
{
    private readonly Dictionary<MacAddress, ImmutableArray<EdgePort>> _byMac = [];

    /// <param name="leadsToDevice">Ports of links between managed devices.</param>
    public EdgePorts(IReadOnlyList<NetworkDevice> devices, IReadOnlySet<Port> leadsToDevice, IReadOnlySet<Port> announced)
    {
        var byMac = new Dictionary<MacAddress, List<(EdgePort Port, bool Announced)>>();
        var collectedAt = devices.ToDictionary(device => device.Id, device => device.Snapshot.CollectedAt);
        foreach (NetworkDevice device in devices)
        {
            var counts = new Dictionary<IfIndex, int>();
            var learned = device.Snapshot.Fdb.Where(row => row.Status is not (FdbStatus.Self or FdbStatus.Invalid) && !row.Interface.IsNone)
                .Where(row => !leadsToDevice.Contains(new Port(device.Id, row.Interface)))
                .GroupBy(row => (row.Interface, row.Mac, row.Vlan)).Select(rows => rows.First()).ToArray();
            foreach (var port in learned.GroupBy(row => row.Interface)) counts[port.Key] = port.Select(row => row.Mac).Distinct().Count();
            // Agents that serve BRIDGE-MIB beside Q-BRIDGE-MIB show an address twice: the row without a VLAN says nothing more.
            var inVlan = learned.Where(row => !row.Vlan.IsNone).Select(row => (row.Interface, row.Mac)).ToHashSet();
            foreach (FdbEntry row in learned)
            {
                if (row.Vlan.IsNone && inVlan.Contains((row.Interface, row.Mac))) continue;
                Port at = new(device.Id, row.Interface);
                VlanId vlan = row.Vlan.IsNone ? device.Tables.VlanMember(row.Interface)?.Untagged ?? default : row.Vlan;
                if (!byMac.TryGetValue(row.Mac, out var ports)) byMac.Add(row.Mac, ports = []);
                ports.Add((new EdgePort(at, vlan, counts[row.Interface], row.Source), announced.Contains(at)));
            }
        }
        foreach (NetworkDevice device in AddressIndex.NewestFirst(devices))
            foreach (DhcpBinding lease in device.Snapshot.DhcpBindings)
                if (!byMac.ContainsKey(lease.Mac) && !lease.Interface.IsNone && new Port(device.Id, lease.Interface) is var at
                    && !leadsToDevice.Contains(at))
                    _byMac.TryAdd(lease.Mac, [new EdgePort(at, lease.Vlan, 1, device.Readings.SourceOf(DhcpBinding.Layout))]);
        foreach ((MacAddress mac, var ports) in byMac)
        {
            ports.Sort((x, y) => (x.Announced, x.Port.MacsOnPort, collectedAt[y.Port.At.Device], x.Port.At, x.Port.Vlan)
                .CompareTo((y.Announced, y.Port.MacsOnPort, collectedAt[x.Port.At.Device], y.Port.At, y.Port.Vlan)));
            _byMac.Add(mac, [.. ports.Select(entry => entry.Port).Distinct()]);
        }
    }

    public ImmutableArray<EdgePort> Of(MacAddress mac) => _byMac.TryGetValue(mac, out ImmutableArray<EdgePort> ports) ? ports : [];
}
