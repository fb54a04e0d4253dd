using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Behind overlays: leaves of each maker, pairs of leaves, and stations whose access point bridges their traffic because the controller
/// says so.
/// </summary>
internal static class OverlayVariants
{
    private const string Vxlan = "VXLAN", Flex = "FlexConnect", H1 = "10.10.0.51", H2 = "10.10.0.52", Station = "10.60.0.77",
        Wired = "10.60.0.80", Far = "10.9.0.9";

    public static IEnumerable<Variant> All =>
    [
        .. new[] { "nve1", "Vxlan1", "vtep.32769", "vxlan10", "Nve1", "Tunnel1" }.SelectMany(port => new Variant[]
        {
            new(Vxlan, $"a leaf whose overlay is {port}", () => Fabric(port), H1, H2, "h leaf1 spine leaf2 h"),
            new(Vxlan, $"a leaf whose overlay is {port}, back", () => Fabric(port), H2, H1, "h leaf2 spine leaf1 h"),
        }),
        .. new[] { "Po10", "Port-Channel10", "ae0", "Bridge-Aggregation10" }.SelectMany(port => new Variant[]
        {
            new(Vxlan, $"a pair with one VTEP address, the server on {port}", () => Pair(port, shared: true), H1, H2,
                "h leaf1 spine leaf2 h", "h leaf1 spine leaf3 h"),
            new(Vxlan, $"a pair with an address each, the server on {port}", () => Pair(port, shared: false), H1, H2,
                "h leaf1 spine leaf2 h", "h leaf1 spine leaf3 h"),
        }),
        new(Vxlan, "two leaves that are no pair", () => Pair("Eth2", shared: false, peer: false), H1, H2, "h leaf1 ..."),
        new(Vxlan, "two leaves cabled to each other, the host on a port of each", () => Pair("Eth2", shared: false), H1, H2, "h leaf1 ..."),
        new(Vxlan, "no leaf that has it", () => Nowhere(), H1, "10.10.0.57", "h leaf1 ..."),
        new(Flex, "local by the controller's word, to the switch", () => Branch(DataSwitchedBy.AccessPoint), Station, Wired, "h ap sw h"),
        new(Flex, "local by the controller's word, from the switch", () => Branch(DataSwitchedBy.AccessPoint), Wired, Station, "h sw ap h"),
        new(Flex, "local by the controller's word, to the router", () => Branch(DataSwitchedBy.AccessPoint), Station, Far, "h ap sw rt h"),
        new(Flex, "local by the controller's word, from the router", () => Branch(DataSwitchedBy.AccessPoint), Far, Station,
            "h rt sw ap h"),
        new(Flex, "local by both", () => Learned(DataSwitchedBy.AccessPoint), Station, Far, "h ap sw rt h"),
        new(Flex, "local by the switch's row alone", () => Learned(DataSwitchedBy.NotTold), Station, Far, "h ap sw rt h"),
        new(Flex, "central by the controller's word", () => Learned(DataSwitchedBy.Controller), Station, Far, "h ap sw rt wlc rt h"),
    ];

    /// <summary>h1 - leaf1 - spine - leaf2 - h2, in VLAN 10.</summary>
    private static NetworkBuilder Fabric(string overlay, string port = "Eth2")
    {
        var network = new NetworkBuilder();
        DeviceBuilder leaf1 = Leaf(network, 1, overlay).Access("Eth2", 10).Address("Vlan10", "10.10.0.1/24").Arp("Vlan10", H1, Mac(1))
            .Arp("Vlan10", H2, Mac(2)).Fdb(10, Mac(1), "Eth2").Fdb(10, Mac(2), overlay);
        Leaf(network, 2, overlay).Access(port, 10).Fdb(10, Mac(2), port).Fdb(10, Mac(1), overlay).Fdb(10, leaf1.MacOf("Vlan10"), overlay);
        network.Device("spine", "10.255.1.1");
        foreach (int leaf in new[] { 1, 2 }) Uplink(network, leaf);
        return network;
    }

    private static DeviceBuilder Leaf(NetworkBuilder network, int number, string overlay) => network.Device($"leaf{number}",
        $"10.255.0.{number}").Address("Loopback0", $"10.255.0.{number}/32").Access(overlay, 10);

