using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

[Collection(CampusInventory.Name)]
public sealed class CollectionScheduleTests(CampusServer server)
{
    private const string Global = CampusServer.Catalyst + "/network-device/collection-schedule/global";

    [SharedFact]
    public async Task A_day_is_the_default_of_all_devices_in_both_families()
    {
        string own = $"/network-device/{await IdAsync("CAMPUS-Core2")}/collection-schedule";

        Assert.Equal(86_400, (int)await server.GetBothAsync("/network-device/collection-schedule/global",
            "/network-device/collection-schedule/global"));
        Assert.Equal(86_400, (int)await server.GetBothAsync("/network-device/{id}/collection-schedule", own));
    }

    [Fact]
    public async Task A_device_has_its_own_interval_until_it_is_given_back()
    {
        string core = await PathAsync("CAMPUS-Core2"), branch = await PathAsync("Branch-Router2");

        JsonObject task = await server.EndAsync(server.PutAsync(core, new { intervalSeconds = 3_600 }));
        Assert.EndsWith("is repeated every 3600 seconds", (string?)task["progress"], StringComparison.Ordinal);
        Assert.Equal((3_600, 86_400), (await SecondsAsync(core), await SecondsAsync(branch)));

        await server.EndAsync(server.DeleteAsync(core));
        Assert.Equal(86_400, await SecondsAsync(core));
    }

    [Fact]
    public async Task The_default_is_set_and_off_is_off_for_every_device()
    {
        string core = await PathAsync("CAMPUS-Core2"), branch = await PathAsync("Branch-Router2");
        await server.EndAsync(server.PutAsync(core, new { intervalSeconds = 3_600 }));
        try
        {
            await server.EndAsync(server.PutAsync(Global, new { intervalSeconds = 7_200 }));
            Assert.Equal((7_200, 3_600, 7_200), (await SecondsAsync(Global), await SecondsAsync(core), await SecondsAsync(branch)));

            await server.EndAsync(server.PutAsync(Global, new { intervalSeconds = 0 }));
            Assert.Equal((0, 0, 0), (await SecondsAsync(Global), await SecondsAsync(core), await SecondsAsync(branch)));
        }
        finally
        {
            await server.EndAsync(server.DeleteAsync(core));
            await server.EndAsync(server.DeleteAsync(Global));
        }
        Assert.Equal((86_400, 86_400), (await SecondsAsync(Global), await SecondsAsync(core)));
    }

    [Fact]
    public async Task An_access_point_is_read_with_its_controller()
    {
        string accessPoint = await PathAsync("AP7081.059f.19ca"), controller = await PathAsync("Campus-WLC-5508");

        await server.EndAsync(server.PutAsync(accessPoint, new { intervalSeconds = 600 }));
        int seconds = await SecondsAsync(controller);
        await server.EndAsync(server.DeleteAsync(controller));

        Assert.Equal((600, 86_400), (seconds, await SecondsAsync(accessPoint)));
    }

    [Theory]
    [InlineData("{}", "intervalSeconds is required: 300 to 604800, or 0 for off.")]
    [InlineData("""{"intervalSeconds": 299}""", "intervalSeconds must be 0 or at least 300, not 299.")]
    [InlineData("""{"intervalSeconds": 604801}""", "604800")]
    [InlineData("""{"intervalSeconds": -1}""", "604800")]
    [InlineData("""{"intervalSeconds": "often"}""", "604800")]
    public async Task An_interval_that_cannot_be_is_refused(string body, string words)
    {
        Answer answer = await Answer.OfAsync(await server.Http.PutAsync(Global,
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.Equal(400, answer.Status);
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_device_has_no_schedule()
    {
        string path = $"{CampusServer.Catalyst}/network-device/{Guid.NewGuid()}/collection-schedule";

        Assert.Equal((404, 404, 404), ((await server.GetAsync(path)).Status,
            (await server.PutAsync(path, new { intervalSeconds = 600 })).Status, (await server.DeleteAsync(path)).Status));
    }

    private async Task<string> IdAsync(string name) => (string)(await server.DeviceAsync(name))["id"]!;

    private async Task<string> PathAsync(string name) =>
        $"{CampusServer.Catalyst}/network-device/{await IdAsync(name)}/collection-schedule";

    private async Task<int> SecondsAsync(string path) => (int)(await server.GetAsync(path)).Response;
}
