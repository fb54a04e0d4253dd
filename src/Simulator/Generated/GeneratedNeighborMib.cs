using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// LLDP-MIB (IEEE 802.1AB) and CISCO-CDP-MIB of a generated device. LLDP's local port numbers are no ifIndex: they count the ports with a
/// neighbor.
/// </summary>
internal static class GeneratedNeighborMib
{
    private const int MacAddressSubtype = 4, InterfaceNameSubtype = 5;
    private static readonly ObjectIdentifier s_local = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3");
    private static readonly ObjectIdentifier s_localPortEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.7.1");
    private static readonly ObjectIdentifier s_remoteEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.4.1.1");
    private static readonly ObjectIdentifier s_remoteManagementEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.4.2.1");
    private static readonly ObjectIdentifier s_ifIndex = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1.1");
    private static readonly ObjectIdentifier s_cacheEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.23.1.2.1.1");
    private static readonly ObjectIdentifier s_cdpGlobal = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.23.1.3");

    public static void Add(MibBuilder mib, GeneratedDevice device)
    {
        mib.Scalar(s_local.Append(1, 0), SnmpValue.Int(MacAddressSubtype));
        mib.Scalar(s_local.Append(2, 0), SnmpValue.Bytes(device.Chassis.ToOctets()));
        mib.Scalar(s_local.Append(3, 0), SnmpValue.Text(device.Name));
        uint number = 0;
        foreach (GeneratedInterface one in device.Interfaces)
        {
            if (one.Neighbor is not { } neighbor) continue;
            mib.Row(s_localPortEntry, ++number).Set(2, InterfaceNameSubtype).Set(3, one.ShortName).Set(4, one.Name);
            if (neighbor.ByCdp) AddCdp(mib, one, neighbor);
            else AddLldp(mib, number, neighbor);
        }
        if (device.Interfaces.Exists(one => one.Neighbor is { ByCdp: true }))
            mib.Scalar(s_cdpGlobal.Append(4, 0), SnmpValue.Text(device.Name));
    }

    private static void AddLldp(MibBuilder mib, uint localPort, GeneratedNeighbor neighbor)
    {
        // LldpSystemCapabilitiesMap: bridge (2), router (4), bit 0 highest.
        SnmpValue capabilities = SnmpValue.Bytes((byte)(neighbor.Routes ? 0x08 : 0x20), 0);
        mib.Row(s_remoteEntry, 0, localPort, localPort)
            .Set(4, MacAddressSubtype)
            .Set(5, GeneratedPlan.Mac(neighbor.Number, 0))
            .Set(6, InterfaceNameSubtype)
            .Set(7, neighbor.ShortPort)
            .Set(8, neighbor.Port)
            .Set(9, neighbor.Name)
            .Set(10, "Towpath generated")
            .Set(11, capabilities)
            .Set(12, capabilities);
        mib.Row(s_remoteManagementEntry, [0, localPort, localPort, .. MibIndex.OfInet(neighbor.Management)]).Set(3, 1).Set(4, 0)
            .Set(5, s_ifIndex);
    }

    private static void AddCdp(MibBuilder mib, GeneratedInterface one, GeneratedNeighbor neighbor) =>
        mib.Row(s_cacheEntry, (uint)one.Index, 1)
            .Set(3, 1)
            .Set(4, SnmpValue.Bytes(neighbor.Management.ToIPAddress().GetAddressBytes()))
            .Set(5, "Towpath generated")
            .Set(6, neighbor.Name)
            .Set(7, neighbor.Port)
            .Set(8, "generated")
            .Set(9, SnmpValue.Bytes(0, 0, 0, (byte)(neighbor.Routes ? 0x29 : 0x28)));
}
