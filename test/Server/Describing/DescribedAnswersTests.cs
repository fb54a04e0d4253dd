using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>What the campus answers is what the document says: every GET that the campus has an example for, in both families.</summary>
[Collection(CampusInventory.Name)]
public sealed partial class DescribedAnswersTests(CampusServer server)
{
    private const string NoDevice = "00000000-0000-4000-8000-000000000000";

    private const string Source = "10.1.15.117", Destination = "10.2.1.22";

    [Fact]
    public async Task Every_answer_is_as_described_and_has_nothing_that_is_not()
    {
        OpenApiContract described = await DescriptionAsync();
        Dictionary<string, string> examples = await ExamplesAsync();
        List<string> problems = [], unasked = [];
        int asked = 0;
        foreach (string path in described.Paths.Where(path => described.Describes("GET", path, 200)).Order(StringComparer.Ordinal))
        {
            if (Address(path, examples) is not { } address)
            {
                unasked.Add(path);
                continue;
            }
            Answer answer = await server.GetAsync(address);
            if (answer.Status != 200)
            {
                problems.Add($"{address} is {answer.Status}: {answer.Text}");
                continue;
            }
            asked++;
            JsonNode? body = JsonNode.Parse(answer.Text);
            problems.AddRange(described.Problems("GET", path, 200, body).Select(problem => $"{path}: {problem}"));
            problems.AddRange(described.Undescribed("GET", path, 200, body).Select(name => $"{path}: {name} is not described"));
        }
        await DeleteAsync(examples);
        Assert.Empty(problems);
        Assert.Equal([], unasked);
        Assert.True(asked > 150, $"{asked} answers");
    }

    /// <summary>Where the contract is silent the test above says what comes.</summary>
    [SharedFact]
    public async Task What_other_clients_call_answers_as_the_contract_says()
    {
        OpenApiContract contract = OpenApiContract.Catalyst();
        Dictionary<string, string> described = Reads(await DescriptionAsync()), agreed = Reads(contract);
        Dictionary<string, string> examples = await ExamplesAsync();
        List<string> problems = [];
        int held = 0;
        foreach (ClientCall call in ClientCall.Listed().Where(call => call is { IsServed: true, Method: "GET" }))
        {
            string plain = ClientCall.Plain(call.Path);
            Answer answer = await server.GetAsync(Address(described[plain], examples)!);
            if (answer.Status != 200) problems.Add($"{call.Path} is {answer.Status}: {answer.Text}");
            else if (agreed.TryGetValue(plain, out string? path) && contract.Describes("GET", path, 200))
            {
                held++;
                problems.AddRange(contract.Problems("GET", path, 200, answer.Json).Select(problem => $"{path}: {problem}"));
            }
        }
        await DeleteAsync(examples);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.True(held > 40, $"{held} answers");

        static Dictionary<string, string> Reads(OpenApiContract contract) =>
            contract.Paths.Where(path => contract.Describes("GET", path, 200)).ToDictionary(ClientCall.Plain);
    }

    [Fact]
    public async Task A_refusal_and_an_acceptance_are_as_described()
    {
        OpenApiContract described = await DescriptionAsync();
        const string Device = "/api/v1/network-device/{id}", Trace = "/dna/intent/api/v1/flow-analysis";
        Answer refused = await server.GetAsync(Device.Replace("{id}", NoDevice, StringComparison.Ordinal));
        Assert.Equal(404, refused.Status);
        Assert.Empty(described.Problems("GET", Device, 404, refused.Json));
        Assert.Empty(described.Undescribed("GET", Device, 404, refused.Json));
        Answer accepted = await server.PostAsync(Trace, new { sourceIP = Source, destIP = Destination });
        Assert.Equal(202, accepted.Status);
        Assert.Empty(described.Problems("POST", Trace, 202, accepted.Json));
        Assert.Empty(described.Undescribed("POST", Trace, 202, accepted.Json));
    }

    /// <summary>What was made for the examples.</summary>
    private async Task DeleteAsync(Dictionary<string, string> examples)
    {
        foreach (string made in (string[])["webhook/{id}", "discovery/{id}", "global-credential/{id}"])
        {
            string path = made.Replace("{id}", examples[made], StringComparison.Ordinal);
            await server.EndAsync(server.DeleteAsync($"{CampusServer.Catalyst}/{path}"));
        }
    }

    private async Task<OpenApiContract> DescriptionAsync() =>
        OpenApiContract.Parse(Encoding.UTF8.GetString(await server.Service<ApiDocument>().JsonAsync()));

