using System.Collections.Immutable;

namespace Towpath.Network;

internal static partial class SnapshotContent
{
    private static void WriteOspfNeighbors(SnapshotWriter to, ImmutableArray<OspfNeighbor> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Address.Bits);
        to.Number(rows, row => row.AddressLess.Value);
        to.Number(rows, row => row.RouterId.Bits);
        to.Number(rows, row => row.State);
    }

    private static ImmutableArray<OspfNeighbor> ReadOspfNeighbors(ref SnapshotReader from)
    {
        int count = from.Count(columns: 4);
        long[] address = from.Numbers(count), addressLess = from.Numbers(count), router = from.Numbers(count), state = from.Numbers(count);
        return Rows(count, i => new OspfNeighbor(Address(address[i]), Interface(addressLess[i]), Address(router[i]), checked((int)state[i])));
    }

    private static void WriteOspfLinkStates(SnapshotWriter to, ImmutableArray<OspfLinkState> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => row.Area.Bits);
        to.Number(rows, row => row.Type);
        to.Number(rows, row => row.LinkStateId.Bits);
        to.Number(rows, row => row.RouterId.Bits);
        to.Number(rows, row => (long)row.Table);
        foreach (OspfLinkState row in rows) to.Octets(row.Body.AsSpan());
    }

    private static ImmutableArray<OspfLinkState> ReadOspfLinkStates(ref SnapshotReader from)
    {
        int count = from.Count(columns: 6);
        long[] area = from.Numbers(count), type = from.Numbers(count), id = from.Numbers(count), router = from.Numbers(count), table = from.Numbers(count);
        ImmutableArray<OspfLinkState>.Builder rows = ImmutableArray.CreateBuilder<OspfLinkState>(count);
        for (int i = 0; i < count; i++)
            rows.Add(new OspfLinkState(Address(area[i]), checked((int)type[i]), Address(id[i]), Address(router[i]), from.Octets(), Table(table[i])));
        return rows.MoveToImmutable();
    }
}
