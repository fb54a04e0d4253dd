using System.Text.Json.Nodes;
using Towpath.FlowAnalysis;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The whole way: SNMP, inventory, trace, rendering, API.</summary>
[Collection(CampusInventory.Name)]
public sealed class CampusTraceTests(CampusServer campus)
{
    private const string Traces = "/dna/intent/api/v1/flow-analysis";
    private readonly TestServer _server = campus;

    [SharedFact]
    public async Task The_path_of_the_first_documents_comes_out_of_the_tables_of_its_devices()
    {
        JsonNode answer = await TraceAsync();
        Assert.Equal("COMPLETED", answer["request"]!["status"]!.GetValue<string>());
        Assert.Equal(Lines(Captured("02c-apicem-2017-06-wireless-to-branch-unknown.json")), Lines(answer["networkElementsInfo"]!));
        // The roles of the later capture: by then the operators had set them right.
        Assert.Equal(Roles(Captured("03-apicem-2017-09-wireless-to-branch-unknown.json")), Roles(answer["networkElementsInfo"]!));
    }

    [Fact]
    public async Task Every_device_on_the_path_tells_its_load_and_its_interfaces_counters()
    {
        JsonNode answer = await TraceAsync("DEVICE-STATS", "INTERFACE-STATS");
        long asked = answer["request"]!["createTime"]!.GetValue<long>();
        JsonObject[] devices = [.. answer["networkElementsInfo"]!.AsArray().Select(element => element!.AsObject())
            .Where(element => element.ContainsKey("ingressInterface") || element.ContainsKey("egressInterface"))];
        Assert.Equal(8, devices.Length);
        foreach (JsonObject device in devices)
        {
            string text = device.ToJsonString();
            Assert.True(device["deviceStatsCollection"]!.GetValue<string>() == "SUCCESS", text);
            Assert.True(device["deviceStatistics"]!.AsObject().Select(part => part.Value!["refreshedAt"]!.GetValue<long>())
                .All(at => at >= asked), text);
            foreach (string side in new[] { "ingressInterface", "egressInterface" })
            {
                JsonNode port = device[side]!["physicalInterface"]!;
                Assert.True(port["interfaceStatsCollection"]!.GetValue<string>() == "SUCCESS", text);
                Assert.Equal("up", port["interfaceStatistics"]!["operationalStatus"]!.GetValue<string>());
                Assert.True(port["interfaceStatistics"]!["refreshedAt"]!.GetValue<long>() >= asked, text);
            }
        }
    }

    [Fact]
    public async Task The_stored_answer_of_the_longest_path_is_small()
    {
        JsonNode answer = await TraceAsync("DEVICE-STATS", "INTERFACE-STATS");
        var id = FlowAnalysisId.Parse(answer["request"]!["id"]!.GetValue<string>());
        StoredAnswer stored = (await _server.Service<IFlowAnalysisStore>().AnswerAsync(id, default))!;
        Assert.InRange(stored.Trace!.Length, 1000, 8 * 1024);
        Assert.InRange(stored.Statistics!.Length, 100, 4 * 1024);
    }

    [SharedFact]
    public async Task The_answers_are_valid_against_the_description_in_both_families()
    {
        JsonNode answer = await TraceAsync("DEVICE-STATS", "INTERFACE-STATS", "QOS-STATS");
        await _server.GetBothAsync(OpenApiContract.Catalyst(), "/flow-analysis/{flowAnalysisId}",
            $"/flow-analysis/{answer["request"]!["id"]}");
    }

    [Fact]
    public async Task A_verified_trace_has_read_its_rows_for_this_answer()
    {
        JsonNode plain = await TraceAsync();
        JsonNode answer = await AnswerAsync(new { sourceIP = "10.1.15.117", destIP = "10.2.1.22", verify = true });
        Assert.True(answer["request"]!["verify"]!.GetValue<bool>());
        Assert.Null(plain["request"]!["verify"]);
        Assert.Equal(Lines(plain["networkElementsInfo"]!), Lines(answer["networkElementsInfo"]!));

        JsonNode[] facts = [.. Facts(answer)];
        Assert.All(facts, fact => Assert.True(fact["notReadNow"] is null, fact.ToJsonString()));
        Assert.All(facts, fact => Assert.Null(fact["changedNow"]));
        Assert.Contains(facts, fact => (string?)fact["table"] == "InetCidrRouteTable" && fact["readNow"]?.GetValue<bool>() == true
            && fact["collectedAt"]!.GetValue<long>() >= answer["request"]!["createTime"]!.GetValue<long>());
        Assert.DoesNotContain(Facts(plain), fact => fact["readNow"] is not null);
    }

