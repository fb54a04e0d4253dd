using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>What is a link: shared subnets, announcements that pass a switch, names that a stronger key contradicts, bundles.</summary>
internal static class LinkVariants
{
    private const string Kind = "what is a link", H1 = "10.1.0.50", H2 = "10.2.0.50";

    public static IEnumerable<Variant> All =>
    [
        .. new[] { 29, 30, 31 }.SelectMany(length => new Variant[]
        {
            new(Kind, $"a shared /{length} that nobody announces", () => Two(length, resolved: true), H1, H2, "h r1 r2 h"),
            new(Kind, $"a shared /{length} that nobody announces, back", () => Two(length, resolved: true), H2, H1, "h r2 r1 h"),
            new(Kind, $"a shared /{length} whose ARP names another MAC", () => Modems(length), H1, H2, "h r1 ? ..."),
            new(Kind, $"a shared /{length} whose ARP names another MAC, back", () => Modems(length), H2, H1, "h r2 ? ..."),
        }),
        .. new[] { 30, 31 }.SelectMany(length => new Variant[]
        {
            new(Kind, $"a shared /{length} without ARP rows", () => Two(length, resolved: false), H1, H2, "h r1 r2 h"),
            new(Kind, $"one own address at both ends of a /{length}", () => Twins(length), H1, H2, "h r1 ? r2 h"),
        }),
        new(Kind, "a routed port that hears of both its neighbors", ThroughASwitch, H1, H2, "h r1 sw r2 h"),
        new(Kind, "a routed port that hears of both its neighbors, back", ThroughASwitch, H2, H1, "h r2 sw r1 h"),
        new(Kind, "a name that its chassis id contradicts", Contradicted, H1, H2, "h r1 ? r2 h"),
        .. new[] { "Po1", "Trk1", "ae0", "bond0", "Eth-Trunk1", "Bridge-Aggregation1" }.Select(bundle => new Variant(
            Kind, $"{bundle} that no table tells", () => Untold(bundle), "192.0.2.10", "192.0.2.30", "h sw1 sw2 h")),
        new(Kind, "two links beside each other, one of them blocked", Ring, "192.0.2.10", "192.0.2.30", "h sw1 sw2 h"),
    ];

    private static NetworkBuilder Ends()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Arp("Lan", H1, Mac(1));
        network.Device("r2", "10.2.0.1").Address("Lan", "10.2.0.1/24").Arp("Lan", H2, Mac(2));
        return network;
    }

    /// <summary>Two that a subnet of this length has for its hosts.</summary>
    private static (string, string) AddressesIn(int length) => length == 31 ? ("10.0.0.2", "10.0.0.3") : ("10.0.0.1", "10.0.0.2");

    private static NetworkBuilder Two(int length, bool resolved)
    {
        NetworkBuilder network = Ends();
        (string left, string right) = AddressesIn(length);
        DeviceBuilder r1 = network["r1"].Address("Wan", $"{left}/{length}").Route("10.2.0.0/24", right, "Wan"),
            r2 = network["r2"].Address("Wan", $"{right}/{length}").Route("10.1.0.0/24", left, "Wan");
        if (!resolved) return network;
        r1.Arp("Wan", right, r2.MacOf("Wan"));
        r2.Arp("Wan", left, r1.MacOf("Wan"));
        return network;
    }

    /// <summary>Each router's neighbor is its own modem, and both modems use one subnet.</summary>
    private static NetworkBuilder Modems(int length)
    {
        NetworkBuilder network = Two(length, resolved: false);
        (string left, string right) = AddressesIn(length);
        network["r1"].Arp("Wan", right, Mac(0x71));
        network["r2"].Arp("Wan", left, Mac(0x72));
        return network;
    }

    private static NetworkBuilder Twins(int length)
    {
        NetworkBuilder network = Ends();
        (string own, string modem) = AddressesIn(length);
        network["r1"].Address("Wan", $"{own}/{length}").Route("10.2.0.0/24", modem, "Wan").Arp("Wan", modem, Mac(0x71));
        network["r2"].Address("Wan", $"{own}/{length}").Route("10.1.0.0/24", modem, "Wan").Arp("Wan", modem, Mac(0x72));
        return network;
    }

    /// <summary>r1 and r2 hear of each other by CDP, which passes sw; sw is announced by LLDP.</summary>
    private static NetworkBuilder ThroughASwitch()
    {
        NetworkBuilder network = Two(30, resolved: true);
        network["r1"].HearsCdp("Wan", "r2", "Wan", 1);
        network["r2"].HearsCdp("Wan", "r1", "Wan", 1);
        network.Device("sw", "10.3.0.1").Access("Gi1", 9).Access("Gi2", 9).Fdb(9, network["r1"].MacOf("Wan"), "Gi1")
            .Fdb(9, network["r2"].MacOf("Wan"), "Gi2");
        network.Cable("r1:Wan", "sw:Gi1");
        network.Cable("r2:Wan", "sw:Gi2");
        return network;
    }

    /// <summary>What r1 hears has r2's name and another chassis; its address is nobody's.</summary>
    private static NetworkBuilder Contradicted()
    {
        NetworkBuilder network = Ends();
        network["r1"].Address("Wan", "10.0.0.2/30").Route("10.2.0.0/24", "10.0.0.1", "Wan").Arp("Wan", "10.0.0.1", Mac(0x71))
            .HearsChassis("Wan", Mac(0x71), "r2", "Wan");
        network["r2"].Chassis(Mac(0x72)).Address("Wan", "10.0.1.2/30").Route("10.1.0.0/24", "10.0.1.1", "Wan");
        return network;
    }

    /// <summary>Two cables, announced at both ends; addresses are learned on a bundle whose members no table names.</summary>
    private static NetworkBuilder Untold(string bundle)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk(bundle, 10).Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", "192.0.2.10", Mac(1)).Arp("Vlan10", "192.0.2.30", Mac(3)).Fdb(10, Mac(1), "Gi1").Fdb(10, Mac(3), bundle);
        DeviceBuilder sw2 = network.Device("sw2", "192.0.2.3").Access("Gi1", 10).Trunk(bundle, 10).Address("Vlan10", "192.0.2.3/24")
            .Fdb(10, Mac(3), "Gi1").Fdb(10, Mac(1), bundle);
        sw1.Fdb(10, sw2.MacOf("Vlan10"), bundle);
        sw2.Fdb(10, sw1.MacOf("Vlan10"), bundle);
        network.Cable("sw1:Te1", "sw2:Te1");
        network.Cable("sw1:Te2", "sw2:Te2");
        return network;
    }

    private static NetworkBuilder Ring()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("A", 10).Trunk("B", 10).Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", "192.0.2.10", Mac(1)).Arp("Vlan10", "192.0.2.30", Mac(3)).Fdb(10, Mac(1), "Gi1")
            .Stp(10, "A", StpState.Forwarding).Stp(10, "B", StpState.Blocking);
        network.Device("sw2", "192.0.2.3").Access("Gi1", 10).Trunk("A", 10).Trunk("B", 10).Fdb(10, Mac(3), "Gi1").Fdb(10, Mac(1), "A");
        network.Cable("sw1:A", "sw2:A");
        network.Cable("sw1:B", "sw2:B");
        return network;
    }
}
