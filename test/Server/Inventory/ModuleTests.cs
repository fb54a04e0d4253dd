using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

[Collection(CampusInventory.Name)]
public sealed class ModuleTests(CampusServer server)
{
    [SharedFact]
    public async Task A_devices_modules_are_listed_counted_filtered_and_found()
    {
        string device = Text(await server.DeviceAsync("CAMPUS-Dist1"), "id");
        JsonArray modules = (await server.GetBothAsync("/network-device/module", $"/network-device/module?deviceId={device}")).AsArray();
        JsonNode processor = Assert.Single(modules)!;
        Assert.Equal(("Processor", 2, "2", "UNKNOWN"), (Text(processor, "name"), processor["moduleIndex"]!.GetValue<int>(),
            Text(processor, "entityPhysicalIndex"), Text(processor, "isFieldReplaceable")));
        Assert.True(JsonNode.DeepEquals(processor,
            await server.GetBothAsync("/network-device/module/{id}", $"/network-device/module/{Text(processor, "id")}")));
        Assert.Equal(1, (await server.GetBothAsync("/network-device/module/count",
            $"/network-device/module/count?deviceId={device}&nameList=processor,fan")).GetValue<int>());
        Assert.Empty((await server.GetAsync($"{CampusServer.Catalyst}/network-device/module?deviceId={device}&nameList=fan"))
            .Response.AsArray());
    }

    [SharedFact]
    public async Task A_device_must_be_named_and_known()
    {
        Assert.Equal(400, (await server.GetAsync($"{CampusServer.Catalyst}/network-device/module")).Status);
        Assert.Equal(404, (await server.GetAsync($"{CampusServer.Catalyst}/network-device/module?deviceId={Guid.NewGuid()}")).Status);
        Assert.Equal(404, (await server.GetAsync($"{CampusServer.Catalyst}/network-device/module/{Guid.NewGuid()}")).Status);
    }

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";
}
