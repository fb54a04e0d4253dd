using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Who forwards: what denies, what only permits, and what makes a router of a device that may.</summary>
internal static class ForwarderVariants
{
    private const string Kind = "who forwards", H1 = "192.0.2.10", H2 = "198.51.100.20", Server = "192.0.2.50";

    public static IEnumerable<Variant> All =>
    [
        // It has a second subnet, of containers or guests, and sends to its gateway by the first.
        .. new[] { "docker0", "virbr0", "cni0", "vmbr1" }.Select(bridge =>
            new Variant(Kind, $"a server with {bridge}", () => Hypervisor(bridge, IpForwarding.Forwarding), H1, H2, "h sw gw h")),
        new(Kind, "a server with docker0 that does not tell", () => Hypervisor("docker0", IpForwarding.NotTold), H1, H2, "h sw gw h"),
        new(Kind, "a server with docker0 that denies", () => Hypervisor("docker0", IpForwarding.NotForwarding), H1, H2, "h sw gw h"),
        new(Kind, "a server with docker0, as source", () => Hypervisor("docker0", IpForwarding.Forwarding), Server, H2, "server sw gw h"),
        new(Kind, "a server with docker0, as destination", () => Hypervisor("docker0", IpForwarding.Forwarding), H2, Server,
            "h gw sw server"),
        new(Kind, "a server with docker0, and a route to its guests", () => WithGuests("docker0"), H1, "172.17.0.9", "h ..."),
        new(Kind, "a server in both subnets that denies", () => InBoth(IpForwarding.NotForwarding), H1, H2, "h sw gw h"),
        new(Kind, "a server in both subnets that may forward", () => InBoth(IpForwarding.Forwarding), H1, H2, "h sw gw h"),
        new(Kind, "a server in both subnets, a gateway by VRRP", () => Master(InBoth(IpForwarding.Forwarding)), H1, H2, "h sw gw h"),
        new(Kind, "a firewall on one subnet", OnAStick, H1, "203.0.113.9", "h sw gw sw fw ..."),
        new(Kind, "a router that denies, with routes that point at it", Denying, H1, "203.0.113.9", "h sw gw sw server ..."),
    ];

    /// <summary>h1 and the server on sw in VLAN 10, which gw routes; h2 behind gw.</summary>
    private static NetworkBuilder Site()
    {
        var network = new NetworkBuilder();
        DeviceBuilder gw = network.Device("gw", "192.0.2.1").Address("Gi0", "192.0.2.1/24").Address("Gi1", "198.51.100.1/24")
            .Arp("Gi0", H1, Mac(1)).Arp("Gi1", H2, Mac(2));
        network.Device("sw", "192.0.2.2").Access("Gi1", 10).Access("Gi5", 10).Access("Up", 10).Fdb(10, Mac(1), "Gi1")
            .Fdb(10, gw.MacOf("Gi0"), "Up");
        network.Cable("gw:Gi0", "sw:Up");
        DeviceBuilder server = network.Device("server", Server).Address("eth0", $"{Server}/24").Route("0.0.0.0/0", "192.0.2.1", "eth0",
            RouteProtocol.NetMgmt).Arp("eth0", "192.0.2.1", gw.MacOf("Gi0")).Arp("eth0", H1, Mac(1));
        gw.Arp("Gi0", Server, server.MacOf("eth0"));
        network["sw"].Fdb(10, server.MacOf("eth0"), "Gi5");
        network.Cable("sw:Gi5", "server:eth0");
        return network;
    }

    private static NetworkBuilder Hypervisor(string bridge, IpForwarding told)
    {
        NetworkBuilder network = Site();
        network["server"].Address(bridge, "172.17.0.1/16").Says(told);
        return network;
    }

    private static NetworkBuilder WithGuests(string bridge)
    {
        NetworkBuilder network = Hypervisor(bridge, IpForwarding.Forwarding);
        network["server"].Arp(bridge, "172.17.0.9", Mac(7));
        network["gw"].Route("172.17.0.0/16", Server, "Gi0", RouteProtocol.NetMgmt);
        return network;
    }

    private static NetworkBuilder InBoth(IpForwarding told)
    {
        NetworkBuilder network = Site();
        network["server"].Address("eth1", "198.51.100.50/24").Arp("eth1", H2, Mac(2)).Says(told);
        return network;
    }

    private static NetworkBuilder Master(NetworkBuilder network)
    {
        MacAddress shared = MacAddress.Parse("00:00:5e:00:01:0a");
        network["gw"].Shares("Gi0", "192.0.2.254", shared, GatewayState.Active);
        network["sw"].Fdb(10, shared, "Up");
        return network;
    }

    private static NetworkBuilder OnAStick()
    {
        NetworkBuilder network = Site();
        DeviceBuilder fw = network.Device("fw", "192.0.2.60").System("FortiGate-60F", "1.3.6.1.4.1.12356.101.1.641")
            .Address("port1", "192.0.2.60/24").WithoutRoutes();
        network["gw"].Route("0.0.0.0/0", "192.0.2.60", "Gi0", RouteProtocol.NetMgmt).Arp("Gi0", "192.0.2.60", fw.MacOf("port1"));
        network["sw"].Access("Gi6", 10).Fdb(10, fw.MacOf("port1"), "Gi6");
        network.Cable("sw:Gi6", "fw:port1");
        return network;
    }

    private static NetworkBuilder Denying()
    {
        NetworkBuilder network = InBoth(IpForwarding.NotForwarding);
        network["gw"].Route("203.0.113.0/24", Server, "Gi0", RouteProtocol.NetMgmt);
        return network;
    }
}
