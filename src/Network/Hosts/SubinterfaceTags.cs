using System.Collections.Concurrent;

namespace Towpath.Network;

/// <summary>
/// Finds the tag of the frames between a subinterface and one station. The first of these that tells it:
/// 1. a table of the device;
/// 2. the only VLAN in which the switch on the port has learned the station;
/// 3. of several, as a telephone is learned in, the only one in which it has learned all that the subinterface resolves;
/// 4. of several, the only one that is not by rule 3 another subinterface's;
/// 5. the number in the subinterface's name.
/// </summary>
internal sealed class SubinterfaceTags(NetworkSnapshot network)
{
    /// <summary>For each trunk, once: there may be as many stations as rows that a hostile device tells.</summary>
    private readonly ConcurrentDictionary<(DeviceId Device, Port Far), Dictionary<IfIndex, VlanId[]>> _common = [];

    /// <param name="station">Default when no table tells it.</param>
    /// <returns>Default for an interface that is no subinterface.</returns>
    public VlanId Of(NetworkDevice device, IfIndex subinterface, MacAddress station)
    {
        InterfaceRoles roles = device.Tables.Roles;
        VlanId named = roles.SubinterfaceVlan(subinterface);
        if (named.IsNone || roles.IsTagTold(subinterface) || station == default) return named;
        IfIndex port = roles.PortUnder(subinterface);
        foreach (LinkEnd link in network.LinksAt(new Port(device.Id, port)))
        {
            VlanId[] learned = Learned(link.Far, station);
            if (learned.Length > 1)
            {
                Dictionary<IfIndex, VlanId[]> common = _common.GetOrAdd((device.Id, link.Far), _ => Common(device, port, link.Far));
                if (common.GetValueOrDefault(subinterface) is [var shared]) return shared;
                learned = [.. learned.Except(common.Values.Where(theirs => theirs.Length == 1).Select(theirs => theirs[0]))];
            }
            if (learned is [var only]) return only;
        }
        return named;
    }

    /// <summary>By subinterface of the port: the VLANs in which the far switch has learned each station that it has resolved.</summary>
    private Dictionary<IfIndex, VlanId[]> Common(NetworkDevice device, IfIndex port, Port far)
    {
        var common = new Dictionary<IfIndex, VlanId[]>();
        foreach (ArpEntry entry in device.Snapshot.Arp)
        {
            IfIndex on = entry.Interface;
            if (on == port || device.Tables.Roles.PortUnder(on) != port || Learned(far, entry.Mac) is not { Length: > 0 } learned) continue;
            common[on] = common.TryGetValue(on, out VlanId[]? before) ? [.. before.Intersect(learned)] : learned;
        }
        return common;
    }

    /// <summary>The VLANs that the far port carries and in which its switch has learned the address elsewhere.</summary>
    private VlanId[] Learned(Port far, MacAddress mac)
    {
        DeviceTables tables = network.Device(far.Device)!.Tables;
        return tables.VlanMember(far.Interface) is not { } member ? []
            : [.. tables.Fdb.RowsOf(mac).Where(row => member.Tagged.Contains(row.Vlan) && row.Interface != far.Interface)
                .Select(row => row.Vlan).Distinct()];
    }
}
