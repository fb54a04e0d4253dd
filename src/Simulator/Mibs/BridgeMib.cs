using System.Buffers.Binary;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// BRIDGE-MIB (RFC 4188): base ports, learned addresses, spanning tree. Cisco's switches show one VLAN's in each context, others all in
/// one.
/// </summary>
internal static class BridgeMib
{
    private static readonly ObjectIdentifier s_base = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1");
    private static readonly ObjectIdentifier s_basePortEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.4.1");
    private static readonly ObjectIdentifier s_stp = ObjectIdentifier.Parse("1.3.6.1.2.1.17.2");
    private static readonly ObjectIdentifier s_stpPortEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.2.15.1");
    private static readonly ObjectIdentifier s_agingTime = ObjectIdentifier.Parse("1.3.6.1.2.1.17.4.2.0");
    private static readonly ObjectIdentifier s_fdbEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.4.3.1");

    /// <summary>The tables of one VLAN.</summary>
    public static void AddVlan(MibBuilder mib, AgentFacts facts, int vlan)
    {
        Attachment bridge = facts.Network.LayerTwo.Bridge(facts.Node, vlan)!;
        Port[] ports = [.. facts.BridgePorts.Where(p => p.Interface.Vlans.Contains(vlan))];
        AddBase(mib, facts, ports);
        AddFdb(mib, facts.Learned.Fdb(bridge));
        AddTree(mib, bridge);
        foreach (Port port in ports.Where(p => p.Up)) AddStpPort(mib, bridge, port);
    }

    /// <summary>All VLANs as one bridge: a port shows the tree of its lowest VLAN.</summary>
    public static void AddWhole(MibBuilder mib, AgentFacts facts)
    {
        Port[] ports = [.. facts.BridgePorts];
        Attachment[] bridges = [.. facts.Device.Vlans.Select(v => facts.Network.LayerTwo.Bridge(facts.Node, v.Id.Value)!)];
        AddBase(mib, facts, ports);
        foreach (Attachment bridge in bridges) AddFdb(mib, facts.Learned.Fdb(bridge));
        AddTree(mib, bridges[0]);
        foreach (Port port in ports.Where(p => p.Up)) AddStpPort(mib, bridges.First(b => port.Interface.Vlans.Contains(b.Vlan)), port);
    }

    private static void AddBase(MibBuilder mib, AgentFacts facts, Port[] ports)
    {
        mib.Scalar(s_base.Append(1, 0), SnmpValue.Bytes(facts.Device.Mac.ToOctets()));
        mib.Scalar(s_base.Append(2, 0), SnmpValue.Int(ports.Length));
        mib.Scalar(s_base.Append(3, 0), SnmpValue.Int(2));
        foreach (Port port in ports)
        {
            mib.Row(s_basePortEntry, (uint)port.Interface.PhysicalNumber)
                .Set(1, port.Interface.PhysicalNumber)
                .Set(2, port.Interface.Index)
                .Set(3, new ObjectIdentifier(0, 0))
                .Set(4, SnmpValue.Counter32(0))
                .Set(5, SnmpValue.Counter32(0));
        }
    }

    private static void AddFdb(MibBuilder mib, IEnumerable<KeyValuePair<MacAddress, Port>> learned)
    {
        mib.Scalar(s_agingTime, SnmpValue.Int(300));
        foreach ((MacAddress mac, Port port) in learned)
            mib.Row(s_fdbEntry, MibIndex.Of(mac)).Set(1, mac).Set(2, port.Interface.PhysicalNumber).Set(3, 3);
    }

    private static void AddTree(MibBuilder mib, Attachment bridge)
    {
        BridgeTree tree = bridge.Tree!;
        mib.Scalar(s_stp.Append(1, 0), SnmpValue.Int(3));
        mib.Scalar(s_stp.Append(2, 0), SnmpValue.Int(bridge.Node.Device!.StpPriority));
        mib.Scalar(s_stp.Append(3, 0), SnmpValue.TimeTicks(4200));
        mib.Scalar(s_stp.Append(4, 0), SnmpValue.Counter32(1));
        mib.Scalar(s_stp.Append(5, 0), SnmpValue.Bytes(Octets(tree.Root)));
        mib.Scalar(s_stp.Append(6, 0), SnmpValue.Int(tree.RootPathCost));
        mib.Scalar(s_stp.Append(7, 0), SnmpValue.Int(tree.RootWire?.PortAt(bridge).Interface.PhysicalNumber ?? 0));
        // Maximum age, hello time, hold time, forward delay; then what the bridge itself is set to, in hundredths of a second.
        uint number = 8;
        foreach (int hundredths in (int[])[2000, 200, 100, 1500, 2000, 200, 1500])
            mib.Scalar(s_stp.Append(number++, 0), SnmpValue.Int(hundredths));
    }

    private static void AddStpPort(MibBuilder mib, Attachment bridge, Port port)
    {
        Wire? wire = bridge.Wires.FirstOrDefault(w => w.PortAt(bridge) == port && w.Other(bridge).IsBridge);
        Attachment designated = wire is null ? bridge : SpanningTree.Designated(wire);
        Port designatedPort = wire is null ? port : wire.PortAt(designated);
        // On a blocked cable the designated end still forwards: it is the other end that blocks.
        bool blocks = wire is { Blocked: true } && designated != bridge;
        mib.Row(s_stpPortEntry, (uint)port.Interface.PhysicalNumber)
            .Set(1, port.Interface.PhysicalNumber)
            .Set(2, 128)
            .Set(3, blocks ? 2 : 5)
            .Set(4, 1)
            .Set(5, port.Interface.StpCost)
            .Set(6, SnmpValue.Bytes(Octets(bridge.Tree!.Root)))
            .Set(7, designated.Tree!.RootPathCost)
            .Set(8, SnmpValue.Bytes(Octets(SpanningTree.IdOf(designated))))
            .Set(9, SnmpValue.Bytes(0x80, (byte)designatedPort.Interface.PhysicalNumber))
            .Set(10, SnmpValue.Counter32(1));
    }

    private static byte[] Octets(BridgeId id)
    {
        byte[] octets = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)id.Priority);
        id.Mac.ToOctets().CopyTo(octets, 2);
        return octets;
    }
}
