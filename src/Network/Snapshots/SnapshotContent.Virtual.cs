using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>What routers share or split: gateway groups, VRFs, tunnels.</summary>
internal static partial class SnapshotContent
{
    private static void WriteGatewayGroups(SnapshotWriter to, ImmutableArray<GatewayGroup> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => row.Group);
        to.Number(rows, row => (long)row.VirtualMac.Bits);
        to.Number(rows, row => (long)row.State);
        to.Number(rows, row => row.Active.Bits);
        to.Number(rows, row => (long)row.Table);
        foreach (GatewayGroup row in rows)
        {
            to.Unsigned((ulong)row.VirtualAddresses.Length);
            to.Number(row.VirtualAddresses, address => address.Bits);
        }
    }

    private static ImmutableArray<GatewayGroup> ReadGatewayGroups(ref SnapshotReader from)
    {
        int count = from.Count(columns: 7);
        long[] on = from.Numbers(count), group = from.Numbers(count), mac = from.Numbers(count), state = from.Numbers(count),
            active = from.Numbers(count), table = from.Numbers(count);
        ImmutableArray<GatewayGroup>.Builder rows = ImmutableArray.CreateBuilder<GatewayGroup>(count);
        for (int i = 0; i < count; i++)
        {
            long[] addresses = from.Numbers(from.Count(columns: 1));
            rows.Add(new GatewayGroup(Interface(on[i]), checked((int)group[i]), [.. addresses.Select(Address)], Mac(mac[i]),
                (GatewayState)checked((byte)state[i]), Address(active[i]), Table(table[i])));
        }
        return rows.MoveToImmutable();
    }

    private static void WriteVrfs(SnapshotWriter to, ImmutableArray<Vrf> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Text(rows, row => row.Name);
        to.Text(rows, row => row.RouteDistinguisher);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<Vrf> ReadVrfs(ref SnapshotReader from)
    {
        int count = from.Count(columns: 3);
        string?[] name = from.Texts(count), distinguisher = from.Texts(count);
        long[] table = from.Numbers(count);
        return Rows(count, i => new Vrf(Some(name[i]), Some(distinguisher[i]), Table(table[i])));
    }

    private static void WriteVrfInterfaces(SnapshotWriter to, ImmutableArray<VrfInterface> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Text(rows, row => row.Vrf);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<VrfInterface> ReadVrfInterfaces(ref SnapshotReader from)
    {
        int count = from.Count(columns: 3);
        string?[] vrf = from.Texts(count);
        long[] on = from.Numbers(count), table = from.Numbers(count);
        return Rows(count, i => new VrfInterface(Some(vrf[i]), Interface(on[i]), Table(table[i])));
    }

    private static void WriteVrfRoutes(SnapshotWriter to, ImmutableArray<VrfRoute> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Text(rows, row => row.Vrf);
        WriteRoutes(to, [.. rows.Select(row => row.Route)]);
    }

    private static ImmutableArray<VrfRoute> ReadVrfRoutes(ref SnapshotReader from)
    {
        int count = from.Count(columns: 9);
        string?[] vrf = from.Texts(count);
        ImmutableArray<Route> route = ReadRoutes(ref from);
        return route.Length == count ? Rows(count, i => new VrfRoute(Some(vrf[i]), route[i])) : throw new ArgumentException("Routes and their VRFs differ in number.");
    }

    private static void WriteTunnels(SnapshotWriter to, ImmutableArray<TunnelInterface> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => row.Local.Bits);
        to.Number(rows, row => row.Remote.Bits);
        to.Number(rows, row => row.Encapsulation);
    }

    private static ImmutableArray<TunnelInterface> ReadTunnels(ref SnapshotReader from)
    {
        int count = from.Count(columns: 4);
        long[] on = from.Numbers(count), local = from.Numbers(count), remote = from.Numbers(count), encapsulation = from.Numbers(count);
        return Rows(count, i => new TunnelInterface(Interface(on[i]), Address(local[i]), Address(remote[i]), checked((int)encapsulation[i])));
    }
}
