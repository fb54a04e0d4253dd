using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>
/// The demo's database as commit e1ce82e left it, before tables had migrations and snapshots a third format; without its account, its
/// tokens and its keys. Nothing of it may be forgotten by a later program.
/// </summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly TestServer _server = new LoopbackServer();

    public Task InitializeAsync()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Hosting", "e1ce82e.db"), Path.Combine(_server.DataFolder, "towpath.db"));
        return _server.InitializeAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_database_from_before_migrations_keeps_its_devices_its_discovery_and_its_answers()
    {
        Answer devices = await _server.GetAsync("/dna/intent/api/v1/network-device");
        Assert.Equal(11, devices.Response.AsArray().Count); // ten, and the access point that the controller tells
        Assert.Contains(devices.Response.AsArray(), device => (string?)device!["hostname"] == "CAMPUS-Core2");

        JsonNode discovery = Assert.Single((await _server.GetAsync("/dna/intent/api/v1/discovery/1/10")).Response.AsArray())!;
        Assert.Equal(("demo campus", "Complete", 10),
            ((string?)discovery["name"], (string?)discovery["discoveryCondition"], (int)discovery["numDevices"]!));

        JsonNode stored = Assert.Single((await _server.GetAsync("/dna/intent/api/v1/flow-analysis")).Response.AsArray())!;
        Assert.Equal(12, (await PathAsync((string)stored["id"]!)).Count);
    }

    [Fact]
    public async Task A_trace_over_its_snapshots_is_the_one_that_it_stored()
    {
        JsonNode stored = Assert.Single((await _server.GetAsync("/dna/intent/api/v1/flow-analysis")).Response.AsArray())!;

        Answer accepted = await _server.PostAsync("/dna/intent/api/v1/flow-analysis",
            new { sourceIP = "10.1.15.117", destIP = "10.2.1.22" });
        JsonObject ended = await _server.EndOfTaskAsync((string)accepted.Response["taskId"]!);

        Assert.False((bool)ended["isError"]!);
        Assert.Equal(await PathAsync((string)stored["id"]!), await PathAsync((string)accepted.Response["flowAnalysisId"]!));
    }

    [Fact]
    public async Task A_discovery_whose_own_credentials_no_key_opens_sends_no_others()
    {
        Answer stored = await _server.PostAsync("/dna/intent/api/v1/global-credential/snmpv2-read-community",
            new[] { new { readCommunity = "another", description = "x" } });
        await _server.EndOfTaskAsync((string)stored.Response["taskId"]!);

        Answer restarted = await _server.PutAsync("/dna/intent/api/v1/discovery", new { id = "1", discoveryStatus = "Active" });
        await _server.EndOfTaskAsync((string)restarted.Response["taskId"]!);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string? condition;
        do
        {
            await Task.Delay(20, patience.Token);
            condition = (string?)(await _server.GetAsync("/dna/intent/api/v1/discovery/1")).Response["discoveryCondition"];
        }
        while (condition is not ("Complete" or "Aborted"));
        Assert.Equal("Aborted", condition);
        Assert.Empty((await _server.GetAsync("/dna/intent/api/v1/discovery/1/job")).Response.AsArray());
    }

    private async Task<List<string?>> PathAsync(string id) =>
        [.. (await _server.GetAsync($"/dna/intent/api/v1/flow-analysis/{id}")).Response["networkElementsInfo"]!.AsArray()
            .Select(element => (string?)element!["name"])];

    /// <summary>Nothing of what it asks leaves this machine.</summary>
    private sealed class LoopbackServer : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { AddressMap = [(Network.Prefix.Parse("10.0.0.0/8"), Network.Prefix.Parse("127.0.0.0/8"))] };
    }
}