    /// <summary>The spine has a route to each leaf's own address, and each leaf to all by the spine.</summary>
    private static void Uplink(NetworkBuilder network, int leaf)
    {
        DeviceBuilder near = network[$"leaf{leaf}"].Address("Eth1", $"10.90.{leaf}.1/30"),
            spine = network["spine"].Address($"Eth{leaf}", $"10.90.{leaf}.2/30").Arp($"Eth{leaf}", $"10.90.{leaf}.1", near.MacOf("Eth1"))
                .Route($"10.255.0.{leaf}/32", $"10.90.{leaf}.1", $"Eth{leaf}");
        near.Arp("Eth1", $"10.90.{leaf}.2", spine.MacOf($"Eth{leaf}")).Route("10.255.0.0/16", $"10.90.{leaf}.2", "Eth1");
        network.Cable($"leaf{leaf}:Eth1", $"spine:Eth{leaf}");
    }

    /// <summary>leaf2 and leaf3 have h2 on a port of their own; leaf1 has one VTEP address for them, or one for each.</summary>
    private static NetworkBuilder Pair(string port, bool shared, bool peer = true)
    {
        NetworkBuilder network = Fabric("nve1", port);
        Leaf(network, 3, "nve1").Access(port, 10).Fdb(10, Mac(2), port).Fdb(10, Mac(1), "nve1")
            .Fdb(10, network["leaf1"].MacOf("Vlan10"), "nve1");
        Uplink(network, 3);
        foreach (int leaf in new[] { 2, 3 })
        {
            DeviceBuilder one = network[$"leaf{leaf}"];
            if (port != "Eth2") one.Bundle(port, "Eth9");
            if (peer) one.Trunk("Peer", 10);
            if (!shared) continue;
            one.Address("Loopback1", "10.255.2.1/32");
            network["spine"].Route("10.255.2.1/32", $"10.90.{leaf}.1", $"Eth{leaf}");
        }
        if (peer) network.Cable("leaf2:Peer", "leaf3:Peer");
        return network;
    }

    private static NetworkBuilder Nowhere()
    {
        NetworkBuilder network = Fabric("nve1");
        network["leaf1"].Fdb(10, Mac(7), "nve1").Arp("Vlan10", "10.10.0.57", Mac(7));
        return network;
    }

    /// <summary>st - ap - sw - rt - h9, and the controller on rt; sw has not learned the station.</summary>
    private static NetworkBuilder Branch(DataSwitchedBy switched)
    {
        var network = new NetworkBuilder();
        MacAddress ap = Mac(0x0a), radio = Mac(0x0b), station = Mac(7), wired = Mac(8);
        DeviceBuilder sw = network.Device("sw", "10.50.0.2").Native("Gi1", 50, 60).Trunk("Gi2", 50, 60).Access("Gi3", 60)
            .Fdb(50, ap, "Gi1").Fdb(60, wired, "Gi3").HearsCdp("Gi1", "ap", "GigabitEthernet0", 2);
        DeviceBuilder rt = network.Device("rt", "10.50.0.1");
        rt.Port("Gi0");
        foreach (int vlan in new[] { 50, 60 }) rt.Address($"Gi0.{vlan}", $"10.{vlan}.0.1/24").Shared($"Gi0.{vlan}", rt.MacOf("Gi0"));
        rt.Address("Lan", "10.9.0.1/24").Arp("Lan", Far, Mac(9)).Arp("Gi0.50", "10.50.0.9", ap).Arp("Gi0.60", Station, station)
            .Arp("Gi0.60", Wired, wired).Address("Dc", "10.1.0.1/24");
        DeviceBuilder wlc = network.Device("wlc", "10.1.0.5").ControllerInterface("management", 0, "10.1.0.5/24", "1")
            .AccessPoint("ap", "10.50.0.9", ap, radio).Station(station, Station, radio, "management", switched);
        rt.Arp("Dc", "10.1.0.5", wlc.MacOf("1"));
        sw.Fdb(50, rt.MacOf("Gi0"), "Gi2").Fdb(60, rt.MacOf("Gi0"), "Gi2");
        network.Cable("sw:Gi2", "rt:Gi0");
        network.Cable("rt:Dc", "wlc:1");
        return network;
    }

    private static NetworkBuilder Learned(DataSwitchedBy switched)
    {
        NetworkBuilder network = Branch(switched);
        network["sw"].Fdb(60, Mac(7), "Gi1");
        return network;
    }
}
