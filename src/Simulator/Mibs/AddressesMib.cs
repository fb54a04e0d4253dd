using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>IP-MIB ipAddressTable and ipAddressPrefixTable (RFC 4293), ipAddrTable (RFC 1213).</summary>
internal static class AddressesMib
{
    private static readonly ObjectIdentifier s_ipForwarding = ObjectIdentifier.Parse("1.3.6.1.2.1.4.1.0");
    private static readonly ObjectIdentifier s_ipAddrEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.20.1");
    private static readonly ObjectIdentifier s_ipAddressPrefixEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.32.1");
    private static readonly ObjectIdentifier s_ipAddressEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.34.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        mib.Scalar(s_ipForwarding, SnmpValue.Int(facts.Device.ForwardsIp ? 1 : 2));
        foreach (InterfaceDescription i in facts.Device.Interfaces)
        {
            foreach (SubnetAddress address in i.Addresses)
            {
                if (facts.Device.Mibs.Addresses.Contains("ipAddr")) AddOld(mib, i, address);
                if (facts.Device.Mibs.Addresses.Contains("ipAddress")) AddNew(mib, i, address);
            }
        }
    }

    private static void AddOld(MibBuilder mib, InterfaceDescription i, SubnetAddress address) =>
        mib.Row(s_ipAddrEntry, MibIndex.Of(address.Address))
            .Set(1, address.Address)
            .Set(2, i.Index)
            .Set(3, address.Subnet.Mask)
            .Set(4, 1)
            .Set(5, 18024);

    private static void AddNew(MibBuilder mib, InterfaceDescription i, SubnetAddress address)
    {
        uint[] prefix = [(uint)i.Index, .. MibIndex.OfInet(address.Subnet.Network), (uint)address.Length];
        mib.Row(s_ipAddressPrefixEntry, prefix).Set(5, 2).Set(6, 1).Set(7, 2).Set(8, SnmpValue.Gauge32(uint.MaxValue))
            .Set(9, SnmpValue.Gauge32(uint.MaxValue));
        mib.Row(s_ipAddressEntry, MibIndex.OfInet(address.Address))
            .Set(3, i.Index)
            .Set(4, 1)
            .Set(5, s_ipAddressPrefixEntry.Append([5, .. prefix]))
            .Set(6, 2)
            .Set(7, 1)
            .Set(8, SnmpValue.TimeTicks(4200))
            .Set(9, SnmpValue.TimeTicks(4200))
            .Set(10, 1)
            .Set(11, 2);
    }
}
