using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class AddressAndRouteTests
{
    [Fact]
    public async Task Both_address_tables_make_one_fact_and_the_length_comes_from_whichever_tells_it()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("eth0", "eth1", "lo"),
            .. NewAddress("192.0.2.1", 1, "1.3.6.1.2.1.4.32.1.5.1.1.4.192.0.2.0.24"), .. OldAddress("192.0.2.1", 1, "255.255.255.0"),
            .. NewAddress("198.51.100.1", 2, "0.0"), .. OldAddress("198.51.100.1", 2, "255.255.255.252"),
            .. OldAddress("203.0.113.1", 3, "0.0.0.0"),
        ]);
        Assert.Equal(
        [
            "192.0.2.1/24 on 1 IpAddressTable", "198.51.100.1/30 on 2 IpAddressTable", "203.0.113.1/32 on 3 IpAddrTable",
        ], snapshot.Addresses.Select(address => $"{address.Address}/{address.PrefixLength} on {address.Interface} {address.Source}"));
    }

    [Fact]
    public async Task An_address_whose_ifIndex_is_0_is_an_own_one_of_no_known_interface()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("management"), .. OldAddress("192.0.2.124", 0, "255.255.255.0"), .. NewAddress("192.0.2.125", 0, "0.0"),
            .. NewAddress("192.0.2.126", 0, "0.0"), .. OldAddress("192.0.2.126", 1, "255.255.255.0"),
        ]);
        Assert.Equal(["192.0.2.124/32 on 0", "192.0.2.125/32 on 0", "192.0.2.126/24 on 1"],
            snapshot.Addresses.Select(address => $"{address.Address}/{address.PrefixLength} on {address.Interface}").Order());
    }

    [Theory]
    [InlineData("1.192.0.2.9")]
    [InlineData("1.4.192.0.2.9")] // with its length
    [InlineData("1.1.4.192.0.2.9")] // as the newer table writes it
    [InlineData("7")] // a number of the row
    public async Task An_ARP_row_is_read_however_its_address_is_written(string index)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("eth0"), Row.Int($"1.3.6.1.2.1.4.22.1.1.{index}", 1),
            Row.Hex($"1.3.6.1.2.1.4.22.1.2.{index}", "00005e005309"), Row.Ip($"1.3.6.1.2.1.4.22.1.3.{index}", "192.0.2.9")]);
        Assert.Equal("1 192.0.2.9", Assert.Single(snapshot.Arp.Select(entry => $"{entry.Interface} {entry.Address}")));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("4.192.0.2.1")]
    [InlineData("3")]
    public async Task An_own_address_is_read_however_its_index_is_written(string index)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("eth0"), Row.Ip($"1.3.6.1.2.1.4.20.1.1.{index}", "192.0.2.1"),
            Row.Int($"1.3.6.1.2.1.4.20.1.2.{index}", 1), Row.Ip($"1.3.6.1.2.1.4.20.1.3.{index}", "255.255.255.0")]);
        Assert.Equal("1 192.0.2.1/24",
            Assert.Single(snapshot.Addresses.Select(own => $"{own.Interface} {own.Address}/{own.PrefixLength}")));
    }

    [Fact]
    public async Task Broadcast_and_other_families_are_no_own_addresses()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("eth0"), .. NewAddress("192.0.2.255", 1, "0.0"), Row.Int("1.3.6.1.2.1.4.34.1.4.1.4.192.0.2.255", 3),
            Row.Int("1.3.6.1.2.1.4.34.1.3.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1", 1),
            Row.Int("1.3.6.1.2.1.4.34.1.4.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1", 1),
        ]);
        Assert.Empty(snapshot.Addresses);
        Assert.Equal((ReadingOutcome.Empty, (string?)null),
            (snapshot.Reading(InterfaceAddress.IpAddressTable).Outcome, snapshot.Reading(InterfaceAddress.IpAddressTable).Reason));
    }

    [Fact]
    public async Task An_address_without_its_length_in_the_index_is_understood()
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("outside"), Row.Int("1.3.6.1.2.1.4.34.1.3.1.192.0.2.43", 1),
            Row.Int("1.3.6.1.2.1.4.34.1.4.1.192.0.2.43", 1)]);
        Assert.Equal("192.0.2.43", Assert.Single(snapshot.Addresses).Address.ToString());
    }

    [Fact]
    public async Task Each_next_hop_of_each_generation_is_a_route_of_its_own_table()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("eth0", "Null0"),
            .. Inet("1.4.203.0.113.0.24.3.0.0.65.1.4.192.0.2.2", 1, 4, 13, 20),
            .. Inet("1.4.203.0.113.0.24.3.0.0.66.1.4.192.0.2.3", 1, 4, 13, 20),
            .. Inet("1.4.192.0.2.0.24.2.0.0.0.0", 1, 3, 2, -1), .. Inet("1.4.198.51.100.0.24.2.0.0.0.0", 2, 5, 3, 0),
            .. Inet("2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.0.64.2.0.0.0.0", 1, 3, 2, 0), // IPv6
            .. Cidr("203.0.113.0.255.255.255.0.0.192.0.2.2", 1, 4, 13), .. Cidr("198.51.100.0.255.255.255.0.0.0.0.0.0", 2, 2, 3),
                .. Cidr("10.0.0.0.255.0.0.0.8.192.0.2.2", 1, 4, 13),
            .. Old("192.0.2.0", 1, "192.0.2.1", 3, 2, "255.255.255.0"), .. Old("203.0.113.0", 1, "192.0.2.2", 4, 13, "255.255.255.0"),
            .. Old("203.0.113.64", 1, "192.0.2.2", 2, 13, "255.255.255.192"),
        ]);
        Assert.Equal(
        [
            "192.0.2.0/24 via 0.0.0.0 on 1 Local Local -1 InetCidrRouteTable",
            "198.51.100.0/24 via 0.0.0.0 on 2 Blackhole NetMgmt 0 InetCidrRouteTable",
            "203.0.113.0/24 via 192.0.2.2 on 1 Remote Ospf 20 InetCidrRouteTable",
            "203.0.113.0/24 via 192.0.2.3 on 1 Remote Ospf 20 InetCidrRouteTable",
            "198.51.100.0/24 via 0.0.0.0 on 2 Reject NetMgmt -1 IpCidrRouteTable",
            "203.0.113.0/24 via 192.0.2.2 on 1 Remote Ospf -1 IpCidrRouteTable",
            "192.0.2.0/24 via 0.0.0.0 on 1 Local Local -1 IpRouteTable",
            "203.0.113.0/24 via 192.0.2.2 on 1 Remote Ospf -1 IpRouteTable",
        ], snapshot.Routes.Select(route =>
            $"{route.Prefix} via {route.NextHop} on {route.Egress} {route.Kind} {route.Protocol} {route.Metric} {route.Source}"));
    }

    [Theory]
    [InlineData("1.4.203.0.113.0.33.2.0.0.0.0")] // prefix length
    [InlineData("1.4.203.0.113.0.24.9.0.0.0.0")] // the policy is longer than the index
    [InlineData("1.4.203.0.113.300.24.2.0.0.0.0")] // an octet over 255
    [InlineData("1.200.203.0")] // the address is longer than the index
    [InlineData("1")]
    [InlineData("1.4.203.0.113.0.24.2.0.0.2.4.1.2.3.4")] // an IPv6 next hop of 4 octets
    public async Task A_route_whose_index_is_none_is_skipped_and_told(string index)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Inet(index, 1, 4, 13, 20), .. Inet("1.4.192.0.2.0.24.2.0.0.0.0", 1, 3, 2, 0)]);
        Assert.Single(snapshot.Routes);
        Assert.Contains($"row {index}:", snapshot.Reading(Route.InetCidrRouteTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mask_with_holes_is_no_prefix()
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Cidr("203.0.113.0.255.0.255.0.0.192.0.2.2", 1, 4, 13),
            .. Old("203.0.113.0", 1, "192.0.2.2", 4, 13, "255.0.255.0")]);
        Assert.Empty(snapshot.Routes);
        Assert.Contains("holes", snapshot.Reading(Route.IpCidrRouteTable).Reason, StringComparison.Ordinal);
        Assert.Contains("holes", snapshot.Reading(Route.IpRouteTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_over_the_limit_is_not_walked_in_any_generation()
    {
        var router = new RecordedSession([.. Row.System(), Row.Gauge("1.3.6.1.2.1.4.24.6.0", 950_000),
            Row.Gauge("1.3.6.1.2.1.4.24.3.0", 940_000), .. Inet("1.4.192.0.2.0.24.2.0.0.0.0", 1, 3, 2, 0)]);
        var limits = new CollectionLimits { Routes = 100_000 };
        DeviceSnapshot snapshot = (await Collect.FromAsync(router, new FakeTimeProvider(), limits)).Snapshot!;
        Assert.Empty(snapshot.Routes);
        foreach (FactSource source in new[] { Route.InetCidrRouteTable, Route.IpCidrRouteTable, Route.IpRouteTable })
        {
            Assert.Equal(ReadingOutcome.Truncated, snapshot.Reading(source).Outcome);
            Assert.Contains("over the limit of 100000", snapshot.Reading(source).Reason, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(router.Asked,
            asked => asked.StartsWith("1.3.6.1.2.1.4.21.", StringComparison.Ordinal)
            || asked.StartsWith("1.3.6.1.2.1.4.24.7.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arp_of_both_generations_leaves_out_own_invalid_and_unresolved_addresses()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            .. Row.Interfaces("eth0"), .. OldAddress("192.0.2.1", 1, "255.255.255.0"),
            .. Media("192.0.2.1", "00005e005301", 4), .. Media("192.0.2.9", "00005e005309", 3), .. Media("192.0.2.10", "00005e00530a", 2),
            .. Media("192.0.2.11", "00005e", 3),
            .. Physical("192.0.2.9", "00005e005309", 3, 1), .. Physical("192.0.2.12", "00005e00530c", 5, 1),
            .. Physical("192.0.2.13", "", 3, 7), .. Physical("192.0.2.14", "00005e00530e", 4, 1),
        ]);
        Assert.Equal(["192.0.2.9 IpNetToPhysicalTable", "192.0.2.14 IpNetToPhysicalTable", "192.0.2.9 IpNetToMediaTable"],
            snapshot.Arp.Select(entry => $"{entry.Address} {entry.Source}"));
        Assert.Contains("3 octets", snapshot.Reading(ArpEntry.IpNetToMediaTable).Reason, StringComparison.Ordinal);
    }

    private static VarBind[] NewAddress(string address, int on, string prefix) =>
        [Row.Int($"1.3.6.1.2.1.4.34.1.3.1.4.{address}", on), Row.Int($"1.3.6.1.2.1.4.34.1.4.1.4.{address}", 1),
            Row.Oid($"1.3.6.1.2.1.4.34.1.5.1.4.{address}", prefix)];

    private static VarBind[] OldAddress(string address, int on, string mask) =>
        [Row.Int($"1.3.6.1.2.1.4.20.1.2.{address}", on), Row.Ip($"1.3.6.1.2.1.4.20.1.3.{address}", mask)];

    private static VarBind[] Inet(string index, int on, int type, int protocol, int metric) =>
    [
        Row.Int($"1.3.6.1.2.1.4.24.7.1.7.{index}", on), Row.Int($"1.3.6.1.2.1.4.24.7.1.8.{index}", type),
        Row.Int($"1.3.6.1.2.1.4.24.7.1.9.{index}", protocol), Row.Int($"1.3.6.1.2.1.4.24.7.1.12.{index}", metric),
    ];

    private static VarBind[] Cidr(string index, int on, int type, int protocol) =>
        [Row.Int($"1.3.6.1.2.1.4.24.4.1.5.{index}", on), Row.Int($"1.3.6.1.2.1.4.24.4.1.6.{index}", type),
            Row.Int($"1.3.6.1.2.1.4.24.4.1.7.{index}", protocol)];

    private static VarBind[] Old(string destination, int on, string nextHop, int type, int protocol, string mask) =>
    [
        Row.Int($"1.3.6.1.2.1.4.21.1.2.{destination}", on), Row.Ip($"1.3.6.1.2.1.4.21.1.7.{destination}", nextHop),
        Row.Int($"1.3.6.1.2.1.4.21.1.8.{destination}", type),
        Row.Int($"1.3.6.1.2.1.4.21.1.9.{destination}", protocol), Row.Ip($"1.3.6.1.2.1.4.21.1.11.{destination}", mask),
    ];

    private static VarBind[] Media(string address, string mac, int type) =>
        [Row.Hex($"1.3.6.1.2.1.4.22.1.2.1.{address}", mac), Row.Int($"1.3.6.1.2.1.4.22.1.4.1.{address}", type)];

    private static VarBind[] Physical(string address, string mac, int type, int state) =>
        [Row.Hex($"1.3.6.1.2.1.4.35.1.4.1.1.4.{address}", mac), Row.Int($"1.3.6.1.2.1.4.35.1.6.1.1.4.{address}", type),
            Row.Int($"1.3.6.1.2.1.4.35.1.7.1.1.4.{address}", state)];
}
