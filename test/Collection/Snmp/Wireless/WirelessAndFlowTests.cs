using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class WirelessAndFlowTests
{
    [Fact]
    public async Task A_controller_tells_its_access_points_stations_and_interfaces()
    {
        const string ap = "1.3.6.1.4.1.14179.2.2.1.1", station = "1.3.6.1.4.1.14179.2.1.4.1", own = "1.3.6.1.4.1.14179.1.2.13.1";
        const string radio = "0.0.94.0.83.16", client = "0.0.94.0.83.32", staff = "5.115.116.97.102.102"; // "staff" with its length
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Text($"{ap}.3.{radio}", "ap-1"), Row.Text($"{ap}.4.{radio}", "hall"), Row.Text($"{ap}.8.{radio}", "8.5.182.0"),
            Row.Text($"{ap}.16.{radio}", "AIR-AP2802I-E-K9"),
            Row.Text($"{ap}.17.{radio}", "FGL00000001"), Row.Ip($"{ap}.19.{radio}", "192.0.2.30"),
            Row.Hex($"{ap}.33.{radio}", "00005e005311"),
            Row.Ip($"{station}.2.{client}", "198.51.100.7"), Row.Text($"{station}.3.{client}", "alice"),
            Row.Hex($"{station}.4.{client}", "00005e005310"), Row.Int($"{station}.6.{client}", 2),
            Row.Text($"{station}.7.{client}", "corp"), Row.Int($"{station}.9.{client}", 3), Row.Text($"{station}.27.{client}", "staff"),
            Row.Int($"{own}.2.{staff}", 600), Row.Hex($"{own}.4.{staff}", "00005e005312"), Row.Ip($"{own}.5.{staff}", "198.51.100.2"),
            Row.Ip($"{own}.6.{staff}", "255.255.255.0"),
            Row.Ip($"{own}.7.{staff}", "198.51.100.1"), Row.Int($"{own}.8.{staff}", 1),
        ]);
        MacAddress radioMac = MacAddress.Parse("00:00:5e:00:53:10");
        Assert.Equal(new AccessPoint(radioMac, MacAddress.Parse("00:00:5e:00:53:11"), "ap-1", Ipv4Address.Parse("192.0.2.30"),
            "AIR-AP2802I-E-K9", "FGL00000001", "8.5.182.0", "hall"),
            Assert.Single(snapshot.AccessPoints));
        Assert.Equal(new WirelessStation(MacAddress.Parse("00:00:5e:00:53:20"), Ipv4Address.Parse("198.51.100.7"), "alice", radioMac,
            "corp", 2, "staff", Associated: true),
            Assert.Single(snapshot.WirelessStations));
        Assert.Equal(new ControllerInterface("staff", new VlanId(600), MacAddress.Parse("00:00:5e:00:53:12"),
            Ipv4Address.Parse("198.51.100.2"),
            Ipv4Address.Parse("255.255.255.0"), Ipv4Address.Parse("198.51.100.1"), 1), Assert.Single(snapshot.ControllerInterfaces));
    }

    /// <summary>Column 33 of the station's row: 1 unknown, 2 central, 3 local.</summary>
    [Theory]
    [InlineData(null, DataSwitchedBy.NotTold)]
    [InlineData(1, DataSwitchedBy.NotTold)]
    [InlineData(2, DataSwitchedBy.Controller)]
    [InlineData(3, DataSwitchedBy.AccessPoint)]
    [InlineData(4, DataSwitchedBy.NotTold)]
    public async Task A_controller_tells_who_bridges_a_stations_traffic(int? told, DataSwitchedBy expected)
    {
        const string station = "1.3.6.1.4.1.14179.2.1.4.1", client = "1.3.6.1.4.1.9.9.599.1.3.1.1";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Ip($"{station}.2.0.0.94.0.83.32", "198.51.100.7"), Row.Hex($"{station}.4.0.0.94.0.83.32", "00005e005310"),
            Row.Int($"{station}.9.0.0.94.0.83.32", 3),
            .. told is { } value ? [Row.Int($"{client}.33.0.0.94.0.83.32", value)] : Array.Empty<VarBind>(),
            Row.Int($"{client}.33.0.0.94.0.83.33", 3), // of a station that is not listed
        ]);
        Assert.Equal(expected, Assert.Single(snapshot.WirelessStations).Switched);
    }

    [Fact]
    public async Task A_top_flow_is_a_conversation_with_its_interfaces()
    {
        const string flow = "1.3.6.1.4.1.9.9.387.1.7.8.1";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Int($"{flow}.2.1", 1), Row.Hex($"{flow}.3.1", "c0000207"), Row.Int($"{flow}.5.1", 1), Row.Hex($"{flow}.6.1", "cb007109"),
            Row.Hex($"{flow}.9.1", "c6336401"),
            Row.Gauge($"{flow}.10.1", 51_000), Row.Gauge($"{flow}.11.1", 443), Row.Int($"{flow}.14.1", 3), Row.Int($"{flow}.15.1", 4),
            Row.Gauge($"{flow}.19.1", 6),
            Row.Counter($"{flow}.24.1", 9_000), Row.Counter($"{flow}.25.1", 12),
            Row.Int($"{flow}.2.2", 2), Row.Hex($"{flow}.3.2", "20010db8000000000000000000000001"), Row.Int($"{flow}.5.2", 2),
            Row.Hex($"{flow}.6.2", "20010db8000000000000000000000002"),
        ]);
        var expected = new TopFlow(Ipv4Address.Parse("192.0.2.7"), Ipv4Address.Parse("203.0.113.9"))
        {
            Protocol = 6,
            SourcePort = 51_000,
            DestinationPort = 443,
            Input = new IfIndex(3),
            Output = new IfIndex(4),
            NextHop = Ipv4Address.Parse("198.51.100.1"),
            Packets = 12,
            Octets = 9_000,
        };
        Assert.Equal(expected, Assert.Single(snapshot.TopFlows));
    }
    [Fact]
    public async Task Flows_that_carry_more_or_change_places_are_no_news()
    {
        DeviceSnapshot first = await Flows((Last: 7, Octets: 9_000), (Last: 8, Octets: 5_000)),
            later = await Flows((Last: 8, Octets: 70_000), (Last: 7, Octets: 12_000));
        DeviceSnapshot other = await Flows((Last: 8, Octets: 70_000), (Last: 9, Octets: 12_000));

        Assert.Equal(SnapshotCodec.Digest(first), SnapshotCodec.Digest(later));
        Assert.NotEqual(SnapshotCodec.Digest(first), SnapshotCodec.Digest(other));

        static Task<DeviceSnapshot> Flows(params (int Last, uint Octets)[] ranked)
        {
            const string flow = "1.3.6.1.4.1.9.9.387.1.7.8.1";
            return Collect.From([.. ranked.SelectMany((one, index) => new[]
            {
                Row.Int($"{flow}.2.{index + 1}", 1), Row.Hex($"{flow}.3.{index + 1}", $"c00002{one.Last:x2}"),
                    Row.Int($"{flow}.5.{index + 1}", 1), Row.Hex($"{flow}.6.{index + 1}", "cb007109"),
                Row.Int($"{flow}.14.{index + 1}", 3), Row.Int($"{flow}.15.{index + 1}", 4), Row.Int($"{flow}.19.{index + 1}", 6),
                Row.Counter($"{flow}.24.{index + 1}", one.Octets), Row.Counter($"{flow}.25.{index + 1}", one.Octets / 500),
            })]);
        }
    }
}
