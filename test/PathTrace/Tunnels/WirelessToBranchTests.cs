using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// The shape of the first documented trace, in another network: station - AP - access switch - distribution - controller - distribution -
/// two cores - two routers - unmanaged WAN - branch router - branch switch - host.
/// </summary>
public sealed class WirelessToBranchTests
{
    private const string Station = "198.51.100.117", BranchHost = "203.0.113.22";

    [Fact]
    public void A_station_reaches_a_branch_host_by_its_tunnel_the_recorded_branch_and_the_gap() =>
        Campus(records: true).Trace(Station, BranchHost).Is("wireless-to-branch");

    [Fact]
    public void Without_flow_records_the_highest_next_hop_is_shown_and_the_destination_anchors_the_gap() =>
        Campus(records: false).Trace(Station, BranchHost).Is("wireless-to-branch-no-records");

    [Fact]
    public void The_way_back_goes_to_the_controller_first_and_down_the_tunnel()
    {
        Trace trace = Campus(records: false).Trace("192.0.2.129", Station);
        trace.Is("wired-to-wireless");
    }

    [Fact]
    public void An_access_point_without_a_known_port_ends_the_trace_with_what_to_discover()
    {
        Trace trace = Campus(records: true, accessPointSeen: false).Trace(Station, BranchHost);
        Assert.Equal(2, trace.ShownNodes.Count());
        Assert.StartsWith("Unable to retrieve links for AP - ap1 [", Assert.IsType<Ending.Unknown>(trace.Ending).Missing,
            StringComparison.Ordinal);
    }

    internal static NetworkBuilder Campus(bool records, bool accessPointSeen = true)
    {
        MacAddress station = Mac(0x75), ap = Mac(0x0a), radio = Mac(0x0b), wired = Mac(0x81), branchHost = Mac(0x16), wan = Mac(0xee);
        var network = new NetworkBuilder();
        DeviceBuilder access = network.Device("access", "192.0.2.2").Access("Gi1", 14).Access("Gi9", 20).Trunk("Gi2", 14, 20);
        DeviceBuilder dist = network.Device("dist", "192.0.2.1").Trunk("Gi5", 14, 20).Trunk("Gi38", 14, 60)
            .Address("Loopback0", "192.0.2.1/32").Address("Vlan14", "192.0.2.65/27").Address("Vlan20", "192.0.2.190/26")
                .Address("Vlan60", "198.51.100.1/24")
            .Address("Te1", "192.0.2.33/30").Address("Te2", "192.0.2.37/30");
        DeviceBuilder wlc = network.Device("wlc", "192.0.2.66").ControllerInterface("management", 14, "192.0.2.66/27", "Gi0/1")
            .ControllerInterface("clients", 60, "198.51.100.2/24", "Gi0/1")
            .AccessPoint("ap1", "192.0.2.67", ap, radio).Station(station, Station, radio, "clients");
        DeviceBuilder core1 = network.Device("core1", "192.0.2.34").Address("Te1", "192.0.2.34/30").Address("Te3", "192.0.2.41/30");
        DeviceBuilder core2 = network.Device("core2", "192.0.2.38").Address("Te1", "192.0.2.38/30").Address("Te3", "192.0.2.45/30")
            .Address("Te4", "192.0.2.49/30");
        DeviceBuilder router1 = network.Device("router1", "192.0.2.42").Address("Gi1", "192.0.2.42/30").Address("Gi2", "192.0.2.46/30")
            .Address("Gi3", "192.0.2.9/30");
        DeviceBuilder router2 = network.Device("router2", "192.0.2.50").Address("Gi2", "192.0.2.50/30").Address("Gi3", "192.0.2.13/30");
        DeviceBuilder branch = network.Device("branch-router", "192.0.2.18").Address("Gi0/1", "192.0.2.18/30")
            .Address("Gi0/2", "203.0.113.1/24");
        DeviceBuilder branchAccess = network.Device("branch-access", "203.0.113.17").Access("Gi1", 1).Access("Gi47", 1)
            .Address("Vlan1", "203.0.113.17/24");

        network.Cable("access:Gi2", "dist:Gi5");
        network.Cable("dist:Gi38", "wlc:Gi0/1");
        network.Cable("dist:Te1", "core1:Te1");
        network.Cable("dist:Te2", "core2:Te1");
        network.Cable("core1:Te3", "router1:Gi1");
        network.Cable("core2:Te3", "router1:Gi2");
        network.Cable("core2:Te4", "router2:Gi2");
        network.Cable("branch-router:Gi0/2", "branch-access:Gi1");
        if (accessPointSeen) access.HearsCdp("Gi1", "ap1", "GigabitEthernet0", 2);

        if (accessPointSeen) access.Fdb(14, ap, "Gi1");
        access.Fdb(14, wlc.MacOf("Gi0/1"), "Gi2").Fdb(20, wired, "Gi9").Fdb(20, dist.MacOf("Vlan20"), "Gi2");
        dist.Fdb(14, wlc.MacOf("Gi0/1"), "Gi38").Fdb(60, station, "Gi38").Fdb(20, wired, "Gi5").Fdb(14, ap, "Gi5");
        dist.Arp("Vlan20", "192.0.2.129", wired).Arp("Vlan60", Station, station).Arp("Te1", "192.0.2.34", core1.MacOf("Te1"))
            .Arp("Te2", "192.0.2.38", core2.MacOf("Te1"));
        core1.Arp("Te3", "192.0.2.42", router1.MacOf("Gi1"));
        core2.Arp("Te3", "192.0.2.46", router1.MacOf("Gi2")).Arp("Te4", "192.0.2.50", router2.MacOf("Gi2"));
        router1.Arp("Gi3", "192.0.2.10", wan);
        router2.Arp("Gi3", "192.0.2.14", wan);
        branch.Arp("Gi0/2", BranchHost, branchHost);
        branchAccess.Fdb(1, branchHost, "Gi47").Fdb(1, branch.MacOf("Gi0/2"), "Gi1");

        dist.Route("203.0.113.0/24", "192.0.2.34", "Te1").Route("203.0.113.0/24", "192.0.2.38", "Te2");
        core1.Route("203.0.113.0/24", "192.0.2.42", "Te3");
        core2.Route("203.0.113.0/24", "192.0.2.46", "Te3").Route("203.0.113.0/24", "192.0.2.50", "Te4");
        router1.Route("203.0.113.0/24", "192.0.2.10", "Gi3", RouteProtocol.Bgp);
        router2.Route("203.0.113.0/24", "192.0.2.14", "Gi3", RouteProtocol.Ospf);
        branch.Route("0.0.0.0/0", "192.0.2.17", "Gi0/1", RouteProtocol.NetMgmt);
        if (records)
        {
            router1.Flow("192.0.2.129", BranchHost, "Gi1", "Gi3"); // another conversation, which must not matter
            router2.Flow(Station, BranchHost, "Gi2", "Gi3");
            branch.Flow(Station, BranchHost, "Gi0/1", "Gi0/2");
        }
        return network;
    }
}
