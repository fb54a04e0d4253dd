using System.Collections.Immutable;

namespace Towpath.Network;

internal static partial class SnapshotContent
{
    private static void WriteBridgePorts(SnapshotWriter to, ImmutableArray<BridgePort> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Context.Value);
        to.Number(rows, row => row.Port);
        to.Number(rows, row => row.Interface.Value);
    }

    private static ImmutableArray<BridgePort> ReadBridgePorts(ref SnapshotReader from)
    {
        int count = from.Count(columns: 3);
        long[] context = from.Numbers(count), port = from.Numbers(count), on = from.Numbers(count);
        return Rows(count, i => new BridgePort(Vlan(context[i]), checked((int)port[i]), Interface(on[i])));
    }

    private static void WriteFdb(SnapshotWriter to, ImmutableArray<FdbEntry> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Vlan.Value);
        to.Number(rows, row => (long)row.Mac.Bits);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => (long)row.Status);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<FdbEntry> ReadFdb(ref SnapshotReader from)
    {
        int count = from.Count(columns: 5);
        long[] vlan = from.Numbers(count), mac = from.Numbers(count), on = from.Numbers(count), status = from.Numbers(count), table = from.Numbers(count);
        return Rows(count, i => new FdbEntry(Vlan(vlan[i]), Mac(mac[i]), Interface(on[i]), (FdbStatus)checked((byte)status[i]), Table(table[i])));
    }

    private static void WriteStpPorts(SnapshotWriter to, ImmutableArray<StpPort> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Vlan.Value);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => (long)row.State);
    }

    private static ImmutableArray<StpPort> ReadStpPorts(ref SnapshotReader from)
    {
        int count = from.Count(columns: 3);
        long[] vlan = from.Numbers(count), on = from.Numbers(count), state = from.Numbers(count);
        return Rows(count, i => new StpPort(Vlan(vlan[i]), Interface(on[i]), (StpState)checked((byte)state[i])));
    }

    private static void WriteVlans(SnapshotWriter to, ImmutableArray<Vlan> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Id.Value);
        to.Text(rows, row => row.Name);
    }

    private static ImmutableArray<Vlan> ReadVlans(ref SnapshotReader from)
    {
        int count = from.Count(columns: 2);
        long[] id = from.Numbers(count);
        string?[] name = from.Texts(count);
        return Rows(count, i => new Vlan(Vlan(id[i]), Some(name[i])));
    }

    private static void WriteVlanMembers(SnapshotWriter to, ImmutableArray<VlanMember> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => row.Untagged.Value);
        to.Number(rows, row => (long)row.Table);
        foreach (VlanMember row in rows)
        {
            to.Unsigned((ulong)row.Tagged.Length);
            to.Number(row.Tagged, vlan => vlan.Value);
        }
    }

    private static ImmutableArray<VlanMember> ReadVlanMembers(ref SnapshotReader from)
    {
        int count = from.Count(columns: 4);
        long[] on = from.Numbers(count), untagged = from.Numbers(count), table = from.Numbers(count);
        ImmutableArray<VlanMember>.Builder rows = ImmutableArray.CreateBuilder<VlanMember>(count);
        for (int i = 0; i < count; i++)
        {
            long[] tagged = from.Numbers(from.Count(columns: 1));
            rows.Add(new VlanMember(Interface(on[i]), Vlan(untagged[i]), [.. tagged.Select(Vlan)], Table(table[i])));
        }
        return rows.MoveToImmutable();
    }

    private static void WriteLagMembers(SnapshotWriter to, ImmutableArray<LagMember> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Port.Value);
        to.Number(rows, row => row.Aggregator.Value);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<LagMember> ReadLagMembers(ref SnapshotReader from)
    {
        int count = from.Count(columns: 3);
        long[] port = from.Numbers(count), aggregator = from.Numbers(count), table = from.Numbers(count);
        return Rows(count, i => new LagMember(Interface(port[i]), Interface(aggregator[i]), Table(table[i])));
    }

    private static void WriteDhcpBindings(SnapshotWriter to, ImmutableArray<DhcpBinding> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Vlan.Value);
        to.Number(rows, row => (long)row.Mac.Bits);
        to.Number(rows, row => row.Address.Bits);
        to.Number(rows, row => row.Interface.Value);
    }

    private static ImmutableArray<DhcpBinding> ReadDhcpBindings(ref SnapshotReader from)
    {
        int count = from.Count(columns: 4);
        long[] vlan = from.Numbers(count), mac = from.Numbers(count), address = from.Numbers(count), on = from.Numbers(count);
        return Rows(count, i => new DhcpBinding(Vlan(vlan[i]), Mac(mac[i]), Address(address[i]), Interface(on[i])));
    }

    private static void WriteLldpNeighbors(SnapshotWriter to, ImmutableArray<LldpNeighbor> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.LocalPort.Value);
        to.Number(rows, row => row.ChassisIdSubtype);
        to.Text(rows, row => row.ChassisId);
        to.Number(rows, row => row.PortIdSubtype);
        to.Text(rows, row => row.PortId);
        to.Text(rows, row => row.PortDescription);
        to.Text(rows, row => row.SystemName);
        to.Text(rows, row => row.SystemDescription);
        foreach (LldpNeighbor row in rows)
        {
            to.Unsigned((ulong)row.ManagementAddresses.Length);
            to.Number(row.ManagementAddresses, address => address.Bits);
        }
    }

    private static ImmutableArray<LldpNeighbor> ReadLldpNeighbors(ref SnapshotReader from)
    {
        int count = from.Count(columns: 9);
        long[] local = from.Numbers(count), chassisSubtype = from.Numbers(count);
        string?[] chassis = from.Texts(count);
        long[] portSubtype = from.Numbers(count);
        string?[] port = from.Texts(count), portDescription = from.Texts(count), name = from.Texts(count), description = from.Texts(count);
        ImmutableArray<LldpNeighbor>.Builder rows = ImmutableArray.CreateBuilder<LldpNeighbor>(count);
        for (int i = 0; i < count; i++)
        {
            long[] addresses = from.Numbers(from.Count(columns: 1));
            rows.Add(new LldpNeighbor(Interface(local[i]), checked((int)chassisSubtype[i]), Some(chassis[i]), checked((int)portSubtype[i]), Some(port[i]),
                portDescription[i], name[i], description[i], [.. addresses.Select(Address)]));
        }
        return rows.MoveToImmutable();
    }

    private static void WriteLldpCapabilities(SnapshotWriter to, ImmutableArray<LldpNeighbor> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => (long)row.Capabilities);
    }

    private static ImmutableArray<LldpNeighbor> ReadLldpCapabilities(ref SnapshotReader from, ImmutableArray<LldpNeighbor> neighbors)
    {
        int count = from.Count(columns: 1);
        if (count != neighbors.Length) throw new ArgumentException("There are not as many capabilities as neighbors.");
        long[] enabled = from.Numbers(count);
        return Rows(count, i => neighbors[i] with { Capabilities = (LldpCapabilities)checked((ushort)enabled[i]) });
    }

    private static void WriteCdpNeighbors(SnapshotWriter to, ImmutableArray<CdpNeighbor> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.LocalPort.Value);
        to.Text(rows, row => row.DeviceId);
        to.Text(rows, row => row.DevicePort);
        to.Text(rows, row => row.Platform);
        to.Text(rows, row => row.Version);
        to.Number(rows, row => row.Capabilities);
        to.Number(rows, row => row.Address.Bits);
    }

    private static ImmutableArray<CdpNeighbor> ReadCdpNeighbors(ref SnapshotReader from)
    {
        int count = from.Count(columns: 7);
        long[] local = from.Numbers(count);
        string?[] device = from.Texts(count), port = from.Texts(count), platform = from.Texts(count), version = from.Texts(count);
        long[] capabilities = from.Numbers(count), address = from.Numbers(count);
        return Rows(count, i => new CdpNeighbor(
            Interface(local[i]), Some(device[i]), Some(port[i]), Some(platform[i]), Some(version[i]), checked((uint)capabilities[i]), Address(address[i])));
    }
}
