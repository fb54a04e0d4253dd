using System.Collections.Immutable;

namespace Towpath.Network;

internal static partial class SnapshotContent
{
    private static void WriteInterfaces(SnapshotWriter to, ImmutableArray<Interface> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Index.Value);
        to.Text(rows, row => row.Name);
        to.Text(rows, row => row.ShortName);
        to.Text(rows, row => row.Alias);
        to.Number(rows, row => row.Type);
        to.Number(rows, row => (long)row.Mac.Bits);
        to.Number(rows, row => (row.AdminUp ? 1 : 0) + (row.OperUp ? 2 : 0));
        to.Number(rows, row => row.SpeedBitsPerSecond);
        to.Number(rows, row => row.Mtu);
    }

    private static ImmutableArray<Interface> ReadInterfaces(ref SnapshotReader from)
    {
        int count = from.Count(columns: 9);
        long[] index = from.Numbers(count);
        string?[] name = from.Texts(count), shortName = from.Texts(count), alias = from.Texts(count);
        long[] type = from.Numbers(count), mac = from.Numbers(count), up = from.Numbers(count), speed = from.Numbers(count), mtu = from.Numbers(count);
        return Rows(count, i => new Interface(Interface(index[i]), Some(name[i]), Some(shortName[i]), Some(alias[i]), checked((int)type[i]), Mac(mac[i]),
            (up[i] & 1) != 0, (up[i] & 2) != 0, speed[i], checked((int)mtu[i])));
    }

    private static void WriteInterfaceStack(SnapshotWriter to, ImmutableArray<InterfaceStackEntry> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Higher.Value);
        to.Number(rows, row => row.Lower.Value);
    }

    private static ImmutableArray<InterfaceStackEntry> ReadInterfaceStack(ref SnapshotReader from)
    {
        int count = from.Count(columns: 2);
        long[] higher = from.Numbers(count), lower = from.Numbers(count);
        return Rows(count, i => new InterfaceStackEntry(Interface(higher[i]), Interface(lower[i])));
    }

    private static void WriteAddresses(SnapshotWriter to, ImmutableArray<InterfaceAddress> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => row.Address.Bits);
        to.Number(rows, row => row.PrefixLength);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<InterfaceAddress> ReadAddresses(ref SnapshotReader from)
    {
        int count = from.Count(columns: 4);
        long[] on = from.Numbers(count), address = from.Numbers(count), length = from.Numbers(count), table = from.Numbers(count);
        return Rows(count, i => new InterfaceAddress(Interface(on[i]), Address(address[i]), LengthOf(length[i]), Table(table[i])));
    }

    private static void WriteRoutes(SnapshotWriter to, ImmutableArray<Route> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Prefix.Network.Bits);
        to.Number(rows, row => row.Prefix.Length);
        to.Number(rows, row => row.NextHop.Bits);
        to.Number(rows, row => row.Egress.Value);
        to.Number(rows, row => (long)row.Kind);
        to.Number(rows, row => (long)row.Protocol);
        to.Number(rows, row => row.Metric);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<Route> ReadRoutes(ref SnapshotReader from)
    {
        int count = from.Count(columns: 8);
        long[] network = from.Numbers(count), length = from.Numbers(count), nextHop = from.Numbers(count), egress = from.Numbers(count),
            kind = from.Numbers(count), protocol = from.Numbers(count), metric = from.Numbers(count), table = from.Numbers(count);
        return Rows(count, i => new Route(new Prefix(Address(network[i]), LengthOf(length[i])), Address(nextHop[i]), Interface(egress[i]),
            (RouteKind)checked((byte)kind[i]), (RouteProtocol)checked((byte)protocol[i]), checked((int)metric[i]), Table(table[i])));
    }

    private static void WriteArp(SnapshotWriter to, ImmutableArray<ArpEntry> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Interface.Value);
        to.Number(rows, row => row.Address.Bits);
        to.Number(rows, row => (long)row.Mac.Bits);
        to.Number(rows, row => (long)row.Table);
    }

    private static ImmutableArray<ArpEntry> ReadArp(ref SnapshotReader from)
    {
        int count = from.Count(columns: 4);
        long[] on = from.Numbers(count), address = from.Numbers(count), mac = from.Numbers(count), table = from.Numbers(count);
        return Rows(count, i => new ArpEntry(Interface(on[i]), Address(address[i]), Mac(mac[i]), Table(table[i])));
    }

    private static void WriteTopFlows(SnapshotWriter to, ImmutableArray<TopFlow> rows, bool lastingOnly)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Source.Bits);
        to.Number(rows, row => row.Destination.Bits);
        to.Number(rows, row => row.Protocol);
        to.Number(rows, row => row.SourcePort);
        to.Number(rows, row => row.DestinationPort);
        to.Number(rows, row => row.Input.Value);
        to.Number(rows, row => row.Output.Value);
        to.Number(rows, row => row.NextHop.Bits);
        if (lastingOnly) return;
        to.Number(rows, row => row.Packets);
        to.Number(rows, row => row.Octets);
    }

    private static ImmutableArray<TopFlow> ReadTopFlows(ref SnapshotReader from)
    {
        int count = from.Count(columns: 10);
        long[] source = from.Numbers(count), destination = from.Numbers(count), protocol = from.Numbers(count), sourcePort = from.Numbers(count),
            destinationPort = from.Numbers(count), input = from.Numbers(count), output = from.Numbers(count), nextHop = from.Numbers(count),
            packets = from.Numbers(count), octets = from.Numbers(count);
        return Rows(count, i => new TopFlow(Address(source[i]), Address(destination[i]), checked((int)protocol[i]), checked((int)sourcePort[i]),
            checked((int)destinationPort[i]), Interface(input[i]), Interface(output[i]), Address(nextHop[i]), packets[i], octets[i]));
    }

    private static int LengthOf(long value) => value is >= 0 and <= 32 ? (int)value : throw new OverflowException("A prefix length is 0..32.");
}