    /// <summary>What stands for a parameter, by the words before it: <c>network-device/{id}</c>.</summary>
    private async Task<Dictionary<string, string>> ExamplesAsync()
    {
        JsonObject task = await server.EndAsync(server.PostAsync($"{CampusServer.Catalyst}/flow-analysis",
            new { sourceIP = Source, destIP = Destination, inclusions = (string[])["INTERFACE-STATS", "DEVICE-STATS"] }));
        Answer traces = await server.GetAsync($"{CampusServer.Catalyst}/flow-analysis?limit=1&taskId={task["id"]}");
        JsonNode device = await server.DeviceAsync("CAMPUS-Dist1");
        string id = Text(device, "id"), trace = Text(traces.Response[0]!, "id"), taskId = Text(task, "id");
        Answer port = await server.GetAsync(
            $"{CampusServer.Catalyst}/interface/network-device/{id}/interface-name?name=GigabitEthernet5/5");
        Answer hosts = await server.GetAsync($"{CampusServer.Catalyst}/host?limit=1");
        Answer modules = await server.GetAsync($"{CampusServer.Catalyst}/network-device/module?deviceId={id}");
        Answer site = await server.GetAsync($"{CampusServer.Catalyst}/site");
        await server.EndAsync(server.PostAsync($"{CampusServer.Catalyst}/discovery",
            new { name = "described", discoveryType = "Single", ipAddressList = "10.1.12.1", snmpROCommunity = "public" }));
        await server.EndAsync(server.PostAsync($"{CampusServer.Catalyst}/webhook",
            new { url = "http://127.0.0.1:9/", secret = "sixteen letters or more" }));
        await server.EndAsync(server.PostAsync($"{CampusServer.Catalyst}/global-credential/cli",
            new[] { new { username = "described", password = "sixteen letters or more" } }));
        Answer logins = await server.GetAsync($"{CampusServer.Catalyst}/global-credential?credentialSubType=CLI");
        Answer hooks = await server.GetAsync($"{CampusServer.Catalyst}/webhook");
        string number = Text((await server.GetAsync($"{CampusServer.Catalyst}/discovery/1/1")).Response[0]!, "id");
        return new Dictionary<string, string>
        {
            ["network-device/{id}"] = id, ["network-device/{deviceId}"] = id, ["reachability-info/{id}"] = id,
            ["interface/{id}"] = Text(port.Response, "id"), ["interface/{interfaceId}"] = Text(port.Response, "id"),
            ["ip-address/{ip}"] = Text(device, "managementIpAddress"), ["serial-number/{serialNumber}"] = Text(device, "serialNumber"),
            ["host/{id}"] = Text(hosts.Response[0]!, "id"), ["module/{id}"] = Text(modules.Response[0]!, "id"),
            ["membership/{siteId}"] = Text(site.Response[0]!, "id"), ["task/{taskId}"] = taskId, ["tasks/{id}"] = taskId,
            ["activities/{id}"] = taskId, ["execution-status/{executionId}"] = taskId, ["operation/{operationId}"] = taskId,
            ["flow-analysis/{flowAnalysisId}"] = trace, ["pathTraces/{id}"] = trace, ["discovery/{id}"] = number,
            ["global-credential/{id}"] = Text(logins.Response[0]!, "id"),
            ["webhook/{id}"] = Text(hooks.Response[0]!, "id"), ["table/{name}"] = "arp",
            ["l2/{vlan}"] = "Vlan1", ["l3/{protocol}"] = "OSPF", ["vrf/{vrf}"] = "blue",
            ["startIndex"] = "1", ["recordsToReturn"] = "5", ["offset"] = "0", ["limit"] = "5",
            ["?comparison"] = $"with={trace}", ["?interface-name"] = "name=GigabitEthernet5/5", ["?module"] = $"deviceId={id}",
            ["?device-detail"] = $"identifier=uuid&searchBy={id}", ["?client-detail"] = $"macAddress={Text(hosts.Response[0]!, "hostMac")}",
            ["?search"] = "q=CAMPUS", ["?global-credential"] = "credentialSubType=CLI", ["?autocomplete"] = "hostname=CAMPUS.*",
            ["?result"] = "view=accuracyList,deviceStatistics,interfaceStatistics", ["?discovery/job"] = "ipAddress=10.1.12.1",
        };
    }

    /// <summary>Null: there is no example for a parameter, or the answer is no JSON of ours.</summary>
    private static string? Address(string path, Dictionary<string, string> examples)
    {
        string filled = path;
        foreach (Match parameter in Parameter().Matches(path))
        {
            string name = parameter.Groups["name"].Value;
            if (!examples.TryGetValue($"{parameter.Groups["before"].Value}/{{{name}}}", out string? value)
                && !examples.TryGetValue(name, out value)) return null;
            filled = filled.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }
        string[] words = path.Split('/');
        string query = examples.GetValueOrDefault($"?{words[^2]}/{words[^1]}") ?? examples.GetValueOrDefault($"?{words[^1]}")
            ?? (path.EndsWith("/module/count", StringComparison.Ordinal) ? examples["?module"] : "");
        return $"{filled}?{query}";
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    [GeneratedRegex(@"(?:(?<before>[^/}]+)/)?\{(?<name>[^}]+)\}")]
    private static partial Regex Parameter();
}
