using Towpath.Contracts;

namespace Towpath.Client.Tests;

/// <summary>What is asked of a table is in the query as the API has it.</summary>
public sealed class TableTests
{
    [Fact]
    public async Task A_filter_of_a_table_is_the_query_of_its_rows_and_of_their_number()
    {
        const string Asked = "device=core&at=1767225600000&longestMatch=192.0.2.7&sortBy=metric&order=desc&protocol=Ospf&protocol=Bgp";
        await using ScriptedController controller = await ScriptedController.StartAsync();
        controller
            .On($"GET table/routes?{Asked}&offset=1&limit=500",
                Reply.Response("""[{"deviceId":"d1","deviceName":"core","collectedAt":7,"row":{"network":"192.0.2.0","metric":"20"}}]"""))
            .On($"GET table/routes/count?{Asked}", Reply.Response("1"));
        using TowpathClient client = await TowpathClient.LoginAsync(controller.Settings());
        var filter = new TableFilter
        {
            Devices = ["core"],
            At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            LongestMatch = "192.0.2.7",
            SortBy = "metric",
            IsDescending = true,
            Columns = new Dictionary<string, IReadOnlyList<string>> { ["protocol"] = ["Ospf", "Bgp"] },
        };

        TableRowItem row = Assert.Single(await client.Tables.GetRowsAsync("routes", filter).ToListAsync());

        Assert.Equal(("core", 7L, "20"), (row.DeviceName, row.CollectedAt, row.Row["metric"]));
        Assert.Equal(1, await client.Tables.GetRowCountAsync("routes", filter));
    }

    [Fact]
    public async Task A_search_is_escaped()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        controller.On("GET search?q=to%20core%26x&offset=1&limit=500",
            Reply.Response("""[{"kind":"interface","name":"Gi0/1","field":"description","value":"to core&x"}]"""));
        using TowpathClient client = await TowpathClient.LoginAsync(controller.Settings());

        Assert.Equal("Gi0/1", Assert.Single(await client.Tables.SearchAsync("to core&x").ToListAsync()).Name);
    }
}
