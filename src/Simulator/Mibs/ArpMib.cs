using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// Resolved addresses: ipNetToPhysicalTable (RFC 4293) and ipNetToMediaTable (RFC 1213). Both name the device's own addresses too, as
/// static.
/// </summary>
internal static class ArpMib
{
    private static readonly ObjectIdentifier s_ipNetToMediaEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.22.1");
    private static readonly ObjectIdentifier s_ipNetToPhysicalEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.35.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        foreach (((int ifIndex, Ipv4Address address), MacAddress mac) in facts.Learned.Arp(facts.Node))
            Add(mib, facts, ifIndex, address, mac, own: false);
        foreach (Station station in facts.Node.Stations.Where(s => s.Up && !s.Interface.IsLoopback))
        {
            foreach (SubnetAddress address in station.Addresses)
                Add(mib, facts, station.Interface.Index, address.Address, station.Mac, own: true);
        }
    }

    private static void Add(MibBuilder mib, AgentFacts facts, int ifIndex, Ipv4Address address, MacAddress mac, bool own)
    {
        if (facts.Device.Mibs.Arp.Contains("ipNetToMedia"))
        {
            mib.Row(s_ipNetToMediaEntry, [(uint)ifIndex, .. MibIndex.Of(address)])
                .Set(1, ifIndex)
                .Set(2, mac)
                .Set(3, address)
                .Set(4, own ? 4 : 3);
        }
        if (facts.Device.Mibs.Arp.Contains("ipNetToPhysical"))
        {
            mib.Row(s_ipNetToPhysicalEntry, [(uint)ifIndex, .. MibIndex.OfInet(address)])
                .Set(4, mac)
                .Set(5, SnmpValue.TimeTicks(4200))
                .Set(6, own ? 5 : 3)
                .Set(7, own ? 5 : 1)
                .Set(8, 1);
        }
    }
}
