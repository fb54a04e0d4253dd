using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Whose a MAC address is: first-hop redundancy of each protocol with the standby on the way, pairs of switches that share a bundle, and
/// anycast gateways. h1 is in VLAN 10, h2 in VLAN 20, both on sw.
/// </summary>
internal static class GatewayVariants
{
    private const string Kind = "whose is a MAC", H1 = "10.1.10.50", H2 = "10.1.20.50", Virtual10 = "10.1.10.254",
        Virtual20 = "10.1.20.254";

    private static readonly (string Protocol, string Mac)[] s_protocols = [("VRRP", "00:00:5e:00:01:0a"), ("HSRP", "00:00:0c:07:ac:0a"),
        ("HSRP version 2", "00:00:0c:9f:f0:0a"), ("GLBP", "00:07:b4:00:0a:01"), ("an address of its own", "02:00:5e:00:00:01")];

    public static IEnumerable<Variant> All =>
    [
        .. s_protocols.SelectMany(one => new Variant[]
        {
            new(Kind, $"{one.Protocol}, the standby on the way", () => Row(one.Mac), H1, H2, "h sw r1 r2 r1 sw h"),
            new(Kind, $"{one.Protocol}, the standby on the way back", () => Row(one.Mac), H2, H1, "h sw r1 r2 r1 sw h"),
            new(Kind, $"{one.Protocol}, the active one on the way", () => Row(one.Mac, activeFirst: true), H1, H2, "h sw r1 sw h"),
            new(Kind, $"{one.Protocol}, a pair that shares a bundle", () => Pair(one.Mac), H1, H2, "h sw r1 sw h", "h sw r2 sw h"),
            new(Kind, $"{one.Protocol}, a pair that shares a bundle, back", () => Pair(one.Mac), H2, H1, "h sw r1 sw h", "h sw r2 sw h"),
        }),
        new(Kind, "a pair whose standby tells the address as its own", () => ToldOwn("00:00:0c:07:ac:0a"), H1, H2, "h sw r1 sw h"),
        new(Kind, "an anycast address on a pair that shares a bundle", Anycast, H1, H2, "h sw r1 sw h", "h sw r2 sw h"),
        new(Kind, "an anycast address in a row", () => InARow("02:00:5e:00:aa:aa"), H1, H2, "h sw r1 sw h"),
        new(Kind, "the active router of one VLAN is the standby of the other", Split, H1, H2, "h sw r1 sw h"),
        new(Kind, "the active router of one VLAN is the standby of the other, back", Split, H2, H1, "h sw r1 r2 r1 sw h"),
    ];

    private static NetworkBuilder Hosts()
    {
        var network = new NetworkBuilder();
        network.Device("sw", "10.1.10.9").Access("Gi1", 10).Access("Gi2", 20).Fdb(10, Mac(1), "Gi1").Fdb(20, Mac(2), "Gi2");
        foreach (int number in new[] { 1, 2 })
            network.Device($"r{number}", $"10.1.10.{number}").Address("Vlan10", $"10.1.10.{number}/24")
                .Address("Vlan20", $"10.1.20.{number}/24").Arp("Vlan10", H1, Mac(1)).Arp("Vlan20", H2, Mac(2));
        return network;
    }

    /// <summary>sw - r1 - r2, in both VLANs.</summary>
    private static NetworkBuilder Line()
    {
        NetworkBuilder network = Hosts();
        network["sw"].Trunk("Up", 10, 20);
        network["r1"].Trunk("Down", 10, 20).Trunk("Side", 10, 20).Fdb(10, Mac(1), "Down").Fdb(20, Mac(2), "Down");
        network["r2"].Trunk("Side", 10, 20).Fdb(10, Mac(1), "Side").Fdb(20, Mac(2), "Side");
        network.Cable("sw:Up", "r1:Down");
        network.Cable("r1:Side", "r2:Side");
        return network;
    }

