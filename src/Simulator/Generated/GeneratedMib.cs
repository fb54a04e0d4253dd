using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// A generated device as its agent shows it: the tables that every vendor has, in their newest form, with the columns that a controller
/// reads and some more.
/// </summary>
internal static class GeneratedMib
{
    private static readonly ObjectIdentifier s_system = ObjectIdentifier.Parse("1.3.6.1.2.1.1");
    private static readonly ObjectIdentifier s_ifEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1");
    private static readonly ObjectIdentifier s_ifXEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.31.1.1.1");
    private static readonly ObjectIdentifier s_ipForwarding = ObjectIdentifier.Parse("1.3.6.1.2.1.4.1.0");
    private static readonly ObjectIdentifier s_ipAddrEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.20.1");
    private static readonly ObjectIdentifier s_inetCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.6.0");
    private static readonly ObjectIdentifier s_inetCidrRouteEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.7.1");
    private static readonly ObjectIdentifier s_ipNetToPhysicalEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.35.1");

    public static IMibView Build(GeneratedDevice device, Func<TimeSpan> uptime)
    {
        var mib = new MibBuilder();
        AddSystem(mib, device);
        foreach (GeneratedInterface one in device.Interfaces) AddInterface(mib, one);
        AddRoutes(mib, device);
        foreach ((int ifIndex, Ipv4Address address, MacAddress mac) in device.Arp)
            mib.Row(s_ipNetToPhysicalEntry, [(uint)ifIndex, .. MibIndex.OfInet(address)]).Set(4, mac).Set(5, SnmpValue.TimeTicks(4200))
                .Set(6, 3).Set(7, 1).Set(8, 1);
        GeneratedBridgeMib.Add(mib, device);
        GeneratedNeighborMib.Add(mib, device);
        return mib.Build(uptime);
    }

    private static void AddSystem(MibBuilder mib, GeneratedDevice device)
    {
        mib.Scalar(s_system.Append(1, 0), SnmpValue.Text(device.Description));
        // netSnmpAgentOIDs: it is nobody's product.
        mib.Scalar(s_system.Append(2, 0), SnmpValue.Oid(ObjectIdentifier.Parse("1.3.6.1.4.1.8072.3.2.255")));
        mib.Scalar(s_system.Append(3, 0), uptime => SnmpValue.TimeTicks((uint)(uptime.Ticks / (TimeSpan.TicksPerSecond / 100))));
        mib.Scalar(s_system.Append(5, 0), SnmpValue.Text(device.Name));
        mib.Scalar(s_system.Append(7, 0), SnmpValue.Int(device.Forwards ? 6 : 2));
        mib.Scalar(s_ipForwarding, SnmpValue.Int(device.Forwards ? 1 : 2));
    }

    private static void AddInterface(MibBuilder mib, GeneratedInterface one)
    {
        mib.Row(s_ifEntry, (uint)one.Index)
            .Set(1, one.Index)
            .Set(2, one.Name)
            .Set(3, one.Type)
            .Set(4, 1500)
            .Set(5, SnmpValue.Gauge32(one.Megabits > 4000 ? uint.MaxValue : (uint)one.Megabits * 1_000_000))
            .Set(6, one.Mac == default ? SnmpValue.Bytes() : SnmpValue.Bytes(one.Mac.ToOctets()))
            .Set(7, 1)
            .Set(8, one.Up ? 1 : 2);
        mib.Row(s_ifXEntry, (uint)one.Index)
            .Set(1, one.ShortName)
            .Set(6, uptime => SnmpValue.Counter64((ulong)(uptime.TotalSeconds * one.Index * 1000)))
            .Set(10, uptime => SnmpValue.Counter64((ulong)(uptime.TotalSeconds * one.Index * 1000)))
            .Set(15, SnmpValue.Gauge32((uint)one.Megabits))
            .Set(18, one.Neighbor is { } neighbor ? $"to {neighbor.Name}" : "");
        if (one.Length > 0)
            mib.Row(s_ipAddrEntry, MibIndex.Of(one.Address)).Set(1, one.Address).Set(2, one.Index)
                .Set(3, new Prefix(one.Address, one.Length).Mask);
    }

    private static void AddRoutes(MibBuilder mib, GeneratedDevice device)
    {
        if (!device.Forwards) return;
        mib.Scalar(s_inetCidrRouteNumber, SnmpValue.Gauge32((uint)device.Routes.Count));
        foreach (GeneratedRoute route in device.Routes)
        {
            mib.Row(s_inetCidrRouteEntry,
                [.. MibIndex.OfInet(route.Prefix.Network), (uint)route.Prefix.Length, 2, 0, 0, .. MibIndex.OfInet(route.Via)])
                .Set(7, route.IfIndex)
                .Set(8, (int)route.Kind)
                .Set(9, (int)route.Protocol)
                .Set(12, route.Metric)
                .Set(17, 1);
        }
    }
}
