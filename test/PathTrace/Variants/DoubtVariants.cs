using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Networks in which the packet takes one of several ways and no table tells which: whatever the answer shows, it is a doubt. Each way
/// counts once, so of two the one that is not shown makes a wrong step.
/// </summary>
internal static class DoubtVariants
{
    private const string Kind = "what no table tells", H1 = "10.1.0.50", H2 = "10.2.0.50";

    public static IEnumerable<Variant> All =>
    [
        .. new[] { RouteProtocol.NetMgmt, RouteProtocol.Ospf, RouteProtocol.Bgp, RouteProtocol.Other }.Select(protocol => new Variant(
            Kind, $"two metrics of {protocol}", () => Square(protocol), H1, H2, "h a b e h", "h a c e h")),
        new(Kind, "a host that two switches have on a port of its own", Moved, H1, H2, "h sw1 gw sw1 h", "h sw2 gw sw1 h"),
        new(Kind, "a host that two switches have, as destination", Moved, H2, H1, "h sw1 gw sw1 h"),
        new(Kind, "a destination that moved after the switch was read", Later, H2, H1, "h sw1 gw sw1 h", "h sw1 gw sw1 ..."),
        new(Kind, "two routers that say that they are active", TwoActive, H1, H2, "h r2 h", "h r3 h"),
        new(Kind, "an address that two devices have", Twins, H1, H2, "h r1 r2 h", "h r1 twin h"),
        new(Kind, "two managed neighbors on one port", TwoNeighbors, H1, H2, "h sw1 sw2 h", "h sw1 sw3 h"),
        new(Kind, "two ARP rows of one address", TwoRows, H2, H1, "h gw a h", "h gw b h"),
        new(Kind, "an address that was not learned, and an old row of it", OldRow, H1, H2, "h sw1 sw2 h", "h sw1 sw3 h"),
        new(Kind, "a silent device on the way", Silent, H1, H2, "h r1 r2 h", "h r1 r3 h"),
    ];

    /// <summary>a reaches e by b with the lower metric, and by c.</summary>
    private static NetworkBuilder Square(RouteProtocol protocol)
    {
        var network = new NetworkBuilder();
        DeviceBuilder a = network.Device("a", "10.1.0.1").Address("Lan", "10.1.0.1/24").Arp("Lan", H1, Mac(1));
        network.Device("e", "10.2.0.1").Address("Lan", "10.2.0.1/24").Arp("Lan", H2, Mac(2));
        foreach ((string name, int number) in new[] { ("b", 1), ("c", 2) })
        {
            network.Device(name, $"10.0.{number}.2");
            Join(network, "a", $"To{number}", name, "Up", $"10.0.{number}");
            Join(network, name, "Down", "e", $"To{number}", $"10.0.1{number}");
            a.Route("10.2.0.0/24", $"10.0.{number}.2", $"To{number}", protocol, 10 * number);
            network[name].Route("10.2.0.0/24", $"10.0.1{number}.2", "Down");
        }
        return network;
    }

    private static void Join(NetworkBuilder network, string left, string leftPort, string right, string rightPort, string subnet)
    {
        DeviceBuilder one = network[left].Address(leftPort, $"{subnet}.1/30"), other = network[right].Address(rightPort, $"{subnet}.2/30");
        one.Arp(leftPort, $"{subnet}.2", other.MacOf(rightPort));
        other.Arp(rightPort, $"{subnet}.1", one.MacOf(leftPort));
        network.Cable($"{left}:{leftPort}", $"{right}:{rightPort}");
    }

    /// <summary>h1 is on sw1 by one row and on sw2 by another; gw is a router on a stick of sw1.</summary>
    private static NetworkBuilder Moved()
    {
        var network = new NetworkBuilder();
        DeviceBuilder gw = network.Device("gw", "10.1.0.1").Address("Gi1.10", "10.1.0.1/24").Address("Gi1.20", "10.2.0.1/24")
            .Arp("Gi1.10", H1, Mac(1)).Arp("Gi1.20", H2, Mac(2));
        gw.Port("Gi1");
        network.Device("sw1", "10.1.0.2").Access("Gi1", 10).Access("Gi2", 20).Trunk("Up", 10, 20).Fdb(10, Mac(1), "Gi1")
            .Fdb(20, Mac(2), "Gi2").Fdb(10, gw.MacOf("Gi1.10"), "Up").Fdb(20, gw.MacOf("Gi1.20"), "Up");
        network.Device("sw2", "10.1.0.3").Access("Gi7", 10).Fdb(10, Mac(1), "Gi7");
        network.Cable("gw:Gi1", "sw1:Up");
        return network;
    }

