using System.Globalization;
using System.Text.Json.Nodes;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.Server.Tests;

/// <summary>What changes between two discoveries of simulated devices is served.</summary>
public sealed class EventTests(HostileServer server) : IClassFixture<HostileServer>
{
    [Fact]
    public async Task What_changed_between_two_collections_is_listed_filtered_and_counted()
    {
        Ipv4Address left = Ipv4Address.Parse("10.77.2.1");
        Found found;
        await using (Host(SmallSwitches.Pair(firstIndex: 1))) found = await server.DiscoverAsync("10.77.2.1-10.77.2.2", left);
        string device = found.Device!["id"]!.GetValue<string>();
        Assert.Equal(["DEVICE_ADDED"], await KindsAsync($"deviceId={device}&kind=device_added"));

        await using (Host(SmallSwitches.Pair(firstIndex: 2_001))) await server.AgainAsync(found);

        // Interfaces that are numbered anew are no other ones: the rows of the other tables are the same.
        JsonNode[] rows = await EventsAsync($"deviceId={device}&kind=ROW_CHANGED");
        Assert.All(rows, row => Assert.Equal("interfaces", row["table"]!.GetValue<string>()));
        JsonNode changed = Assert.Single(rows, row => row["row"]!["name"]!.GetValue<string>() == "GigabitEthernet0/2");
        Assert.Equal(("2", "2002"), (changed["before"]!["index"]!.GetValue<string>(), changed["after"]!["index"]!.GetValue<string>()));
        Assert.True(changed["since"]!.GetValue<long>() <= changed["timestamp"]!.GetValue<long>());
        Assert.Empty(await EventsAsync($"deviceId={device}&table=lldpNeighbors"));

        int all = (await server.OkAsync($"{CampusServer.Catalyst}/event/count?deviceId={device}")).GetValue<int>();
        JsonNode[] listed = await EventsAsync($"deviceId={device}&order=desc");
        Assert.Equal(all, listed.Length);
        Assert.Equal(listed.Select(Id).OrderDescending(), listed.Select(Id));
        Assert.Equal(listed.Select(Id).Reverse().Skip(1).Take(2), (await EventsAsync($"deviceId={device}&offset=2&limit=2")).Select(Id));
        foreach ((string page, int lines) in new[] { ("", all), ("&limit=1&offset=2", 1) })
        {
            string file = (await server.GetAsync($"{CampusServer.Catalyst}/event?deviceId={device}&format=csv{page}")).Text;
            Assert.Equal(lines + 1, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.StartsWith("id,timestamp,since,kind,", file, StringComparison.Ordinal);
        }
        long last = listed[0]["timestamp"]!.GetValue<long>();
        Assert.Empty(await EventsAsync($"deviceId={device}&startTime={last + 1}"));
        Assert.Equal(all, (await EventsAsync($"deviceId={device}&endTime={last}")).Length);
    }

    [Fact]
    public async Task A_removed_device_is_known_by_its_events()
    {
        Found found = await server.DiscoverViewAsync(120, view => new TwistedView(view));
        string device = found.Device!["id"]!.GetValue<string>();
        Answer accepted = await server.DeleteAsync($"{CampusServer.Catalyst}/network-device/{device}");
        await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());

        Assert.Equal(["DEVICE_ADDED", "DEVICE_REMOVED"], await KindsAsync($"deviceId={device}"));
        Assert.Equal([found.Device["hostname"]!.GetValue<string>()],
            (await EventsAsync($"deviceId={device}")).Select(happened => happened["deviceName"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public async Task Both_families_answer_alike_and_refuse_what_they_do_not_know()
    {
        foreach (string family in new[] { "/api/v1", CampusServer.Catalyst })
        {
            Answer refused = await server.GetAsync($"{family}/event?kind=EARTHQUAKE&table=moons&sortBy=mood&order=up&startTime=noon");
            ErrorTests.AssertIsError(refused, 400);
            foreach (string key in new[] { "kind", "table", "sortBy", "order", "startTime" })
                Assert.Contains($"{key} must be", refused.Text, StringComparison.Ordinal);
            Assert.Empty((await server.OkAsync($"{family}/event?deviceId=nobody")).AsArray());
            Assert.Equal(0, (await server.OkAsync($"{family}/event/count?deviceId=nobody")).GetValue<int>());
        }
    }

    [Fact]
    public async Task What_follows_from_the_whole_network_is_told_after_a_look_at_it()
    {
        await server.DiscoverViewAsync(121, view => new TwistedView(view)); // its serial number is FOC00000377
        Found twin = await server.DiscoverViewAsync(122, view => new TwistedView(view)
        {
            Value = cell => cell.Value.Equals(SnmpValue.Text("FOC00000378")) ? SnmpValue.Text("FOC00000377") : cell.Value,
        });
        await server.Service<HistoryJob>().RunAsync("", default);

        Assert.Contains("CONFLICT_APPEARED", await KindsAsync($"deviceId={twin.Device!["id"]}"));
    }

    private AgentHost Host(SimulatedNetwork network) => AgentHost.Start(network.Devices, new AgentHostOptions { Port = server.Port });

    private async Task<JsonNode[]> EventsAsync(string query) =>
        [.. (await server.OkAsync($"{CampusServer.Catalyst}/event?{query}")).AsArray().Select(happened => happened!)];

    private async Task<string[]> KindsAsync(string query) =>
        [.. (await EventsAsync(query)).Select(happened => happened["kind"]!.GetValue<string>())];

    private static long Id(JsonNode happened) => long.Parse(happened["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);
}
