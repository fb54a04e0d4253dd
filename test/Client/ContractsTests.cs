using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Towpath.Contracts;
using Towpath.Testing;

namespace Towpath.Client.Tests;

/// <summary>The JSON shapes against the API's description and against what real controllers answered.</summary>
public sealed class ContractsTests
{
    [SharedFact]
    public void Every_name_of_the_APIs_description_has_a_property()
    {
        JsonNode schemas = JsonNode.Parse(File.ReadAllText(Shared.File("contract", "catalyst-openapi.json")))!["components"]!["schemas"]!;
        (string Schema, Type Shape)[] pairs =
        [
            ("AuthenticationAPIResponse", typeof(TokenAnswer)), ("ErrorResult", typeof(Envelope<ErrorBody>)),
            ("CountResult", typeof(Envelope<int>)),
            ("Count2Result", typeof(Envelope<CountResult>)), ("TaskIdResult", typeof(Envelope<TaskReference>)),
            ("TaskDTOResponse", typeof(Envelope<TaskItem>)),
            ("Task2Result", typeof(Envelope<TaskSummary>)), ("TaskDetail2Result", typeof(Envelope<TaskDetail>)),
            ("FlowAnalysisRequest", typeof(FlowAnalysisRequest)),
            ("FlowAnalysisRequestResultOutput", typeof(Envelope<FlowAnalysisReference>)),
            ("FlowAnalysisListOutput", typeof(Envelope<IReadOnlyList<FlowAnalysisRequestItem>>)),
            ("PathResponseResult", typeof(Envelope<FlowAnalysisResult>)),
            ("InventoryRequest", typeof(DiscoveryInput)), ("DiscoveryNIO", typeof(DiscoveryItem)),
            ("DiscoveryJobNIOListResult", typeof(Envelope<IReadOnlyList<DiscoveryJob>>)),
            ("NetworkDeviceNIOListResult", typeof(Envelope<IReadOnlyList<DiscoveredDevice>>)),
            ("CLICredentialDTO", typeof(CliCredential)), ("SNMPvReadCommunityDTO", typeof(SnmpV2ReadCommunity)),
            ("SNMPvWriteCommunityDTO", typeof(SnmpV2WriteCommunity)),
            ("SNMPvCredentialDTO", typeof(SnmpV3Credential)), ("HTTPReadCredentialDTO", typeof(HttpReadCredential)),
            ("NetconfCredentialDTO", typeof(NetconfCredential)),
            ("GlobalCredentialListResult", typeof(Envelope<IReadOnlyList<GlobalCredentialItem>>)),
            ("SystemPropertyListResult", typeof(Envelope<IReadOnlyList<SystemProperty>>)),
            ("NetworkDeviceListResult", typeof(Envelope<IReadOnlyList<NetworkDeviceItem>>)),
            ("NetworkDeviceBriefNIOResult", typeof(Envelope<NetworkDeviceBrief>)),
            ("DeviceIfListResult", typeof(Envelope<IReadOnlyList<InterfaceItem>>)), ("TopologyResult", typeof(Envelope<TopologyGraph>)),
        ];

        List<string> missing = [];
        foreach ((string schema, Type shape) in pairs) Compare(schema, schemas[schema]!, TowpathJson.Options.GetTypeInfo(shape), missing);

        Assert.Empty(missing);
    }

    [SharedFact]
    public void Real_answers_read_and_write_back_without_loss()
    {
        string[] files = Directory.GetFiles(Shared.File("samples", "flow-analysis"), "*.json");
        Assert.True(files.Length >= 24, $"{files.Length} captures");
        foreach (string file in files)
        {
            JsonNode original = JsonNode.Parse(File.ReadAllText(file))!;
            bool cut = file.Contains("PARTIAL", StringComparison.Ordinal);
            JsonNode response = (cut ? original["networkElementsInfo"]![0] : original["response"]) ?? original;
            if (response is JsonObject { Count: 1 }) continue; // 09e: a task that somebody reduced to its progress
            object read = JsonSerializer.Deserialize(response,
                TowpathJson.Options.GetTypeInfo(cut ? typeof(NetworkElementInfo) : Shape(response)))!;
            JsonNode? written = JsonSerializer.SerializeToNode(read, read.GetType(), TowpathJson.Options);
            Assert.True(JsonNode.DeepEquals(response, written), $"{file}:\n{written}");
        }
    }