    [Fact]
    public async Task What_is_repeated_without_asking_is_not_verified()
    {
        Answer refused = await _server.PostAsync(Traces,
            new { sourceIP = "10.1.15.117", destIP = "10.2.1.22", periodicRefresh = true, verify = true });
        Assert.Equal(400, refused.Status);
        Assert.Contains("leave one out", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graph_beside_the_list_holds_what_the_list_cannot_show()
    {
        JsonNode answer = await TraceAsync();
        JsonNode graph = answer["pathGraph"]!;
        int elements = answer["networkElementsInfo"]!.AsArray().Count;
        Assert.Equal("Delivered", graph["ending"]!["kind"]!.GetValue<string>());
        Assert.Equal(elements - 1, graph["shown"]!.AsArray().Count);
        Assert.True(graph["nodes"]!.AsArray().Count > elements); // the equal-cost branches that are not shown
        Assert.Contains(graph["edges"]!.AsArray(), edge => edge!["namedByFlowRecord"]?.GetValue<bool>() == true);
        Assert.All(graph["edges"]!.AsArray().Where(edge => edge!["label"]!.GetValue<string>() is "ECMP" or "OSPF"),
            edge => Assert.NotEmpty(edge!["evidence"]!.AsArray()));
    }

    private static IEnumerable<JsonNode> Facts(JsonNode answer) => answer["pathGraph"]!["edges"]!.AsArray()
        .SelectMany(edge => edge!["evidence"]!.AsArray()).Select(fact => fact!);

    private Task<JsonNode> TraceAsync(params string[] inclusions) =>
        AnswerAsync(new { sourceIP = "10.1.15.117", destIP = "10.2.1.22", inclusions });

    private async Task<JsonNode> AnswerAsync(object request)
    {
        Answer accepted = await _server.PostAsync(Traces, request);
        string taskId = accepted.Response["taskId"]!.GetValue<string>();
        JsonObject task = await _server.EndOfTaskAsync(taskId);
        Assert.False(task["isError"]!.GetValue<bool>(), task.ToJsonString());
        Assert.Equal(accepted.Response["flowAnalysisId"]!.GetValue<string>(), task["progress"]!.GetValue<string>());
        foreach (TaskRecord child in await _server.Service<ITaskStore>().TreeAsync(TaskId.Parse(taskId), default))
            await _server.EndOfTaskAsync(child.Id.ToString());
        return (await _server.GetAsync(accepted.Response["url"]!.GetValue<string>())).Response;
    }

    private static JsonNode Captured(string file) =>
        JsonNode.Parse(File.ReadAllText(Shared.File("samples", "flow-analysis", file)))!["response"]!["networkElementsInfo"]!;

    private static string Roles(JsonNode elements) =>
        string.Join('\n', elements.AsArray().Select(element => $"{element!["name"]} {element["role"]}"));

    /// <summary>
    /// One line an element. The captures show Branch-Router2's LAN port as its WAN port too, which no cable allows: there the WAN port is
    /// left out.
    /// </summary>
    private static string Lines(JsonNode elements) => string.Join('\n', elements.AsArray().Select(element =>
        $"{element!["name"]} {element["ip"]} {element["type"]} {element["linkInformationSource"]} {element["tunnels"]?.ToJsonString()} " +
        (element["name"]?.GetValue<string>() == "Branch-Router2" ? "" : Port(element["ingressInterface"])) + " "
            + Port(element["egressInterface"])));

    private static string Port(JsonNode? side) => side is null ? "-"
        : $"{side["physicalInterface"]!["name"]}+{string.Join('+', side["virtualInterface"]?.AsArray().Select(port => port!["name"]!.GetValue<string>()) ?? [])}";
}
