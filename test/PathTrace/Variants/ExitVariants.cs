using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Where a packet comes out: routes without a next hop, proxy ARP, tags, routes to null, sets of unequal metrics.</summary>
internal static class ExitVariants
{
    private const string Kind = "where a packet comes out", H1 = "10.1.0.50", H2 = "10.2.0.50", H3 = "10.3.0.50";

    public static IEnumerable<Variant> All =>
    [
        .. new[] { "Serial0/0", "Tunnel5", "Dialer1", "Gi0/1" }.Select(port => new Variant(
            Kind, $"a route out of {port} to its only neighbor", () => OutOf(port), H1, H2, "h r1 r2 h")),
        new(Kind, "a route out of a port on which nobody is known", () => OutOf("Serial0/0", cabled: false), H1, H2, "h r1 ..."),
        new(Kind, "a route out of a shared port, answered by one router", () => Shared("r2"), H1, H2, "h r1 r2 h"),
        new(Kind, "a route out of a shared port, answered by the other one", () => Shared("r3"), H1, H3, "h r1 r3 h"),
        new(Kind, "a route out of a shared port, answered by nobody", () => Shared(""), H1, H2, "h r1 ..."),
        .. new[] { "Null0", "NULL0", "null0" }.Select(port => new Variant(
            Kind, $"a route to {port}", () => ToNull(port), H1, "10.9.9.9", "h r1 ...")),
        new(Kind, "a blackhole", () => ToNull(""), H1, "10.9.9.9", "h r1 ..."),
        new(Kind, "a longer prefix than the route to null", () => ToNull("Null0"), H1, H2, "h r1 r2 h"),
        new(Kind, "a next hop that another route resolves", Recursive, H1, H2, "h r1 r2 h"),
        new(Kind, "a connected route that names no interface", () => Nameless(RouteProtocol.Local), H2, H1, "h r2 r1 h"),
        new(Kind, "a connected route that names no interface and no protocol", () => Nameless(RouteProtocol.Other), H2, H1, "h r2 r1 h"),
        new(Kind, "a subinterface whose number is the tag", () => Stick(10, 20, table: false), H1, H2, "h sw rt sw h"),
        new(Kind, "a subinterface whose number is not the tag, told by a table", () => Stick(110, 120, table: true), H1, H2,
            "h sw rt sw h"),
        new(Kind, "a subinterface whose number is not the tag, told by the switch", () => Stick(110, 120, table: false), H1, H2,
            "h sw rt sw h"),
        new(Kind, "a subinterface whose number is the other's tag", () => Stick(20, 10, table: true), H1, H2, "h sw rt sw h"),
        new(Kind, "EIGRP with variance", () => Unequal(RouteProtocol.Eigrp), H1, H2, "h r1 r2 h", "h r1 r3 r2 h"),
        new(Kind, "two static routes of different metrics", () => Unequal(RouteProtocol.NetMgmt), H1, H2, "h r1 r2 h"),
    ];

