using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>A wireless controller's stations and access points (AIRESPACE-WIRELESS-MIB) and interfaces (AIRESPACE-SWITCHING-MIB).</summary>
internal static class WirelessMib
{
    private const int Associated = 3;
    private static readonly ObjectIdentifier s_inventory = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.1");
    private static readonly ObjectIdentifier s_agentInterfaceConfigEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.2.13.1");
    private static readonly ObjectIdentifier s_bsnEssEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.2.1.1.1");
    private static readonly ObjectIdentifier s_bsnMobileStationEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.2.1.4.1");
    private static readonly ObjectIdentifier s_bsnApEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.2.2.1.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        if (facts.Device.Kind != DeviceKind.Wlc) return;
        mib.Scalar(s_inventory.Append(3, 0), SnmpValue.Text(facts.Hardware.Model));
        mib.Scalar(s_inventory.Append(4, 0), SnmpValue.Text(facts.Hardware.Serial));
        mib.Scalar(s_inventory.Append(14, 0), SnmpValue.Text(facts.Hardware.SoftwareVersion));
        foreach (InterfaceDescription i in facts.Device.Interfaces.Where(i => i.Svi > 0)) AddInterface(mib, facts, i);
        foreach (WlanDescription wlan in facts.Device.Wlans)
            mib.Row(s_bsnEssEntry, (uint)wlan.Id).Set(2, wlan.Ssid).Set(42, wlan.Interface);
        AccessPointDescription[] joined =
            [.. facts.Network.Description.AccessPoints.Where(a => a.Controller == facts.Device.Name && HasJoined(facts, a))];
        foreach (AccessPointDescription accessPoint in joined) AddAccessPoint(mib, accessPoint);
        foreach (HostDescription host in facts.Network.Description.Hosts)
        {
            if (joined.FirstOrDefault(a => a.Name == host.AccessPoint) is { } accessPoint) AddStation(mib, facts, host, accessPoint);
        }
    }

    /// <summary>An access point joins when its packets reach the controller and the controller's reach it.</summary>
    private static bool HasJoined(AgentFacts facts, AccessPointDescription accessPoint)
    {
        var forwarder = new Forwarder(facts.Network);
        FiveTuple tunnel = forwarder.Capwap(accessPoint);
        return forwarder.Send(facts.Network[accessPoint.Name], tunnel).Dropped is null
            && forwarder.Send(facts.Node, tunnel.Reply).Dropped is null;
    }

    private static void AddInterface(MibBuilder mib, AgentFacts facts, InterfaceDescription i)
    {
        SubnetAddress address = i.Addresses.FirstOrDefault();
        mib.Row(s_agentInterfaceConfigEntry, MibIndex.Of(i.Name))
            .Set(1, i.Name)
            .Set(2, i.Svi)
            .Set(3, 0)
            .Set(4, i.Mac)
            .Set(5, address.Address)
            .Set(6, address.Length > 0 ? address.Subnet.Mask : default)
            .Set(7, address.Length > 0 && address.Subnet.Contains(facts.Device.Gateway) ? facts.Device.Gateway : default)
            .Set(8, facts.Node.Ports.FirstOrDefault(p => p.Up && p.Interface.Vlans.Contains(i.Svi))?.Interface.PhysicalNumber ?? 0);
    }

    /// <summary>Index: the base radio MAC. Switches learn the Ethernet MAC, column 33.</summary>
    private static void AddAccessPoint(MibBuilder mib, AccessPointDescription accessPoint) =>
        mib.Row(s_bsnApEntry, MibIndex.Of(accessPoint.RadioMac))
            .Set(1, accessPoint.RadioMac)
            .Set(2, 2)
            .Set(3, accessPoint.Name)
            .Set(4, accessPoint.Location)
            .Set(6, 1)
            .Set(8, accessPoint.Software)
            .Set(9, "15.2.4.0")
            .Set(16, accessPoint.Model)
            .Set(17, accessPoint.Serial)
            .Set(19, accessPoint.Address.Address)
            .Set(26, accessPoint.Gateway)
            .Set(27, accessPoint.Address.Subnet.Mask)
            .Set(33, accessPoint.EthernetMac)
            .Set(37, 1);

    private static void AddStation(MibBuilder mib, AgentFacts facts, HostDescription host, AccessPointDescription accessPoint)
    {
        WlanDescription wlan = facts.Device.Wlans.First(w => w.Id == host.Wlan);
        mib.Row(s_bsnMobileStationEntry, MibIndex.Of(host.Mac))
            .Set(1, host.Mac)
            .Set(2, host.Address.Address)
            .Set(3, host.User)
            .Set(4, accessPoint.RadioMac)
            .Set(5, 1)
            .Set(6, wlan.Id)
            .Set(7, wlan.Ssid)
            .Set(8, 1)
            .Set(9, Associated)
            .Set(25, 6)
            .Set(27, wlan.Interface)
            .Set(29, facts.Device.Find(wlan.Interface)!.Svi);
    }
}