    private static NetworkBuilder Later()
    {
        NetworkBuilder network = Moved();
        network["sw2"].CollectedAt(Noon.AddMinutes(10));
        return network;
    }

    private static NetworkBuilder TwoActive()
    {
        var network = new NetworkBuilder();
        foreach (string octet in new[] { "2", "3" })
            network.Device($"r{octet}", $"10.1.0.{octet}").Address("Lan", $"10.1.0.{octet}/24").Address("Far", $"10.2.0.{octet}/24")
                .Arp("Lan", H1, Mac(1)).Arp("Far", H2, Mac(2))
                .Shares("Lan", "10.1.0.254", MacAddress.Parse("00:00:0c:07:ac:0a"), GatewayState.Active);
        return network;
    }

    private static NetworkBuilder Twins()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Arp("Lan", H1, Mac(1)).Address("Up", "10.0.0.1/24")
            .Route("10.2.0.0/24", "10.0.0.2", "Up");
        foreach (string name in new[] { "r2", "twin" })
            network.Device(name, name == "r2" ? "10.2.0.1" : "10.2.0.2").Address("Up", "10.0.0.2/24")
                .Address("Lan", name == "r2" ? "10.2.0.1/24" : "10.2.0.2/24").Arp("Lan", H2, Mac(2));
        return network;
    }

    private static NetworkBuilder TwoNeighbors()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "10.1.0.2").Access("Gi1", 10).Trunk("Up", 10).Address("Vlan10", "10.0.0.2/8").Arp("Vlan10", H1, Mac(1))
            .Arp("Vlan10", H2, Mac(2)).Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(2), "Up");
        foreach (string name in new[] { "sw2", "sw3" })
        {
            network.Device(name, $"10.1.0.{name[2]}").Trunk("Up", 10).Access("Gi1", 10).Fdb(10, Mac(2), "Gi1");
            network.Cable("sw1:Up", $"{name}:Up");
        }
        return network;
    }

    /// <summary>Two routers have resolved h1 to two MAC addresses, each at a switch of its own.</summary>
    private static NetworkBuilder TwoRows()
    {
        var network = new NetworkBuilder();
        DeviceBuilder gw = network.Device("gw", "10.1.0.1").Trunk("Gi1", 10).Trunk("Gi2", 10).Address("Vlan10", "10.1.0.1/24")
            .Address("Lan", "10.2.0.1/24").Arp("Lan", H2, Mac(2)).Arp("Vlan10", H1, Mac(1)).Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(3), "Gi2");
        network.Device("other", "10.1.0.4").Address("Lan", "10.1.0.4/24").Arp("Lan", H1, Mac(3));
        foreach ((string name, int mac, string port) in new[] { ("a", 1, "Gi1"), ("b", 3, "Gi2") })
        {
            network.Device(name, $"10.1.0.1{mac}").Access("Gi1", 10).Trunk("Up", 10).Fdb(10, Mac(mac), "Gi1")
                .Fdb(10, gw.MacOf("Vlan10"), "Up");
            network.Cable($"{name}:Up", $"gw:{port}");
        }
        return network;
    }

    /// <summary>sw1 has not learned h2; sw2 and sw3 have, and the tree leads to both.</summary>
    private static NetworkBuilder OldRow()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "10.1.0.2").Access("Gi1", 10).Trunk("A", 10).Trunk("B", 10).Address("Vlan10", "10.0.0.2/8")
            .Arp("Vlan10", H1, Mac(1)).Arp("Vlan10", H2, Mac(2)).Fdb(10, Mac(1), "Gi1");
        foreach ((string name, string port) in new[] { ("sw2", "A"), ("sw3", "B") })
        {
            network.Device(name, $"10.1.0.1{name[2]}").Access("Gi1", 10).Trunk("Up", 10).Fdb(10, Mac(2), "Gi1");
            network.Cable($"sw1:{port}", $"{name}:Up");
        }
        return network;
    }

    /// <summary>r1 sends to r2, and answers no more: meanwhile it may send to r3.</summary>
    private static NetworkBuilder Silent()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Arp("Lan", H1, Mac(1)).Silent();
        foreach (string name in new[] { "r2", "r3" })
        {
            network.Device(name, $"10.2.0.{name[1]}").Address("Lan", $"10.2.0.{name[1]}/24").Arp("Lan", H2, Mac(2));
            Join(network, "r1", $"To{name[1]}", name, "Up", $"10.0.{name[1]}");
        }
        network["r1"].Route("10.2.0.0/24", "10.0.2.2", "To2");
        return network;
    }
}
