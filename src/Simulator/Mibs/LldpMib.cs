using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// LLDP-MIB (IEEE 802.1AB): the device itself, its ports, its neighbors. Local port numbers are bridge-port numbers, not ifIndex.
/// </summary>
internal static class LldpMib
{
    private const int MacAddressSubtype = 4;
    private const int InterfaceNameSubtype = 5;
    private static readonly ObjectIdentifier s_local = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3");
    private static readonly ObjectIdentifier s_localPortEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.7.1");
    private static readonly ObjectIdentifier s_localManagementEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.8.1");
    private static readonly ObjectIdentifier s_remoteEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.4.1.1");
    private static readonly ObjectIdentifier s_remoteManagementEntry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.4.2.1");
    private static readonly ObjectIdentifier s_ifIndex = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        if (!facts.Device.Lldp) return;
        AddLocal(mib, facts);
        int remote = 0;
        foreach (Port port in facts.Node.Ports)
        {
            InterfaceDescription i = port.Interface;
            mib.Row(s_localPortEntry, (uint)i.PhysicalNumber).Set(2, InterfaceNameSubtype).Set(3, i.ShortName)
                .Set(4, i.Description.Length > 0 ? i.Description : i.Name);
            if (Announcement.HeardOn(port, d => d.Lldp) is { } neighbor) AddRemote(mib, (uint)i.PhysicalNumber, (uint)++remote, neighbor);
        }
    }

    private static void AddLocal(MibBuilder mib, AgentFacts facts)
    {
        DeviceDescription device = facts.Device;
        mib.Scalar(s_local.Append(1, 0), SnmpValue.Int(MacAddressSubtype));
        mib.Scalar(s_local.Append(2, 0), SnmpValue.Bytes(device.Mac.ToOctets()));
        mib.Scalar(s_local.Append(3, 0), SnmpValue.Text(device.Name));
        mib.Scalar(s_local.Append(4, 0), SnmpValue.Text(device.Hardware.Description));
        mib.Scalar(s_local.Append(5, 0), Capabilities(device.Kind));
        mib.Scalar(s_local.Append(6, 0), Capabilities(device.Kind));
        int ifIndex = device.Interfaces.First(i => i.Addresses.Any(a => a.Address == device.ManagementAddress)).Index;
        mib.Row(s_localManagementEntry, MibIndex.OfInet(device.ManagementAddress)).Set(3, 5).Set(4, 2).Set(5, ifIndex)
            .Set(6, s_ifIndex.Append((uint)ifIndex));
    }

    /// <summary>Index: time mark, local port, a number of our own.</summary>
    private static void AddRemote(MibBuilder mib, uint localPort, uint remote, Announcement neighbor)
    {
        mib.Row(s_remoteEntry, 0, localPort, remote)
            .Set(4, MacAddressSubtype)
            .Set(5, neighbor.Chassis)
            .Set(6, InterfaceNameSubtype)
            .Set(7, neighbor.Port.ShortName)
            .Set(8, neighbor.Port.Description.Length > 0 ? neighbor.Port.Description : neighbor.Port.Name)
            .Set(9, neighbor.Name)
            .Set(10, neighbor.Description)
            .Set(11, Capabilities(neighbor.Kind))
            .Set(12, Capabilities(neighbor.Kind));
        mib.Row(s_remoteManagementEntry, [0, localPort, remote, .. MibIndex.OfInet(neighbor.Address)])
            .Set(3, 2)
            .Set(4, neighbor.Port.Index)
            .Set(5, s_ifIndex.Append((uint)neighbor.Port.Index));
    }

    /// <summary>LldpSystemCapabilitiesMap: bridge (2), wlanAccessPoint (3), router (4), bit 0 highest.</summary>
    private static SnmpValue Capabilities(DeviceKind? kind)
    {
        byte bits = kind switch
        {
            DeviceKind.Switch => 0x20,
            DeviceKind.L3Switch => 0x28,
            DeviceKind.Router => 0x08,
            DeviceKind.Wlc => 0x20,
            _ => 0x10,
        };
        return SnmpValue.Bytes(bits, 0);
    }
}
