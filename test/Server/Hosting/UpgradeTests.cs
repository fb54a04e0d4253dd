using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>
/// The demo's database as commit e1ce82e left it, before tables had migrations and snapshots a third format; without its account, its
/// tokens and its keys. Nothing of it may be forgotten by a later program.
/// </summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly TestServer _server = new();

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
        Assert.Equal(("demo campus", "Complete", 10), ((string?)discovery["name"], (string?)discovery["discoveryCondition"], (int)discovery["numDevices"]!));

        JsonNode stored = Assert.Single((await _server.GetAsync("/dna/intent/api/v1/flow-analysis")).Response.AsArray())!;
        Assert.Equal(12, (await PathAsync((string)stored["id"]!)).Count);
    }

    [Fact]
    public async Task A_trace_over_its_snapshots_is_the_one_that_it_stored()
    {
        JsonNode stored = Assert.Single((await _server.GetAsync("/dna/intent/api/v1/flow-analysis")).Response.AsArray())!;

        Answer accepted = await _server.PostAsync("/dna/intent/api/v1/flow-analysis", new { sourceIP = "10.1.15.117", destIP = "10.2.1.22" });
        JsonObject ended = await _server.EndOfTaskAsync((string)accepted.Response["taskId"]!);

        Assert.False((bool)ended["isError"]!);
        Assert.Equal(await PathAsync((string)stored["id"]!), await PathAsync((string)accepted.Response["flowAnalysisId"]!));
    }

    private async Task<List<string?>> PathAsync(string id) =>
        [.. (await _server.GetAsync($"/dna/intent/api/v1/flow-analysis/{id}")).Response["networkElementsInfo"]!.AsArray().Select(element => (string?)element!["name"])];
}
