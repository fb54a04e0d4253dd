using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>CISCO-CDP-MIB: cdpInterfaceTable, cdpCacheTable and who the device is.</summary>
internal static class CdpMib
{
    private static readonly ObjectIdentifier s_interfaceEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.23.1.1.1.1");
    private static readonly ObjectIdentifier s_cacheEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.23.1.2.1.1");
    private static readonly ObjectIdentifier s_global = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.23.1.3");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        if (!facts.Device.Cdp) return;
        mib.Scalar(s_global.Append(1, 0), SnmpValue.Int(1));
        mib.Scalar(s_global.Append(2, 0), SnmpValue.Int(60));
        mib.Scalar(s_global.Append(3, 0), SnmpValue.Int(180));
        mib.Scalar(s_global.Append(4, 0), SnmpValue.Text(facts.Device.Name));
        uint number = 0;
        foreach (Port port in facts.Node.Ports)
        {
            uint ifIndex = (uint)port.Interface.Index;
            mib.Row(s_interfaceEntry, ifIndex).Set(2, 1).Set(6, port.Interface.Name);
            if (Announcement.HeardOn(port, d => d.Cdp) is not { } neighbor) continue;
            mib.Row(s_cacheEntry, ifIndex, ++number)
                .Set(3, 1)
                .Set(4, SnmpValue.Bytes(neighbor.Address.ToIPAddress().GetAddressBytes()))
                .Set(5, neighbor.Description)
                .Set(6, neighbor.Name)
                .Set(7, neighbor.Port.Name)
                .Set(8, neighbor.Platform)
                .Set(9, SnmpValue.Bytes(0, 0, 0, Capabilities(neighbor.Kind)))
                .Set(10, "")
                .Set(11, neighbor.Port.Untagged)
                .Set(12, 3);
        }
    }

    /// <summary>Bit 0 router, 1 transparent bridge, 3 switch, 4 host, 5 IGMP.</summary>
    private static byte Capabilities(DeviceKind? kind) => kind switch
    {
        DeviceKind.Switch => 0x28,
        DeviceKind.L3Switch => 0x29,
        DeviceKind.Router => 0x01,
        DeviceKind.Wlc => 0x10,
        _ => 0x02,
    };
}
