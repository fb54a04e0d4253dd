namespace Towpath.Network.Tests;

/// <summary>Who takes frames for a virtual router's MAC address that an interface of its own has, up in the backup, too.</summary>
public sealed class VirtualGatewayTests
{
    private const string OfGroup = "vrrp1-10";
    private static readonly MacAddress s_shared = MacAddress.Parse("00:00:5e:00:01:01"), s_host = NetworkBuilder.Mac(77);
    private static readonly Ipv4Address s_neighbor = Ipv4Address.Parse("192.0.2.77");

    private static readonly (string What, Action<DeviceBuilder> Facts, bool IsIn10, bool IsIn20)[] s_devices =
    [
        ("no table of groups, and the address", device => device.Address(OfGroup, "192.0.2.254/32"), true, false),
        ("no table of groups, and no address", _ => { }, false, false),
        ("the address, and the interface is down", device => device.Address(OfGroup, "192.0.2.254/32").Down(OfGroup), false, false),
        ("the table says active", device => Group(device, GatewayState.Active), true, false),
        ("the table says standby", device => Group(device, GatewayState.Standby), false, false),
        ("the table says standby, and the address",
            device => Group(device, GatewayState.Standby).Address(OfGroup, "192.0.2.254/32"), false, false),
        ("an address of a subnet of its own", device => device.Address(OfGroup, "203.0.113.1/24"), true, true),
    ];

    public static TheoryData<string> Devices => [.. s_devices.Select(device => device.What)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_table_of_groups_decides_and_without_one_who_has_the_address(string what)
    {
        (_, Action<DeviceBuilder> facts, bool isIn10, bool isIn20) = s_devices.Single(device => device.What == what);
        DeviceBuilder device = new NetworkBuilder().Device("d", "192.0.2.1").Address("Vlan10", "192.0.2.1/24")
            .Address("Vlan20", "198.51.100.1/24").Shared(OfGroup, s_shared);
        facts(device);
        DeviceTables tables = device.Build().Tables;
        Assert.Equal((isIn10, isIn20), (tables.Owns(s_shared, new VlanId(10)), tables.Owns(s_shared, new VlanId(20))));
    }

    /// <summary>With the subnet's mask the virtual interface has a second connected route, which is no second way.</summary>
    [Theory]
    [InlineData("192.0.2.254/24")]
    [InlineData("192.0.2.254/32")]
    public void A_subnet_that_is_had_by_the_virtual_interface_too_is_left_by_its_own(string shared)
    {
        DeviceBuilder device = Master(shared);
        DeviceTables tables = device.Build().Tables;
        Assert.Equal([device.Port("Vlan10")], Egress(tables.Fib));
        Assert.Equal(s_host, tables.Arp(device.Port("Vlan10"), s_neighbor)?.Mac);
        Assert.Equal(new VlanId(10), tables.Roles.SviVlan(device.Port(OfGroup)));
        Assert.Equal(device.Port("Vlan10"), tables.Roles.Svi(new VlanId(10)));
    }

    [Fact]
    public void A_virtual_interface_in_a_VRF_lies_over_the_subnets_of_that_VRF_only()
    {
        DeviceBuilder device = Master("192.0.2.254/24").Vrf("RED", OfGroup);
        DeviceTables tables = device.Build().Tables;
        Assert.Equal([device.Port("Vlan10")], Egress(tables.Fib));
        Assert.Equal([device.Port(OfGroup)], Egress(tables.Vrfs.Fib(new VrfName("RED"))));
        Assert.Null(tables.Arp(device.Port("Vlan10"), s_neighbor));
    }

    [Fact]
    public void Two_ports_in_one_subnet_without_a_virtual_address_are_two_ways()
    {
        DeviceBuilder device = Master("192.0.2.254/24").Shared(OfGroup, s_host);
        Assert.Equal([device.Port("Vlan10"), device.Port(OfGroup)], Egress(device.Build().Tables.Fib));
    }

    /// <summary>It has resolved a host by the virtual interface, where the host asked.</summary>
    private static DeviceBuilder Master(string shared) => new NetworkBuilder().Device("d", "192.0.2.1").Address("Vlan10", "192.0.2.1/24")
        .Address(OfGroup, shared).Shared(OfGroup, s_shared).Arp(OfGroup, "192.0.2.77", s_host);

    private static IEnumerable<IfIndex> Egress(Fib fib) => fib.LongestMatch(s_neighbor)!.Value.NextHops.Select(hop => hop.Egress);

    private static DeviceBuilder Group(DeviceBuilder device, GatewayState state) =>
        device.Shares("Vlan10", "192.0.2.254", s_shared, state);
}