    [Fact]
    public void A_running_task_has_no_key_endTime()
    {
        var task = new TaskItem { Id = "1", RootId = "1", ServiceType = "Discovery Service", StartTime = 1, Version = 1, IsError = false };

        Assert.Equal(
            """{"response":{"id":"1","rootId":"1","serviceType":"Discovery Service","startTime":1,"version":1,"isError":false},"version":"1.0"}""",
            JsonSerializer.Serialize(new Envelope<TaskItem>(task), TowpathJson.Options));
    }

    [Fact]
    public void An_error_and_a_device_have_all_their_keys()
    {
        JsonNode error = JsonSerializer.SerializeToNode(new Envelope<ErrorBody>(new ErrorBody("NOT_FOUND", "No <such> 'thing'.")),
            TowpathJson.Options)!["response"]!;
        JsonNode device = JsonSerializer.SerializeToNode(new NetworkDeviceItem { Id = "1", ManagementIpAddress = "192.0.2.1" },
            TowpathJson.Options)!;

        Assert.Equal(["errorCode", "message", "detail", "href"], error.AsObject().Select(pair => pair.Key));
        Assert.True(device.AsObject().ContainsKey("hostname") && device["hostname"] is null);
        Assert.Equal(typeof(NetworkDeviceItem).GetProperties().Length, device.AsObject().Count);
    }

    [Theory]
    [InlineData("""{"name":"n","ipFilterList":["a","b"],"snmpROCommunity":"c","retry":3,"timeout":5,"netconfPort":"830","cdpLevel":2}""")]
    [InlineData("""{"name":"n","ipFilterList":"a, b","snmpRoCommunity":"c","retry":"3","timeOut":"5","netconfPort":830,"cdpLevel":"2"}""")]
    public void Both_spellings_of_a_discovery_are_read(string json)
    {
        DiscoveryInput input = JsonSerializer.Deserialize<DiscoveryInput>(json, TowpathJson.Options)!;

        Assert.Equal(["a", "b"], input.IpFilterList!);
        Assert.Equal(("c", 3, 5, "830", 2), (input.SnmpROCommunity, input.Retry, input.Timeout, input.NetconfPort, input.CdpLevel));
    }

    [Theory]
    [InlineData("sourcePort", "443", "\"443\"")]
    [InlineData("sourcePort", "443", "443")]
    public void A_port_is_read_from_a_text_or_a_number(string name, string expected, string json) =>
        Assert.Equal(expected, JsonSerializer.Deserialize<FlowAnalysisRequest>($$"""{"{{name}}":{{json}}}""", TowpathJson.Options)!.SourcePort);

    [Theory]
    [InlineData("""{"sourcePort":true}""")]
    [InlineData("""{"inclusions":[1]}""")]
    [InlineData("""{"sourceIP":{}}""")]
    public void What_is_ill_typed_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FlowAnalysisRequest>(json, TowpathJson.Options));

    private static Type Shape(JsonNode response) => response switch
    {
        JsonArray => typeof(IReadOnlyList<FlowAnalysisRequestItem>),
        _ when response["flowAnalysisId"] is not null => typeof(FlowAnalysisReference),
        _ when response["taskId"] is not null => typeof(TaskReference),
        _ when response["serviceType"] is not null => typeof(TaskItem),
        _ => typeof(FlowAnalysisResult),
    };

    private static void Compare(string where, JsonNode schema, JsonTypeInfo shape, List<string> missing)
    {
        if (schema["items"] is { } items && shape.Kind == JsonTypeInfoKind.Enumerable)
        {
            Compare(where, items, TowpathJson.Options.GetTypeInfo(shape.ElementType!), missing);
            return;
        }
        foreach ((string name, JsonNode? property) in schema["properties"]?.AsObject() ?? [])
        {
            if (shape.Kind == JsonTypeInfoKind.Dictionary) continue;
            if (shape.Properties.FirstOrDefault(candidate => candidate.Name == name) is not { } found) missing.Add($"{where}.{name}");
            else Compare($"{where}.{name}", property!, TowpathJson.Options.GetTypeInfo(found.PropertyType), missing);
        }
    }
}
