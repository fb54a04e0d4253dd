using System.Text.Json.Nodes;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>A host that no table has any more is shown where it was, and no trace begins there.</summary>
[Collection(CampusInventory.Name)]
public sealed class GoneHostTests(CampusServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset s_seen =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-2).ToUnixTimeSeconds());

    private HostPlace? _gone;

    public async Task InitializeAsync()
    {
        DeviceId access = DeviceId.Parse((string)(await server.DeviceAsync("CAMPUS-Access1"))["id"]!);
        _gone = new HostPlace(MacAddress.Parse("00:00:5e:00:53:99"), Ipv4Address.Parse("192.0.2.99"), false, access, "GigabitEthernet1/0/1",
            new VlanId(20), s_seen.AddDays(-1), s_seen) { IsGone = true, IsToldGone = true };
        await server.Service<IWriter>().CommitAsync([new SaveHosts([_gone], [])], default);
        await server.Service<HistoryJob>().LoadAsync(default);
    }

    public async Task DisposeAsync()
    {
        await server.Service<IWriter>().CommitAsync([new ForgetHosts([_gone!.Id])], default);
        await server.Service<HistoryJob>().LoadAsync(default);
    }

    [Fact]
    public async Task It_is_listed_counted_and_found_with_its_last_place_and_when_it_was_seen_there()
    {
        JsonNode host = Assert.Single((await server.GetAsync("/api/v1/host?isGone=true")).Response.AsArray())!;

        Assert.Equal(("192.0.2.99", "GigabitEthernet1/0/1", true),
            ((string?)host["hostIp"], (string?)host["connectedInterfaceName"], (bool)host["isGone"]!));
        Assert.Equal($"{s_seen.ToUnixTimeMilliseconds()}", (string?)host["lastUpdated"]);
        Assert.Equal((string?)(await server.DeviceAsync("CAMPUS-Access1"))["id"], (string?)host["connectedNetworkDeviceId"]);
        Assert.True(JsonNode.DeepEquals(host, (await server.GetAsync($"/api/v1/host/{host["id"]}")).Response));

        int all = (await server.GetAsync("/api/v1/host/count")).Response.GetValue<int>();
        JsonArray present = (await server.GetAsync("/api/v1/host?isGone=false")).Response.AsArray();
        Assert.Equal(all - 1, present.Count);
        Assert.All(present, one => Assert.Null(one!["isGone"]));
        Assert.Equal(all, (await server.GetAsync("/api/v1/host")).Response.AsArray().Count);
    }

    [Fact]
    public async Task A_trace_from_it_fails_and_says_where_it_was()
    {
        JsonObject ended = await server.EndAsync(server.PostAsync($"{CampusServer.Catalyst}/flow-analysis",
            new { sourceIP = "192.0.2.99", destIP = "10.2.1.22" }));

        Assert.True((bool)ended["isError"]!);
        Assert.EndsWith(
            $"it was last at CAMPUS-Access1, GigabitEthernet1/0/1, and no table has had it since {s_seen.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
            (string?)ended["failureReason"], StringComparison.Ordinal);
    }
}
