using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>A value that changes with time, given how long the device has run.</summary>
internal delegate SnmpValue MovingValue(TimeSpan uptime);

/// <summary>An instance and its value, or what computes that.</summary>
internal readonly record struct MibCell(ObjectIdentifier Instance, SnmpValue Fixed, MovingValue? Moving);

/// <summary>Gathers object instances, in any order; the last counts when an instance is given twice.</summary>
internal sealed class MibBuilder
{
    private readonly List<List<MibCell>> _runs = [];
    private readonly Dictionary<(ObjectIdentifier Entry, uint Column), List<MibCell>> _columns = [];

    public void Scalar(ObjectIdentifier instance, SnmpValue value) => _runs.Add([new MibCell(instance, value, null)]);

    public void Scalar(ObjectIdentifier instance, MovingValue value) => _runs.Add([new MibCell(instance, default, value)]);

    /// <param name="entry">The table's entry object, for instance ifEntry.</param>
    public MibRow Row(ObjectIdentifier entry, params uint[] index) => new(this, entry, index);

    public IMibView Build(Func<TimeSpan> uptime) => new MovingMibView(InWalkOrder(), uptime);

    internal void Cell(ObjectIdentifier entry, uint column, uint[] index, SnmpValue value, MovingValue? moving)
    {
        if (!_columns.TryGetValue((entry, column), out List<MibCell>? cells))
        {
            _columns.Add((entry, column), cells = []);
            _runs.Add(cells);
        }
        cells.Add(new MibCell(entry.Instance(column, index), value, moving));
    }

    /// <summary>
    /// A simulator does this for thousands of devices: the cells of a column stand together, and mostly come in order already.
    /// </summary>
    private MibCell[] InWalkOrder() =>
        Sorted([.. _runs.Select(run => Sorted([.. run])).OrderBy(run => run[0].Instance).SelectMany(run => run)]);

    private static MibCell[] Sorted(MibCell[] cells)
    {
        for (int i = 1; i < cells.Length; i++)
        {
            if (cells[i - 1].Instance.CompareTo(cells[i].Instance) >= 0)
                return [.. cells.GroupBy(cell => cell.Instance).Select(same => same.Last()).OrderBy(cell => cell.Instance)];
        }
        return cells;
    }
}

/// <summary>One conceptual row (RFC 2578 section 7.1.12) while it is written.</summary>
internal readonly struct MibRow(MibBuilder mib, ObjectIdentifier entry, uint[] index)
{
    public MibRow Set(uint column, SnmpValue value)
    {
        mib.Cell(entry, column, index, value, null);
        return this;
    }

    public MibRow Set(uint column, MovingValue value)
    {
        mib.Cell(entry, column, index, default, value);
        return this;
    }

    public MibRow Set(uint column, int value) => Set(column, SnmpValue.Int(value));

    public MibRow Set(uint column, string value) => Set(column, SnmpValue.Text(value));

    public MibRow Set(uint column, MacAddress value) => Set(column, SnmpValue.Bytes(value.ToOctets()));

    public MibRow Set(uint column, Ipv4Address value) => Set(column, SnmpValue.Ip(value.Bits));

    public MibRow Set(uint column, ObjectIdentifier value) => Set(column, SnmpValue.Oid(value));
}

/// <summary>How values become index sub-identifiers (RFC 2578 section 7.7).</summary>
internal static class MibIndex
{
    /// <summary>Four, without a length: IpAddress, and InetAddress behind an explicit length.</summary>
    public static uint[] Of(Ipv4Address address) =>
        [address.Bits >> 24, address.Bits >> 16 & 255, address.Bits >> 8 & 255, address.Bits & 255];

    /// <summary>InetAddressType ipv4(1), length, four octets.</summary>
    public static uint[] OfInet(Ipv4Address address) => [1, 4, .. Of(address)];

    public static uint[] Of(MacAddress mac) => Array.ConvertAll(mac.ToOctets(), octet => (uint)octet);

    /// <summary>Length, then octets.</summary>
    public static uint[] Of(string text) => [(uint)text.Length, .. text.Select(c => (uint)c)];
}
