using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Where a host sits. h1 is on a port of its own of sw, h5 on Gi9 with what a variant adds; gw routes VLAN 10.</summary>
internal static class HostVariants
{
    private const string Kind = "where a host sits", H1 = "192.0.2.10", H5 = "192.0.2.50", H9 = "198.51.100.9";
    private static readonly MacAddress s_m5 = Mac(5), s_phone = Mac(0x51), s_second = Mac(0x52);

    public static IEnumerable<Variant> All =>
    [
        .. Both("a host alone", _ => { }, "h sw h"),
        .. Both("a telephone behind a telephone, both in the voice VLAN", sw => sw.Native("Gi9", 10, 20).Fdb(20, s_phone, "Gi9")
            .Fdb(20, s_second, "Gi9").HearsStation("Gi9", "192.0.2.77", $"{s_phone}", LldpCapabilities.Telephone), "h sw h"),
        .. Both("a telephone behind a telephone, silent", sw => sw.Native("Gi9", 10, 20).Fdb(20, s_phone, "Gi9").Fdb(20, s_second, "Gi9"),
            "h sw h"),
        .. Both("a telephone in its voice VLAN, by two tables", sw => sw.Native("Gi9", 10, 20).Fdb(20, s_phone, "Gi9")
            .Fdb(0, s_phone, "Gi9").Fdb(0, s_m5, "Gi9"), "h sw h"),
        .. Both("a telephone that CDP and LLDP announce", sw => sw.Fdb(10, s_phone, "Gi9")
            .HearsCdp("Gi9", "SEP00005E005351", "Port 1", 0x490)
            .HearsStation("Gi9", "192.0.2.77", $"{s_phone}", LldpCapabilities.Telephone), "h sw h"),
        .. Both("a camera that speaks LLDP", sw => sw.HearsStation("Gi9", $"{s_m5}", "eth0", LldpCapabilities.StationOnly), "h sw h"),
        .. Both("an announced hypervisor that is the host", sw => sw.HearsStation("Gi9", $"{s_m5}", "eno1",
            LldpCapabilities.Bridge | LldpCapabilities.Router | LldpCapabilities.StationOnly)
            .Fdb(10, MacAddress.Parse("52:54:00:00:00:01"), "Gi9"), "h sw h"),
        .. Both("five stations and no word of what joins them", sw => Crowd(sw, 5), "h sw ? h"),
        .. Both("an announced switch", sw => sw.HearsCdp("Gi9", "desk", "Gi1", 8), "h sw ? h"),
        .. Both("an announced switch with one station", sw => sw.HearsStation("Gi9", "00:00:5e:00:53:60", "1", LldpCapabilities.Bridge),
            "h sw ? h"),
        .. Both("an old row on the port toward the gateway's other switch", sw => sw.Access("Gi8", 11).Fdb(11, s_m5, "Gi8"), "h sw h"),
        new(Kind, "two hosts on a hypervisor's port", () => Guests(), H5, "192.0.2.51", "h h", "h ? h"),
    ];

    /// <summary>From the host, to it, and from beyond the router.</summary>
    private static Variant[] Both(string name, Action<DeviceBuilder> more, string to)
    {
        string back = string.Join(' ', to.Split(' ').Reverse());
        return
        [
            new Variant(Kind, name, () => Site(more), H1, H5, to),
            new Variant(Kind, name, () => Site(more), H5, H1, back),
            new Variant(Kind, name, () => Site(more), H9, H5, "h gw " + to[2..]),
            new Variant(Kind, name, () => Site(more), H5, H9, back[..^2] + " gw h"),
        ];
    }

    private static NetworkBuilder Site(Action<DeviceBuilder> more)
    {
        var network = new NetworkBuilder();
        DeviceBuilder gw = network.Device("gw", "192.0.2.1").Address("Gi0", "192.0.2.1/24").Address("Gi1", "198.51.100.1/24")
            .Arp("Gi0", H1, Mac(1)).Arp("Gi0", H5, s_m5).Arp("Gi1", H9, Mac(9));
        DeviceBuilder sw = network.Device("sw", "192.0.2.2").Access("Gi1", 10).Access("Up", 10).Fdb(10, Mac(1), "Gi1").Fdb(10, s_m5, "Gi9")
            .Fdb(10, gw.MacOf("Gi0"), "Up");
        more(sw);
        if (sw.Build().Tables.VlanMember(sw.Port("Gi9")) is null) sw.Access("Gi9", 10);
        network.Cable("gw:Gi0", "sw:Up");
        return network;
    }

    private static void Crowd(DeviceBuilder sw, int stations)
    {
        for (int i = 0; i < stations; i++) sw.Fdb(10, Mac(0x80 + i), "Gi9");
    }

    private static NetworkBuilder Guests()
    {
        MacAddress one = MacAddress.Parse("52:54:00:00:00:01"), two = MacAddress.Parse("52:54:00:00:00:02");
        NetworkBuilder network = Site(sw => sw.Fdb(10, one, "Gi9").Fdb(10, two, "Gi9"));
        network["gw"].Arp("Gi0", "192.0.2.51", two);
        return network;
    }
}
