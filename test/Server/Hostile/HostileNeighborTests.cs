using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>A device whose neighbor table would lead a crawl, and the credential with it, to where it has no business.</summary>
[Collection(HostileDiscovery.Name)]
public sealed class HostileNeighborTests(HostileServer server)
{
    private const string Discoveries = CampusServer.Catalyst + "/discovery";
    private const byte Bridge = 0x20, Telephone = 0x04;
    private const int Number = 120;

    [Fact]
    public async Task A_crawl_sends_nothing_where_its_rules_forbid_it_and_says_so()
    {
        // The liar's own subnet is 10.77.0.0/16.
        string[] forbidden = ["10.77.255.255", "10.88.0.1", "10.77.1.121", "10.77.1.126"];
        await using var listening = new Listeners(server, forbidden);
        await using var liar = Liar(
            ("fake", Bridge, ["203.0.113.9", "10.77.255.255", "10.88.0.1", "127.0.0.1"]),
            ("phone", Telephone, ["10.77.1.121"]),
            ("many", Bridge, ["10.77.1.122", "10.77.1.123", "10.77.1.124", "10.77.1.125", "10.77.1.126"]),
            ("north", Bridge, ["10.77.0.1"]));
        JsonNode discovery = await CrawlAsync("liar", new { });

        string id = discovery["id"]!.GetValue<string>();
        string[] asked = [.. (await server.JobsAsync(id)).Select(job => job["ipAddress"]!.GetValue<string>())];
        Assert.Equal(
            ["10.77.0.1", "10.77.0.2", "10.77.0.3", "10.77.1.120", "10.77.1.122", "10.77.1.123", "10.77.1.124", "10.77.1.125"], asked);
        Assert.Equal(0, listening.Heard);

        Dictionary<string, JsonNode> withheld = (await server.OkAsync($"{Discoveries}/{id}/not-contacted")).AsArray()
            .ToDictionary(one => one!["ipAddress"]!.GetValue<string>(), one => one!);
        Assert.Equal(withheld.Count, discovery["numNotContacted"]!.GetValue<int>());
        string[] expected = [.. forbidden, "127.0.0.1", "203.0.113.9"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), withheld.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("outside of private address space", Reason("203.0.113.9"), StringComparison.Ordinal);
        Assert.Contains("broadcast address of 10.77.0.0/16", Reason("10.77.255.255"), StringComparison.Ordinal);
        Assert.Contains("no device collected so far knows it", Reason("10.88.0.1"), StringComparison.Ordinal);
        Assert.Contains("no bridge, router or access point", Reason("10.77.1.121"), StringComparison.Ordinal);
        Assert.Contains("more than 4 addresses", Reason("10.77.1.126"), StringComparison.Ordinal);
        JsonNode phone = withheld["10.77.1.121"];
        Assert.Equal(("10.77.1.120", "phone"), (phone["announcedBy"]!.GetValue<string>(), phone["neighbor"]!.GetValue<string>()));

        string Reason(string address) => withheld[address]["reason"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_flood_of_announced_addresses_takes_the_budget_and_no_more()
    {
        await using var liar = Liar([.. Enumerable.Range(0, 60).Select(i =>
            ($"n{i}", Bridge, (string[])[.. Enumerable.Range(1, 4).Select(j => $"10.77.{64 + i}.{j}")]))]);
        JsonNode discovery = await CrawlAsync("flood", new { addressBudget = 20 });

        string id = discovery["id"]!.GetValue<string>();
        Assert.Equal(20, (await server.JobsAsync(id)).Length);
        Assert.Equal(240 - 19, discovery["numNotContacted"]!.GetValue<int>());
        JsonArray page = (await server.OkAsync($"{Discoveries}/{id}/not-contacted?offset=201&limit=500")).AsArray();
        Assert.Equal(21, page.Count);
        Assert.Contains("20 addresses at most", page[0]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await server.OkAsync($"{Discoveries}/{id}/not-contacted?offset=222")).AsArray());
    }

    [Fact]
    public async Task What_no_mapping_covers_is_not_asked_and_a_discovery_of_nothing_else_is_refused()
    {
        Answer refused = await server.PostTextAsync(Discoveries, """
            {"name":"real","discoveryType":"Range","ipAddressList":"192.0.2.1-192.0.2.9","snmpROCommunity":"public"}
            """);
        Assert.Equal(400, refused.Status);
        Assert.Contains("no mapping of --map covers 192.0.2.1", refused.Text, StringComparison.Ordinal);

        var engine = server.Service<SnmpEngine>();
        string mixed = await server.StartAsync("10.77.0.1-10.77.0.1,192.0.2.1-192.0.2.1", HostileServer.Community());
        await EndedAsync(mixed);
        JsonNode job = Assert.Single(await server.JobsAsync(mixed), job => job["ipAddress"]!.GetValue<string>() == "192.0.2.1");
        Assert.Equal("FAILURE", job["snmpStatus"]!.GetValue<string>());
        string reason = job["attributeInfo"]!["reason"]!.GetValue<string>();
        Assert.StartsWith("192.0.2.1 is not asked: no mapping of --map covers", reason, StringComparison.Ordinal);

        long sent = engine.Statistics.Sent;
        Answer add = await server.PostTextAsync(
            $"{CampusServer.Catalyst}/network-device", """{"ipAddress":["192.0.2.1"],"snmpVersion":"v2","snmpROCommunity":"public"}""");
        Assert.Equal(202, add.Status);
        JsonObject task = await server.EndOfTaskAsync(add.Response["taskId"]!.GetValue<string>());
        Assert.True(task["isError"]!.GetValue<bool>());
        Assert.Contains("192.0.2.1 is not asked: no mapping", task["failureReason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(sent, engine.Statistics.Sent);
    }

    [Fact]
    public async Task A_preview_says_what_a_discovery_would_cost_and_sends_nothing()
    {
        var engine = server.Service<SnmpEngine>();
        long sent = engine.Statistics.Sent;
        int discoveries = (await server.OkAsync($"{Discoveries}/count")).GetValue<int>();
        Answer preview = await server.PostTextAsync($"{Discoveries}/preview", """
            {"name":"long","discoveryType":"CIDR","ipAddressList":"10.90.0.0/24","snmpVersion":"v2","snmpROCommunity":"public",
             "retry":2,"timeout":2,"pace":"200,20"}
            """);
        Assert.Equal(200, preview.Status);
        Assert.Equal((254, 1, 762), (Number("addressCount"), Number("credentialCount"), Number("datagramCount")));
        Assert.Equal(0.8, preview.Response["minutes"]!.GetValue<double>()); // 762 at 20 a second, and the last silence of 6 s
        Assert.Equal("200,20", preview.Response["pace"]!.GetValue<string>());
        Answer refused = await server.PostTextAsync(
            $"{Discoveries}/preview", """{"name":"x","discoveryType":"CIDR","ipAddressList":"10.90.0.0","pace":"-1"}""");
        Assert.Equal(400, refused.Status);
        Assert.Equal((sent, discoveries), (engine.Statistics.Sent, (await server.OkAsync($"{Discoveries}/count")).GetValue<int>()));

        int Number(string name) => preview.Response[name]!.GetValue<int>();
    }

    private async Task<JsonNode> CrawlAsync(string name, object more)
    {
        JsonNode body = System.Text.Json.JsonSerializer.SerializeToNode(more)!;
        (body["name"], body["discoveryType"]) = ($"{name} {Guid.NewGuid()}", "LLDP");
        body["ipAddressList"] = HostileAgents.Address(Number).ToString();
        (body["snmpVersion"], body["snmpROCommunity"], body["timeout"], body["retry"]) = ("v2", "public", 1, 0);
        Answer accepted = await server.PostTextAsync(Discoveries, body.ToJsonString());
        Assert.True(accepted.Status == 202, accepted.Text);
        JsonObject task = await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        return await EndedAsync(task["progress"]!.GetValue<string>());
    }

    // A discovery's end is seen by asking, as every client does.
    private async Task<JsonNode> EndedAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            JsonNode discovery = await server.OkAsync($"{Discoveries}/{id}");
            if (discovery["discoveryCondition"]!.GetValue<string>() is "Complete" or "Aborted") return discovery;
            await Task.Delay(20, patience.Token);
        }
    }

    private AgentOnLoopback Liar(params (string Name, byte Capabilities, string[] Addresses)[] neighbors) =>
        new(HostileAgents.Agent(HostileAgents.Address(Number), view => new AnnouncingView(view, neighbors)),
            server.EndPointOf(HostileAgents.Address(Number)));

    /// <summary>Counts what arrives where nothing may.</summary>
    private sealed class Listeners(HostileServer server, string[] addresses) : IAsyncDisposable
    {
        private readonly AgentOnLoopback[] _all =
            [.. addresses.Select(address => new AgentOnLoopback(_ => [], server.EndPointOf(Ipv4Address.Parse(address))))];

        public int Heard => _all.Sum(one => one.Requests);

        public async ValueTask DisposeAsync()
        {
            foreach (AgentOnLoopback one in _all) await one.DisposeAsync();
        }
    }
}