    private static NetworkBuilder Row(string shared, bool activeFirst = false)
    {
        NetworkBuilder network = Line();
        var mac = MacAddress.Parse(shared);
        (GatewayState first, GatewayState second) = activeFirst ? (GatewayState.Active, GatewayState.Standby)
            : (GatewayState.Standby, GatewayState.Active);
        Share(network["r1"], mac, first, first);
        Share(network["r2"], mac, second, second);
        foreach (int vlan in new[] { 10, 20 })
        {
            network["sw"].Fdb(vlan, mac, "Up");
            network[activeFirst ? "r2" : "r1"].Fdb(vlan, mac, "Side");
        }
        return network;
    }

    private static NetworkBuilder Split()
    {
        NetworkBuilder network = Line();
        var mac = MacAddress.Parse("00:00:5e:00:01:01");
        Share(network["r1"], mac, GatewayState.Active, GatewayState.Standby);
        Share(network["r2"], mac, GatewayState.Standby, GatewayState.Active);
        network["sw"].Fdb(10, mac, "Up").Fdb(20, mac, "Up");
        network["r1"].Fdb(20, mac, "Side");
        network["r2"].Fdb(10, mac, "Side");
        return network;
    }

    private static NetworkBuilder InARow(string anycast)
    {
        NetworkBuilder network = Line();
        var mac = MacAddress.Parse(anycast);
        foreach (string name in new[] { "r1", "r2" })
            network[name].Address("Vlan10", $"{Virtual10}/24").Address("Vlan20", $"{Virtual20}/24")
                .Shared("Vlan10", mac).Shared("Vlan20", mac);
        network["sw"].Fdb(10, mac, "Up").Fdb(20, mac, "Up");
        return network;
    }

    /// <summary>The two members of sw's bundle end on two routers, which have a link between them and one bundle toward sw.</summary>
    private static NetworkBuilder Bundled()
    {
        NetworkBuilder network = Hosts();
        network["sw"].Trunk("Po1", 10, 20).Bundle("Po1", "Te1", "Te2");
        foreach (string name in new[] { "r1", "r2" })
            network[name].Trunk("Po1", 10, 20).Bundle("Po1", "Te1").Trunk("Peer", 10, 20).Fdb(10, Mac(1), "Po1").Fdb(20, Mac(2), "Po1");
        network.Cable("sw:Te1", "r1:Te1");
        network.Cable("sw:Te2", "r2:Te1");
        network.Cable("r1:Peer", "r2:Peer");
        return network;
    }

    private static NetworkBuilder Pair(string shared) =>
        OneActive(Bundled(), shared, "Po1", (standby, vlan, mac) => standby.Fdb(vlan, mac, "Peer"));

    private static NetworkBuilder ToldOwn(string shared) =>
        OneActive(Line(), shared, "Up", (standby, vlan, mac) => standby.FdbRow(vlan, mac, "Side", FdbStatus.Self));

    /// <summary>r2 is active in both VLANs; sw has learned the shared address on a port, and r1 as said.</summary>
    private static NetworkBuilder OneActive(NetworkBuilder network, string shared, string port,
        Action<DeviceBuilder, int, MacAddress> learn)
    {
        var mac = MacAddress.Parse(shared);
        Share(network["r1"], mac, GatewayState.Standby, GatewayState.Standby);
        Share(network["r2"], mac, GatewayState.Active, GatewayState.Active);
        foreach (int vlan in new[] { 10, 20 })
        {
            network["sw"].Fdb(vlan, mac, port);
            learn(network["r1"], vlan, mac);
        }
        return network;
    }

    private static NetworkBuilder Anycast()
    {
        NetworkBuilder network = Bundled();
        var mac = MacAddress.Parse("00:1c:73:00:00:99");
        foreach (string name in new[] { "r1", "r2" })
            network[name].Address("Vlan10", $"{Virtual10}/24").Address("Vlan20", $"{Virtual20}/24")
                .Shared("Vlan10", mac).Shared("Vlan20", mac);
        network["sw"].Fdb(10, mac, "Po1").Fdb(20, mac, "Po1");
        return network;
    }

    private static void Share(DeviceBuilder router, MacAddress mac, GatewayState in10, GatewayState in20) =>
        router.Shares("Vlan10", Virtual10, mac, in10).Shares("Vlan20", Virtual20, mac, in20);
}
