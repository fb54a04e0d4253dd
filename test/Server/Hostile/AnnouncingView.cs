using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Server.Tests;

/// <summary>A decent agent's view with more neighbors in lldpRemTable than it has.</summary>
internal sealed class AnnouncingView(IMibView decent, params (string Name, byte Capabilities, string[] Addresses)[] neighbors) : IMibView
{
    private readonly SortedMibView _announced = new(neighbors.SelectMany((neighbor, at) =>
        Rows((uint)at + 1, neighbor.Name, neighbor.Capabilities, neighbor.Addresses)));

    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value) => _announced.TryGet(oid, out value) || decent.TryGet(oid, out value);

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        bool isAnnounced = _announced.TryGetNext(oid, out VarBind first), isDecent = decent.TryGetNext(oid, out VarBind second);
        next = isAnnounced && (!isDecent || first.Oid.CompareTo(second.Oid) <= 0) ? first : second;
        return isAnnounced || isDecent;
    }

    /// <summary>Index: time mark, local port, neighbor; chassis and port are local texts.</summary>
    private static IEnumerable<VarBind> Rows(uint neighbor, string name, byte capabilities, string[] addresses)
    {
        const int Local = 7;
        ObjectIdentifier entry = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.4.1.1");
        ObjectIdentifier address = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.4.2.1.3");
        (uint Column, SnmpValue Value)[] cells =
        [
            (4, SnmpValue.Int(Local)), (5, SnmpValue.Text(name)), (6, SnmpValue.Int(Local)), (7, SnmpValue.Text("port")),
            (9, SnmpValue.Text(name)), (12, SnmpValue.Bytes(capabilities, 0)),
        ];
        foreach ((uint column, SnmpValue value) in cells) yield return new VarBind(entry.Append(column, 0, 1, neighbor), value);
        foreach (string text in addresses)
        {
            uint bits = Ipv4Address.Parse(text).Bits;
            uint[] index = [0, 1, neighbor, 1, 4, bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255];
            yield return new VarBind(address.Append(index), SnmpValue.Int(2));
        }
    }
}
