using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Cisco's VLANs: CISCO-VTP-MIB vtpVlanTable and vlanTrunkPortTable, CISCO-VLAN-MEMBERSHIP-MIB vmMembershipTable.</summary>
internal static class VtpMib
{
    private static readonly ObjectIdentifier s_managementDomainEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.46.1.2.1.1");
    private static readonly ObjectIdentifier s_vtpVlanEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.46.1.3.1.1");
    private static readonly ObjectIdentifier s_trunkPortEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.46.1.6.1.1");
    private static readonly ObjectIdentifier s_membershipEntry = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.68.1.2.2.1");

    /// <summary>Every switch has them, of types FDDI and Token Ring, and no port is in them.</summary>
    private static readonly (uint Id, int Type, string Name)[] s_legacy =
        [(1002, 2, "fddi-default"), (1003, 3, "token-ring-default"), (1004, 4, "fddinet-default"), (1005, 5, "trnet-default")];

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        mib.Row(s_managementDomainEntry, 1).Set(2, "").Set(3, 3);
        foreach (Vlan vlan in facts.Device.Vlans) AddVlan(mib, vlan.Id.Value, 1, vlan.Name);
        foreach ((uint id, int type, string name) in s_legacy.Where(l => facts.Device.Vlans.All(v => v.Id.Value != l.Id)))
            AddVlan(mib, id, type, name);
        foreach (Port port in facts.BridgePorts)
        {
            AddTrunkPort(mib, port);
            if (port.Interface.Access > 0)
                mib.Row(s_membershipEntry, (uint)port.Interface.Index).Set(1, 1).Set(2, port.Interface.Access).Set(3, port.Up ? 2 : 1);
        }
    }

    private static void AddVlan(MibBuilder mib, uint id, int type, string name) =>
        mib.Row(s_vtpVlanEntry, 1, id).Set(2, 1).Set(3, type).Set(4, name).Set(5, 1500)
            .Set(6, SnmpValue.Bytes(0, 1, (byte)(0x86 + (id >> 8)), (byte)id));

    /// <summary>
    /// Access ports have a row too: what they would carry as a trunk, and that they are none (vlanTrunkPortDynamicStatus).
    /// </summary>
    private static void AddTrunkPort(MibBuilder mib, Port port)
    {
        InterfaceDescription i = port.Interface;
        bool trunking = i.IsTrunk && port.Up;
        mib.Row(s_trunkPortEntry, (uint)i.Index)
            .Set(2, 1)
            .Set(3, i.IsTrunk ? 4 : 5)
            .Set(4, Bitmap(i, 0))
            .Set(5, i.Native)
            .Set(13, i.IsTrunk ? 5 : 2)
            .Set(14, trunking ? 1 : 2)
            .Set(16, i.IsTrunk ? 4 : 6)
            .Set(17, Bitmap(i, 1))
            .Set(18, Bitmap(i, 2))
            .Set(19, Bitmap(i, 3));
    }

    /// <summary>128 octets for 1024 VLANs, the lowest in the highest bit of the first octet.</summary>
    private static SnmpValue Bitmap(InterfaceDescription i, int thousand)
    {
        byte[] bits = new byte[128];
        IEnumerable<int> vlans = i.IsTrunk ? i.Trunk : Enumerable.Range(1, 4094);
        foreach (int vlan in vlans.Where(v => v / 1024 == thousand)) bits[vlan % 1024 / 8] |= (byte)(0x80 >> vlan % 8);
        return SnmpValue.Bytes(bits);
    }
}
