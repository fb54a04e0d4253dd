using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// The three generations of the route table: inetCidrRouteTable (RFC 4292), ipCidrRouteTable (RFC 2096), ipRouteTable (RFC 1213).
/// </summary>
internal static class RoutesMib
{
    private static readonly ObjectIdentifier s_ipRouteEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.21.1");
    private static readonly ObjectIdentifier s_ipCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.3.0");
    private static readonly ObjectIdentifier s_ipCidrRouteEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.4.1");
    private static readonly ObjectIdentifier s_inetCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.6.0");
    private static readonly ObjectIdentifier s_inetCidrRouteEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.7.1");
    private static readonly ObjectIdentifier s_zeroDotZero = new(0, 0);

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        Row[] rows = [.. facts.Network.Routes[facts.Node].Routes.SelectMany(RowsOf)];
        if (facts.Device.Mibs.Routes.Contains("ipRoute"))
        {
            // One row a destination: of prefixes with one network address the longest, of equal-cost next hops the first.
            foreach (Row row in rows.GroupBy(r => r.Route.Prefix.Network).Select(g => g.MaxBy(r => r.Route.Prefix.Length)!))
                AddIpRoute(mib, row);
        }
        if (facts.Device.Mibs.Routes.Contains("ipCidrRoute"))
        {
            mib.Scalar(s_ipCidrRouteNumber, SnmpValue.Gauge32((uint)rows.Length));
            foreach (Row row in rows) AddIpCidrRoute(mib, row);
        }
        if (facts.Device.Mibs.Routes.Contains("inetCidrRoute"))
        {
            mib.Scalar(s_inetCidrRouteNumber, SnmpValue.Gauge32((uint)rows.Length));
            foreach (Row row in rows) AddInetCidrRoute(mib, row);
        }
    }

    private static IEnumerable<Row> RowsOf(InstalledRoute route) => route.IsNull
        ? [new Row(route, 0, default, default)]
        // Next hops are part of the index: two interfaces to one next hop are one row in these tables.
        : route.Hops.DistinctBy(h => h.Via).Select(h => new Row(route, h.Egress.Interface.Index, h.Via,
            h.Egress.Addresses.FirstOrDefault(a => a.Subnet == route.Prefix).Address));

    private static void AddIpRoute(MibBuilder mib, Row row) => mib.Row(s_ipRouteEntry, MibIndex.Of(row.Route.Prefix.Network))
        .Set(1, row.Route.Prefix.Network)
        .Set(2, row.IfIndex)
        .Set(3, row.Route.Metric)
        .Set(4, -1)
        .Set(5, -1)
        .Set(6, -1)
        // On its own link a destination's next hop is the interface's own address.
        .Set(7, row.Route.IsConnected ? row.OwnAddress : row.NextHop)
        .Set(8, row.Route.IsNull ? 1 : row.Route.IsConnected ? 3 : 4)
        .Set(9, (int)row.Route.Protocol)
        .Set(10, Age)
        .Set(11, row.Route.Prefix.Mask)
        .Set(12, -1)
        .Set(13, s_zeroDotZero);

    private static void AddIpCidrRoute(MibBuilder mib, Row row) =>
        mib.Row(s_ipCidrRouteEntry,
            [.. MibIndex.Of(row.Route.Prefix.Network), .. MibIndex.Of(row.Route.Prefix.Mask), 0, .. MibIndex.Of(row.NextHop)])
            .Set(1, row.Route.Prefix.Network)
            .Set(2, row.Route.Prefix.Mask)
            .Set(3, 0)
            .Set(4, row.NextHop)
            .Set(5, row.IfIndex)
            .Set(6, row.Route.IsNull ? 2 : row.Route.IsConnected ? 3 : 4)
            .Set(7, (int)row.Route.Protocol)
            .Set(8, Age)
            .Set(9, s_zeroDotZero)
            .Set(10, 0)
            .Set(11, row.Route.Metric)
            .Set(12, -1)
            .Set(13, -1)
            .Set(14, -1)
            .Set(15, -1)
            .Set(16, 1);

    private static void AddInetCidrRoute(MibBuilder mib, Row row) =>
        // Destination, prefix length, policy 0.0 with its length, next hop.
        mib.Row(s_inetCidrRouteEntry,
            [.. MibIndex.OfInet(row.Route.Prefix.Network), (uint)row.Route.Prefix.Length, 2, 0, 0, .. MibIndex.OfInet(row.NextHop)])
            .Set(7, row.IfIndex)
            .Set(8, row.Route.IsNull ? 5 : row.Route.IsConnected ? 3 : 4)
            .Set(9, (int)row.Route.Protocol)
            .Set(10, uptime => SnmpValue.Gauge32((uint)uptime.TotalSeconds))
            .Set(11, SnmpValue.Gauge32(0))
            .Set(12, row.Route.Metric)
            .Set(13, -1)
            .Set(14, -1)
            .Set(15, -1)
            .Set(16, -1)
            .Set(17, 1);

    private static SnmpValue Age(TimeSpan uptime) => SnmpValue.Int((int)uptime.TotalSeconds);

    /// <param name="IfIndex">0 for a null route.</param>
    private sealed record Row(InstalledRoute Route, int IfIndex, Ipv4Address NextHop, Ipv4Address OwnAddress);
}
