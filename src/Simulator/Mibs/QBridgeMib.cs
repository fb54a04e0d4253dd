using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Q-BRIDGE-MIB (RFC 4363): VLANs and the forwarding table with VLANs in its index.</summary>
internal static class QBridgeMib
{
    private static readonly ObjectIdentifier s_dot1qBase = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.1");
    private static readonly ObjectIdentifier s_fdbEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.2.1.1");
    private static readonly ObjectIdentifier s_tpFdbEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.2.2.1");
    private static readonly ObjectIdentifier s_vlanCurrentEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.4.2.1");
    private static readonly ObjectIdentifier s_vlanStaticEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.4.3.1");
    private static readonly ObjectIdentifier s_portVlanEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.7.1.4.5.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        Port[] ports = [.. facts.BridgePorts];
        mib.Scalar(s_dot1qBase.Append(1, 0), SnmpValue.Int(1));
        mib.Scalar(s_dot1qBase.Append(2, 0), SnmpValue.Int(4094));
        mib.Scalar(s_dot1qBase.Append(3, 0), SnmpValue.Gauge32(4094));
        mib.Scalar(s_dot1qBase.Append(4, 0), SnmpValue.Gauge32((uint)facts.Device.Vlans.Length));
        foreach (Vlan vlan in facts.Device.Vlans)
        {
            int id = vlan.Id.Value;
            SnmpValue members = PortList(facts.Node, ports.Where(p => p.Interface.Vlans.Contains(id)));
            SnmpValue untagged = PortList(facts.Node, ports.Where(p => p.Interface.Untagged == id));
            mib.Row(s_vlanCurrentEntry, 0, (uint)id).Set(3, SnmpValue.Gauge32((uint)id)).Set(4, members).Set(5, untagged).Set(6, 2)
                .Set(7, SnmpValue.TimeTicks(4200));
            mib.Row(s_vlanStaticEntry, (uint)id).Set(1, vlan.Name).Set(2, members).Set(3, PortList(facts.Node, [])).Set(4, untagged)
                .Set(5, 1);
            AddFdb(mib, facts, id);
        }
        foreach (Port port in ports)
        {
            mib.Row(s_portVlanEntry, (uint)port.Interface.PhysicalNumber)
                .Set(1, SnmpValue.Gauge32((uint)(port.Interface.IsTrunk ? port.Interface.Native : port.Interface.Access)))
                .Set(2, port.Interface.IsTrunk ? 1 : 2)
                .Set(3, 1)
                .Set(4, 2);
        }
    }

    private static void AddFdb(MibBuilder mib, AgentFacts facts, int vlan)
    {
        KeyValuePair<MacAddress, Port>[] learned = [.. facts.Learned.Fdb(facts.Network.LayerTwo.Bridge(facts.Node, vlan)!)];
        mib.Row(s_fdbEntry, (uint)vlan).Set(2, SnmpValue.Counter32((uint)learned.Length));
        foreach ((MacAddress mac, Port port) in learned)
            mib.Row(s_tpFdbEntry, [(uint)vlan, .. MibIndex.Of(mac)]).Set(2, port.Interface.PhysicalNumber).Set(3, 3);
    }

    /// <summary>PortList: bridge port 1 is the highest bit of the first octet.</summary>
    private static SnmpValue PortList(Node node, IEnumerable<Port> ports)
    {
        byte[] bits = new byte[(node.Ports.Length + 7) / 8];
        foreach (Port port in ports)
        {
            int bit = port.Interface.PhysicalNumber - 1;
            bits[bit / 8] |= (byte)(0x80 >> bit % 8);
        }
        return SnmpValue.Bytes(bits);
    }
}