    private static NetworkBuilder Ends()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Arp("Lan", H1, Mac(1));
        network.Device("r2", "10.2.0.1").Address("Lan", "10.2.0.1/24").Arp("Lan", H2, Mac(2));
        return network;
    }

    private static NetworkBuilder OutOf(string port, bool cabled = true)
    {
        NetworkBuilder network = Ends();
        network["r1"].Address(port, "10.0.0.1/30").Route("10.2.0.0/24", "0.0.0.0", port, RouteProtocol.NetMgmt);
        network["r2"].Address(port, cabled ? "10.0.0.2/30" : "10.0.5.2/30").Route("10.1.0.0/24", "0.0.0.0", port, RouteProtocol.NetMgmt);
        if (cabled) network.Cable($"r1:{port}", $"r2:{port}");
        return network;
    }

    /// <summary>r1, r2 and r3 on one Ethernet without announcements; r1 sends straight out of it.</summary>
    private static NetworkBuilder Shared(string answering)
    {
        NetworkBuilder network = Ends();
        network.Device("r3", "10.3.0.1").Address("Lan", "10.3.0.1/24").Arp("Lan", H3, Mac(3));
        for (int i = 1; i <= 3; i++) network[$"r{i}"].Address("Wan", $"10.0.0.{i}/24");
        foreach (string far in new[] { "10.2.0.0/24", "10.3.0.0/24" }) network["r1"].Route(far, "0.0.0.0", "Wan", RouteProtocol.NetMgmt);
        foreach (string name in new[] { "r2", "r3" })
            network[name].Route("10.1.0.0/24", "10.0.0.1", "Wan", RouteProtocol.NetMgmt).Arp("Wan", "10.0.0.1", network["r1"].MacOf("Wan"));
        if (answering.Length > 0) network["r1"].Arp("Wan", answering == "r2" ? H2 : H3, network[answering].MacOf("Wan"));
        return network;
    }

    private static NetworkBuilder ToNull(string port)
    {
        NetworkBuilder network = OutOf("Gi0/1");
        if (port.Length == 0) network["r1"].NullRoute("10.0.0.0/8");
        else network["r1"].Route("10.0.0.0/8", "0.0.0.0", port, RouteProtocol.NetMgmt);
        return network;
    }

    /// <summary>r1's own subnets stand in its table without an interface.</summary>
    private static NetworkBuilder Nameless(RouteProtocol protocol)
    {
        NetworkBuilder network = Recursive();
        network["r1"].WithoutRoutes().Route("10.1.0.0/24", "0.0.0.0", "", protocol).Route("10.0.0.0/30", "0.0.0.0", "", protocol)
            .Route("0.0.0.0/0", "10.0.0.2", "", RouteProtocol.NetMgmt);
        return network;
    }

    private static NetworkBuilder Recursive()
    {
        NetworkBuilder network = Ends();
        DeviceBuilder r2 = network["r2"].Address("Wan", "10.0.0.2/30").Address("Loopback0", "10.255.0.2/32")
            .Route("10.1.0.0/24", "10.0.0.1", "Wan");
        DeviceBuilder r1 = network["r1"].Address("Wan", "10.0.0.1/30").Arp("Wan", "10.0.0.2", r2.MacOf("Wan"))
            .Route("10.2.0.0/24", "10.255.0.2", "", RouteProtocol.Bgp).Route("10.255.0.2/32", "10.0.0.2", "", RouteProtocol.NetMgmt);
        r2.Arp("Wan", "10.0.0.1", r1.MacOf("Wan"));
        network.Cable("r1:Wan", "r2:Wan");
        return network;
    }

    /// <summary>A router on a trunk: its subinterfaces are called .10 and .20; h1 is in the first VLAN of sw, h2 in the second.</summary>
    private static NetworkBuilder Stick(int first, int second, bool table)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw = network.Device("sw", "10.1.0.2").Access("Gi1", first).Access("Gi2", second).Trunk("Up", first, second),
            rt = network.Device("rt", "10.1.0.1");
        rt.Port("Gi0");
        foreach ((string port, string own, string host, int mac) in (ReadOnlySpan<(string, string, string, int)>)[
            ("Gi0.10", "10.1.0.1/24", H1, 1), ("Gi0.20", "10.2.0.1/24", H2, 2)])
            rt.Address(port, own).Arp(port, host, Mac(mac)).Shared(port, rt.MacOf("Gi0"));
        if (table) rt.Tag("Gi0.10", "Gi0", first).Tag("Gi0.20", "Gi0", second);
        sw.Fdb(first, Mac(1), "Gi1").Fdb(second, Mac(2), "Gi2").Fdb(first, rt.MacOf("Gi0"), "Up").Fdb(second, rt.MacOf("Gi0"), "Up");
        network.Cable("sw:Up", "rt:Gi0");
        return network;
    }

    /// <summary>r1 reaches r2 straight, and by r3 with a higher metric.</summary>
    private static NetworkBuilder Unequal(RouteProtocol protocol)
    {
        NetworkBuilder network = Ends();
        DeviceBuilder r1 = network["r1"], r2 = network["r2"], r3 = network.Device("r3", "10.3.0.1");
        Join(r1, "A", r2, "A", 1);
        Join(r1, "B", r3, "A", 2);
        Join(r3, "B", r2, "B", 3);
        r1.Route("10.2.0.0/24", "10.0.1.2", "A", protocol, 100).Route("10.2.0.0/24", "10.0.2.2", "B", protocol, 150);
        r3.Route("10.2.0.0/24", "10.0.3.2", "B", protocol, 50);
        return network;

        void Join(DeviceBuilder left, string leftPort, DeviceBuilder right, string rightPort, int subnet)
        {
            left.Address(leftPort, $"10.0.{subnet}.1/30");
            right.Address(rightPort, $"10.0.{subnet}.2/30");
            left.Arp(leftPort, $"10.0.{subnet}.2", right.MacOf(rightPort));
            right.Arp(rightPort, $"10.0.{subnet}.1", left.MacOf(leftPort));
            network.Cable($"{left.Name}:{leftPort}", $"{right.Name}:{rightPort}");
        }
    }
}
