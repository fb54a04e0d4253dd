using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Towpath.Simulator;

namespace Towpath.Commands.Tests;

/// <summary>
/// h1 - r1 - r2 - h2, simulated, discovered, and then silent: what both routers told before is still the answer, and no step of it is sure.
/// </summary>
[Trait("Needs", "servers")]
public sealed class LostPathTests : IAsyncLifetime, IDisposable
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50";
    private const string Description = """
        { "name": "lost", "devices": [
            { "name": "r1", "kind": "router", "mac": "00:1b:21:00:11:00", "managementAddress": "10.1.0.1", "interfaces": [
                { "name": "Lan", "addresses": ["10.1.0.1/24"] }, { "name": "Up", "addresses": ["10.0.0.1/30"] } ],
              "routes": [ { "to": "10.2.0.0/24", "via": ["10.0.0.2"] } ] },
            { "name": "r2", "kind": "router", "mac": "00:1b:21:00:12:00", "managementAddress": "10.2.0.1", "interfaces": [
                { "name": "Lan", "addresses": ["10.2.0.1/24"] }, { "name": "Up", "addresses": ["10.0.0.2/30"] } ],
              "routes": [ { "to": "10.1.0.0/24", "via": ["10.0.0.1"] } ] } ],
          "hosts": [ { "name": "h1", "mac": "00:1b:21:00:21:00", "address": "10.1.0.50/24", "gateway": "10.1.0.1" },
                     { "name": "h2", "mac": "00:1b:21:00:22:00", "address": "10.2.0.50/24", "gateway": "10.2.0.1" } ],
          "links": [ ["h1:eth0", "r1:Lan"], ["r1:Up", "r2:Up"], ["r2:Lan", "h2:eth0"] ],
          "flows": [ { "from": "h1", "to": "h2", "protocol": "tcp", "sourcePort": 50000, "destinationPort": 443, "octetsPerSecond": 1000, "replyOctetsPerSecond": 1000 } ] }
        """;

    private readonly Tool _tool = new();
    private SimulatedSite _site = null!;

    public async Task InitializeAsync()
    {
        var network = new SimulatedNetwork(NetworkDescription.Parse(Description), TimeProvider.System);
        _site = await SimulatedSite.StartAsync(_tool, network.Devices, "10.1.0.1,10.2.0.1", TimeProvider.System);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_path_over_devices_that_answer_no_more_is_sixty_percent_sure_at_most_with_reason_and_remedy()
    {
        JsonNode before = await TraceAsync();
        Assert.All(Steps(before), step => Assert.InRange(step["confidence"]!.GetValue<double>(), 0.90, 1));

        await _site.SilenceAsync();
        await SyncAsync();

        JsonNode after = await TraceAsync();
        Assert.Equal(("COMPLETED", "Delivered"), ((string?)after["request"]!["status"], (string?)after["pathGraph"]!["ending"]!["kind"]));
        Assert.Equal(Names(before), Names(after));
        Assert.All(Steps(after), step =>
        {
            Assert.InRange(step["confidence"]!.GetValue<double>(), 0, 0.60);
            Assert.Contains("answers no more, its tables are those of ", (string?)step["reason"], StringComparison.Ordinal);
            Assert.Contains("make it answer, then collect it again. No SNMP answer from 10.", (string?)step["reason"],
                StringComparison.Ordinal);
        });
        Assert.InRange(after["pathGraph"]!["ending"]!["confidence"]!.GetValue<double>(), 0, 0.22);
        JsonArray elements = after["networkElementsInfo"]!.AsArray();
        Assert.All(elements.SkipLast(1), element => Assert.InRange(element!["accuracyList"]![0]!["percent"]!.GetValue<int>(), 0, 60));

        Ended shown = await _tool.RunAsync("trace", H1, H2);
        Assert.Equal(0, shown.Code);
        Assert.Equal(3, shown.Lines.Count(line => line.Contains(" 60 % sure. r", StringComparison.Ordinal)));
        Assert.Contains("As a whole 22 % sure.", shown.Output, StringComparison.Ordinal);

        Ended nowhere = await _tool.RunAsync("trace", H1, "10.9.9.9");
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("Whether r1 routes 10.9.9.9 is not told. r1 answers no more", nowhere.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("has no route", nowhere.Output + nowhere.Error, StringComparison.Ordinal);
    }

    private async Task<JsonNode> TraceAsync()
    {
        Ended ended = await _tool.RunAsync("trace", H1, H2, "--json");
        Assert.True(ended.Code == 0, ended.Error);
        return JsonNode.Parse(ended.Output)!;
    }

    /// <summary>Both devices are read again, in vain.</summary>
    private async Task SyncAsync()
    {
        string[] ids = [.. JsonNode.Parse((await _tool.RunAsync("devices", "--json")).Output)!.AsArray()
            .Select(device => (string)device!["id"]!)];
        Assert.Equal(2, ids.Length);
        using var http = new HttpClient { BaseAddress = _site.Url };
        string secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{SimulatedSite.Password}"));
        var login = new AuthenticationHeaderValue("Basic", secret);
        using var ask = new HttpRequestMessage(HttpMethod.Post, "/dna/system/api/v1/auth/token") { Headers = { Authorization = login } };
        JsonNode token = JsonNode.Parse(await (await http.SendAsync(ask)).Content.ReadAsStringAsync())!;
        http.DefaultRequestHeaders.Add("X-Auth-Token", (string)token["Token"]!);
        HttpResponseMessage accepted = await http.PutAsJsonAsync("/dna/intent/api/v1/network-device/sync", ids);
        string task = (string)JsonNode.Parse(await accepted.Content.ReadAsStringAsync())!["response"]!["taskId"]!;
        Ended ended = await _tool.RunAsync("task", task, "--wait", "--json");
        Assert.Contains("No SNMP answer from", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Steps(JsonNode answer) =>
        answer["pathGraph"]!["shown"]!.AsArray().Select(edge => answer["pathGraph"]!["edges"]![edge!.GetValue<int>()]!);

    private static string[] Names(JsonNode answer) =>
        [.. answer["networkElementsInfo"]!.AsArray().Select(element => (string?)element!["name"] ?? "")];
}
