using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>A value that changes with time, given how long the device has run.</summary>
internal delegate SnmpValue MovingValue(TimeSpan uptime);

/// <summary>Gathers object instances, in any order.</summary>
internal sealed class MibBuilder
{
    private readonly Dictionary<ObjectIdentifier, (SnmpValue Fixed, MovingValue? Moving)> _cells = [];

    public void Scalar(ObjectIdentifier instance, SnmpValue value) => _cells[instance] = (value, null);

    public void Scalar(ObjectIdentifier instance, MovingValue value) => _cells[instance] = (default, value);

    /// <param name="entry">The table's entry object, for instance ifEntry.</param>
    public MibRow Row(ObjectIdentifier entry, params uint[] index) => new(this, entry, index);

    public IMibView Build(Func<TimeSpan> uptime) => new MovingMibView(_cells, uptime);
}

/// <summary>One conceptual row (RFC 2578 section 7.1.12) while it is written.</summary>
internal readonly struct MibRow(MibBuilder mib, ObjectIdentifier entry, uint[] index)
{
    public MibRow Set(uint column, SnmpValue value)
    {
        mib.Scalar(entry.Append([column, .. index]), value);
        return this;
    }

    public MibRow Set(uint column, MovingValue value)
    {
        mib.Scalar(entry.Append([column, .. index]), value);
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
    public static uint[] Of(Ipv4Address address) => [address.Bits >> 24, address.Bits >> 16 & 255, address.Bits >> 8 & 255, address.Bits & 255];

    /// <summary>InetAddressType ipv4(1), length, four octets.</summary>
    public static uint[] OfInet(Ipv4Address address) => [1, 4, .. Of(address)];

    public static uint[] Of(MacAddress mac) => [.. mac.ToOctets().Select(octet => (uint)octet)];

    /// <summary>Length, then octets.</summary>
    public static uint[] Of(string text) => [(uint)text.Length, .. text.Select(c => (uint)c)];
}
