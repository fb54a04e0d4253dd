using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.Network.Tests;

/// <summary>Which devices route: those between two subnets or unnumbered links, not every one that has routes.</summary>
public sealed class RouterTests
{
    private static readonly (string What, Action<DeviceBuilder> Facts, bool IsRouter)[] s_devices =
    [
        ("two subnets", device => device.Address("Gi1", "192.0.2.1/24").Address("Gi2", "198.51.100.1/24"), true),
        ("one subnet and its gateway", device => Leaf(device).Route("0.0.0.0/0", "192.0.2.254", "Gi1"), false),
        ("an OSPF route over another link", device => Leaf(device).Route("10.0.0.0/8", "10.255.0.2", "Gi2"), true),
        ("a BGP route over another link", device => Leaf(device).Route("10.0.0.0/8", "169.254.0.1", "Gi2", RouteProtocol.Bgp), true),
        ("an IS-IS route over another link", device => Leaf(device).Route("10.0.0.0/8", "10.255.0.2", "Gi2", RouteProtocol.Isis), true),
        ("a static route to a neighbor that is resolved there", device => Static(Leaf(device)).Arp("Gi2", "10.255.0.2", Mac(2)), true),
        ("a static route to nobody", device => Static(Leaf(device)), false),
        ("a neighbor that is resolved elsewhere", device => Static(Leaf(device)).Arp("Gi1", "10.255.0.2", Mac(2)), false),
        ("a dialed line", device => Leaf(device).Route("0.0.0.0/0", "0.0.0.0", "Dialer1", RouteProtocol.NetMgmt), true),
        ("a server with a tunnel", device => Leaf(device).Route("10.0.0.0/8", "0.0.0.0", "Tunnel1", RouteProtocol.NetMgmt), false),
        ("a server with containers", device => Leaf(device).Route("10.0.0.7/32", "0.0.0.0", "cali0", RouteProtocol.NetMgmt), false),
        ("a route into a loopback", device => Leaf(device).Route("10.0.0.0/8", "10.255.0.2", "Loopback0"), false),
        ("no subnet and two unnumbered links", device => Up(Up(device, "Gi2"), "Gi3"), true),
        ("no subnet and one unnumbered link", device => Up(device, "Gi2"), false),
    ];

    public static TheoryData<string> Devices => [.. s_devices.Select(device => device.What)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_router_is_between_two_subnets_or_links_with_neighbors(string what)
    {
        (_, Action<DeviceBuilder> facts, bool isRouter) = s_devices.Single(device => device.What == what);
        DeviceBuilder device = new NetworkBuilder().Device("d", "192.0.2.1");
        facts(device);
        Assert.Equal(isRouter, device.Build().Tables.IsRouter);
    }

    private static DeviceBuilder Leaf(DeviceBuilder device) => device.Address("Loopback0", "10.255.0.1/32").Address("Gi1", "192.0.2.1/24");

    private static DeviceBuilder Up(DeviceBuilder device, string port) =>
        device.Address("Loopback0", "10.255.0.1/32").Route("10.0.0.0/8", "10.255.0.2", port);

    private static DeviceBuilder Static(DeviceBuilder device) =>
        device.Route("10.0.0.0/8", "10.255.0.2", "Gi2", RouteProtocol.NetMgmt);
}
