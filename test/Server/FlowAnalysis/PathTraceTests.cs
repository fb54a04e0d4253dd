using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>The newer call for the same traces.</summary>
[Collection(CampusInventory.Name)]
public sealed class PathTraceTests(CampusServer server)
{
    private const string PathTraces = $"{CampusServer.Catalyst}/pathTraces";
    private const string Campus = "10.1.15.117", Branch = "10.2.1.22";

    [Fact]
    public async Task Both_calls_show_the_same_trace()
    {
        string id = await TraceAsync(new { sourceIpAddress = Campus, destinationIpAddress = Branch, sourcePort = 0, protocol = "TCP" });
        JsonNode item = await OkAsync($"{PathTraces}/{id}"), result = await OkAsync($"{PathTraces}/{id}/result");
        JsonNode older = await OkAsync($"{CampusServer.Catalyst}/flow-analysis/{id}");

        Assert.Equal((Campus, Branch, "0", "COMPLETED"), (Text(item, "sourceIpAddress"), Text(item, "destinationIpAddress"),
            Text(item, "sourcePort"), Text(item, "status")));
        Assert.Null(item["networkElementsInfo"]);
        Assert.Equal(Elements(older, "ip"), Elements(result, "ipAddress"));
        Assert.True(JsonNode.DeepEquals(older["pathGraph"], result["pathGraph"]));
        Assert.Equal(older["networkElementsInfo"]![2]!["egressInterface"]!["physicalInterface"]!["name"]!.GetValue<string>(),
            result["networkElementsInfo"]![2]!["egressInterface"]!["physicalInterface"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Details_are_shown_where_a_view_asks_for_them()
    {
        string id = await TraceAsync(new { sourceIpAddress = Campus, destinationIpAddress = Branch,
            inclusions = new[] { "DEVICE_STATS", "ACL-TRACE" } });
        JsonNode plain = await OkAsync($"{PathTraces}/{id}/result");
        JsonNode detailed = await OkAsync($"{PathTraces}/{id}/result?view=deviceStatistics,acl&view=accuracyList");

        Assert.Equal(["DEVICE_STATS", "ACL_TRACE"], plain["inclusions"]!.AsArray().Select(word => word!.GetValue<string>()));
        foreach (string field in (string[])["deviceStatsCollection", "accuracyList"])
        {
            Assert.All(plain["networkElementsInfo"]!.AsArray(), element => Assert.Null(element![field]));
            Assert.Contains(detailed["networkElementsInfo"]!.AsArray(), element => element![field] is not null);
        }
        Assert.Equal((null, "FAILED"), (plain["aclStatus"], Text(detailed["aclStatus"]!, "aclTraceCalculation")));
        Answer refused = await server.GetAsync($"{PathTraces}/{id}/result?view=weather");
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains("accuracyList", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_may_be_a_name_or_a_mac_address()
    {
        JsonNode host = (await OkAsync($"{CampusServer.Catalyst}/host?hostIp={Campus}"))[0]!;
        JsonNode device = await server.DeviceAsync("CAMPUS-Core2");
        string mac = Text(host, "hostMac").ToUpperInvariant();
        string id = await TraceAsync(new { sourceMacAddress = mac, destinationIpAddress = "campus-core2" });
        JsonNode item = await OkAsync($"{PathTraces}/{id}");
        Assert.Equal((Campus, Text(device, "managementIpAddress")),
            (Text(item, "sourceIpAddress"), Text(item, "destinationIpAddress")));

        Answer refused = await server.PostAsync(PathTraces,
            new { sourceIpAddress = "nobody", destinationMacAddress = "00:00:5e:00:53:0a" });
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains("'nobody'", refused.Text, StringComparison.Ordinal);
        Assert.Contains("no host has the MAC address 00:00:5e:00:53:0a", refused.Text, StringComparison.Ordinal);
        ErrorTests.AssertIsError(
            await server.PostAsync(PathTraces, new { sourceIpAddress = "2001:db8::1", destinationIpAddress = Branch }), 400);
    }

    [Fact]
    public async Task Traces_are_filtered_counted_and_deleted()
    {
        string id = await TraceAsync(
            new { sourceIpAddress = Branch, destinationIpAddress = Campus, protocol = "UDP", destinationPort = "5353" });
        string filter = $"?sourceIpAddress={Branch}&destinationPort=5353&protocol=udp";
        Assert.Equal(id, Text(Assert.Single((await OkAsync($"{PathTraces}{filter}&sortBy=sourceIpAddress&order=desc")).AsArray())!, "id"));
        Assert.Equal(1, (await OkAsync($"{PathTraces}/count{filter}"))["count"]!.GetValue<int>());

        foreach ((string status, int count) in new[] { ("COMPLETED", 1), ("SUCCESS", 1), ("PENDING", 0), ("SCHEDULED", 0), ("FAILED", 0) })
            Assert.Equal(count, (await OkAsync($"{PathTraces}/count{filter}&status={status}"))["count"]!.GetValue<int>());

        await server.EndAsync(server.DeleteAsync($"{PathTraces}/{id}"));

        Assert.Equal(0, (await OkAsync($"{PathTraces}/count{filter}"))["count"]!.GetValue<int>());
        ErrorTests.AssertIsError(await server.GetAsync($"{PathTraces}/{id}/result"), 404);
        ErrorTests.AssertIsError(await server.GetAsync("/api/v1/pathTraces"), 404); // it came after that family
    }

    /// <summary>The id of an ended trace, as its task says.</summary>
    private async Task<string> TraceAsync(object request)
    {
        Answer accepted = await server.PostAsync(PathTraces, request);
        Assert.True(accepted.Status == 202, accepted.Text);
        JsonObject task = await server.EndOfTaskAsync(Text(accepted.Response, "taskId"));
        Assert.Equal(Text(accepted.Response, "id"), Text(task, "progress"));
        Assert.Equal($"{PathTraces}/{accepted.Response["id"]}", Text(accepted.Response, "url"));
        return Text(accepted.Response, "id");
    }

    private async Task<JsonNode> OkAsync(string path)
    {
        Answer answer = await server.GetAsync(path);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Response;
    }

    private static string?[] Elements(JsonNode result, string address) => [.. result["networkElementsInfo"]!.AsArray()
        .Select(element => $"{element!["name"]} {element[address]} {element["linkInformationSource"]}")];

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
