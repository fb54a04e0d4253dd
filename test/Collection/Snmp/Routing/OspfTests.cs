using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class OspfTests
{
    private const string RouterId = "1.3.6.1.2.1.14.1.1.0", Lsdb = "1.3.6.1.2.1.14.4.1.8", External = "1.3.6.1.2.1.14.12.1.7",
        Neighbor = "1.3.6.1.2.1.14.10.1";
    private const string Header = "0001220100000000000000008000000fb2a60018"; // 20 octets

    [Fact]
    public async Task Neighbors_and_link_states_are_read_without_what_changes_while_the_network_does_not()
    {
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Ip(RouterId, "192.0.2.1"), Row.Ip($"{Neighbor}.3.198.51.100.2.0", "192.0.2.2"), Row.Int($"{Neighbor}.6.198.51.100.2.0", 8),
            Row.Hex($"{Lsdb}.0.0.0.1.1.192.0.2.2.192.0.2.2", Header + "02000001"),
            Row.Hex($"{External}.5.203.0.113.0.192.0.2.2", Header + "ffffff00"),
        ]);
        Assert.Equal(Ipv4Address.Parse("192.0.2.1"), snapshot.Identity.OspfRouterId);
        Assert.Equal(new OspfNeighbor(Ipv4Address.Parse("198.51.100.2"), default, Ipv4Address.Parse("192.0.2.2"), 8),
            Assert.Single(snapshot.OspfNeighbors));
        Assert.Equal(
        [
            "0.0.0.1 type 1 192.0.2.2 by 192.0.2.2: 02000001 OspfLsdbTable",
            "0.0.0.0 type 5 203.0.113.0 by 192.0.2.2: FFFFFF00 OspfExtLsdbTable",
        ], snapshot.OspfLinkStates.Select(lsa =>
            $"{lsa.Area} type {lsa.Type} {lsa.LinkStateId} by {lsa.RouterId}: {Convert.ToHexString(lsa.Body.AsSpan())} {lsa.Source}"));
    }

    [Theory]
    [InlineData("0e0f", 1)]
    [InlineData("0e10", 0)] // MaxAge
    [InlineData("8001", 1)] // of a demand circuit, one second old
    [InlineData("8e10", 0)]
    public async Task An_advertisement_that_is_being_flushed_is_no_part_of_the_map(string age, int kept)
    {
        DeviceSnapshot snapshot =
            await Collect.From([Row.Ip(RouterId, "192.0.2.1"),
            Row.Hex($"{External}.5.203.0.113.0.192.0.2.2", age + Header[4..] + "ffffff00")]);
        Assert.Equal(kept, snapshot.OspfLinkStates.Length);
    }

    [Fact]
    public async Task An_advertisement_of_any_length_is_bounded_and_so_is_their_number()
    {
        VarBind[] rows = [.. Enumerable.Range(1, 20)
            .Select(i => Row.Hex($"{Lsdb}.0.0.0.0.1.192.0.2.{i}.192.0.2.{i}", Header + new string('0', 8_000)))];
        var device = new RecordedSession([.. Row.System(), Row.Ip(RouterId, "192.0.2.1"), .. rows]);
        CollectionResult result =
            await Collect.FromAsync(device, new FakeTimeProvider(), new CollectionLimits { LinkStates = 15 });
        Assert.Equal(15, result.Snapshot!.OspfLinkStates.Length);
        Assert.All(result.Snapshot.OspfLinkStates, lsa => Assert.Equal(1004, lsa.Body.Length));
        Assert.Contains("limit of 15 link states", result.Snapshot.Reading(OspfLinkState.OspfLsdbTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_tells_no_router_id_is_not_asked_for_link_states()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]);
        DeviceSnapshot snapshot = await Collect.From(device);
        Assert.DoesNotContain(device.Asked, asked => asked.StartsWith("1.3.6.1.2.1.14.4", StringComparison.Ordinal));
        Assert.Contains("ospfRouterId", snapshot.Reading(OspfLinkState.OspfLsdbTable).Reason, StringComparison.Ordinal);
    }
}
