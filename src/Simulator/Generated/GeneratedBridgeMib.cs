using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// BRIDGE-MIB (RFC 4188) and Q-BRIDGE-MIB (RFC 4363) of a generated switch. Bridge ports count the switched interfaces from 1; each
/// forwards.
/// </summary>
internal static class GeneratedBridgeMib
{
    private static readonly ObjectIdentifier s_base = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1");
    private static readonly ObjectIdentifier s_basePortEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.4.1");
    private static readonly ObjectIdentifier s_stpPortEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.2.15.1");
    private static readonly ObjectIdentifier s_tpFdbEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.2.2.1");
    private static readonly ObjectIdentifier s_vlanCurrentEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.4.2.1");
    private static readonly ObjectIdentifier s_vlanStaticEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.4.3.1");
    private static readonly ObjectIdentifier s_portVlanEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.4.5.1");

    public static void Add(MibBuilder mib, GeneratedDevice device)
    {
        GeneratedInterface[] ports = [.. device.Interfaces.Where(one => one.IsSwitched)];
        if (ports.Length == 0) return;
        mib.Scalar(s_base.Append(1, 0), SnmpValue.Bytes(device.Chassis.ToOctets()));
        mib.Scalar(s_base.Append(2, 0), SnmpValue.Int(ports.Length));
        var numbers = new Dictionary<int, int>();
        for (int number = 1; number <= ports.Length; number++)
        {
            GeneratedInterface port = ports[number - 1];
            numbers.Add(port.Index, number);
            mib.Row(s_basePortEntry, (uint)number).Set(1, number).Set(2, port.Index);
            mib.Row(s_stpPortEntry, (uint)number).Set(1, number).Set(3, port.Up ? 5 : 1);
            mib.Row(s_portVlanEntry, (uint)number).Set(1, SnmpValue.Gauge32(port.Vlan > 0 ? (uint)port.Vlan : 1));
        }
        foreach (int vlan in ports.SelectMany(port => port.Trunk.Append(port.Vlan)).Where(vlan => vlan > 0).Distinct())
        {
            SnmpValue members = PortList(ports, port => port.Vlan == vlan || port.Trunk.Contains(vlan));
            SnmpValue untagged = PortList(ports, port => port.Vlan == vlan);
            mib.Row(s_vlanCurrentEntry, 0, (uint)vlan).Set(3, SnmpValue.Gauge32((uint)vlan)).Set(4, members).Set(5, untagged).Set(6, 2);
            mib.Row(s_vlanStaticEntry, (uint)vlan).Set(1, vlan == GeneratedPlan.ManagementVlan ? "management" : $"users-{vlan}")
                .Set(2, members).Set(4, untagged).Set(5, 1);
        }
        foreach ((int vlan, MacAddress mac, int ifIndex) in device.Fdb)
            mib.Row(s_tpFdbEntry, [(uint)vlan, .. MibIndex.Of(mac)]).Set(2, numbers[ifIndex]).Set(3, 3);
    }

    /// <summary>Bridge port 1 is the highest bit of the first octet.</summary>
    private static SnmpValue PortList(GeneratedInterface[] ports, Func<GeneratedInterface, bool> contains)
    {
        byte[] bits = new byte[(ports.Length + 7) / 8];
        for (int i = 0; i < ports.Length; i++)
            if (contains(ports[i])) bits[i / 8] |= (byte)(0x80 >> i % 8);
        return SnmpValue.Bytes(bits);
    }
}
