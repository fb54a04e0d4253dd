using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Simulator;

namespace Towpath.Server.Tests;

/// <summary>A table of an earlier time shows what the device told then.</summary>
public sealed class PastTableTests(HostileServer server) : IClassFixture<HostileServer>
{
    private const string Tables = $"{CampusServer.Catalyst}/table";

    [Fact]
    public async Task A_table_of_an_earlier_time_has_the_rows_of_that_time()
    {
        Ipv4Address left = Ipv4Address.Parse("10.77.2.1");
        Found found;
        await using (Host(SmallSwitches.Pair(firstIndex: 1))) found = await server.DiscoverAsync("10.77.2.1-10.77.2.2", left);
        string links = await RowsAsync("links?device=left");
        // Both ends were read by then, whichever was the first.
        long then = (await RowNodesAsync("interfaces?device=left&device=right")).Max(row => row["collectedAt"]!.GetValue<long>());
        await using (Host(SmallSwitches.Pair(firstIndex: 2_001))) await server.AgainAsync(found);

        Assert.Equal(["2001", "2002", "2003", "2004"], await IndexesAsync(""));
        Assert.Equal(["1", "2", "3", "4"], await IndexesAsync($"&at={then}"));
        Assert.Equal(links, await RowsAsync($"links?device=left&at={then}"));
        Assert.Empty(await IndexesAsync("&at=1"));
        Answer unknown = await server.GetAsync($"{Tables}/interfaces/count?device=left&at=1");
        Assert.Equal(0, unknown.Response.GetValue<int>());
        Assert.Contains("1 devices are not in it", Assert.Single(unknown.Message.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }

    private async Task<string[]> IndexesAsync(string more) =>
        [.. (await RowNodesAsync($"interfaces?device=left&name=GigabitEthernet.*{more}"))
            .Select(row => row["row"]!["index"]!.GetValue<string>())];

    private async Task<string> RowsAsync(string question) =>
        string.Join('\n', (await RowNodesAsync(question)).Select(row => row["row"]!.ToJsonString()));

    private async Task<JsonNode[]> RowNodesAsync(string question) =>
        [.. (await server.OkAsync($"{Tables}/{question}")).AsArray().Select(row => row!)];

    private AgentHost Host(SimulatedNetwork network) => AgentHost.Start(network.Devices, new AgentHostOptions { Port = server.Port });
}
