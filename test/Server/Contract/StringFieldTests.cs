using System.Text.Json;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Scripts compare and cut texts: a number or a null in the place of one breaks them.</summary>
public sealed class StringFieldTests(CampusServer server) : IClassFixture<CampusServer>
{
    private const string Catalyst = CampusServer.Catalyst;

    [SharedFact]
    public async Task Every_field_that_the_contract_calls_a_string_is_one()
    {
        OpenApiContract contract = OpenApiContract.Catalyst();
        string[] ids = await PrepareAsync();
        foreach ((string described, string path) in await ResourcesAsync(ids[0], ids[1]))
        {
            Answer answer = await server.GetAsync(Catalyst + path);
            Assert.True(answer.Status == 200, $"{path}: {answer.Text}");
            (string At, JsonNode? Value)[] strings = [.. contract.Strings(Catalyst + described, answer.Json)];
            Assert.True(strings.Length > 1, $"{path} shows nothing: {answer.Text}"); // one is the version of the envelope
            foreach ((string at, JsonNode? value) in strings)
            {
                // The contract's section on nulls: many fields of a device may be null, as captures show. They are there all the same.
                if (value is null && described.StartsWith("/network-device", StringComparison.Ordinal)) continue;
                Assert.True(value?.GetValueKind() == JsonValueKind.String, $"{path} {at} is {value?.ToJsonString() ?? "null"}");
            }
        }
    }

    private async Task<(string Described, string Path)[]> ResourcesAsync(string discovery, string trace)
    {
        string device = (await server.DeviceAsync("CAMPUS-Dist1"))["id"]!.GetValue<string>();
        string task = (await server.GetAsync($"{Catalyst}/task?limit=1")).Response[0]!["id"]!.GetValue<string>();
        return
        [
            ("/network-device", "/network-device"), ("/network-device/{id}", $"/network-device/{device}"),
            ("/network-device/{startIndex}/{recordsToReturn}", "/network-device/1/500"),
            ("/network-device/{id}/brief", $"/network-device/{device}/brief"),
            ("/interface", "/interface"), ("/interface/ospf", "/interface/ospf"),
            ("/interface/network-device/{deviceId}", $"/interface/network-device/{device}"),
            ("/interface/ip-address/{ipAddress}", "/interface/ip-address/10.1.15.1"),
            ("/interface/network-device/{deviceId}/interface-name", $"/interface/network-device/{device}/interface-name?name=Vlan600"),
            ("/discovery/{id}", $"/discovery/{discovery}"), ("/discovery/{startIndex}/{recordsToReturn}", "/discovery/1/500"),
            ("/discovery/{id}/job", $"/discovery/{discovery}/job"), ("/discovery/job", "/discovery/job?ipAddress=10.1.99.9"),
            ("/flow-analysis", "/flow-analysis"), ("/flow-analysis/{flowAnalysisId}", $"/flow-analysis/{trace}"),
            ("/task", "/task"), ("/task/{taskId}", $"/task/{task}"), ("/task/{taskId}/tree", $"/task/{task}/tree"),
            ("/tasks", "/tasks"), ("/tasks/{id}", $"/tasks/{task}"), ("/tasks/{id}/detail", $"/tasks/{task}/detail"),
            ("/global-credential", "/global-credential?credentialSubType=SNMPV2_READ_COMMUNITY"),
            ("/snmp-property", "/snmp-property"), ("/topology/physical-topology", "/topology/physical-topology"),
            ("/topology/vlan/vlan-names", "/topology/vlan/vlan-names"),
        ];
    }

    /// <summary>A discovery of a silent address, a trace with all statistics, and a credential; the first two by their ids.</summary>
    private async Task<string[]> PrepareAsync()
    {
        await server.EndAsync(server.PostAsync($"{Catalyst}/global-credential/snmpv2-read-community",
            new[] { new { readCommunity = "public", description = "campus" } }));
        JsonObject discovery = await server.EndAsync(server.PostTextAsync($"{Catalyst}/discovery", """
            {"name": "silent", "discoveryType": "Single", "ipAddressList": "10.1.99.9", "snmpROCommunity": "public", "timeout": 1,
             "retry": 0}
            """));
        JsonObject trace = await server.EndAsync(server.PostTextAsync($"{Catalyst}/flow-analysis", """
            {"sourceIP": "10.1.15.117", "destIP": "10.2.1.22", "protocol": 6, "sourcePort": 0, "destPort": 443,
             "inclusions": ["DEVICE-STATS", "INTERFACE-STATS"]}
            """));
        string id = discovery["progress"]!.GetValue<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await server.GetAsync($"{Catalyst}/discovery/{id}")).Response["discoveryCondition"]!.GetValue<string>() != "Complete")
            await Task.Delay(20, patience.Token); // a discovery's end is seen by asking, as every client does
        return [id, trace["progress"]!.GetValue<string>()];
    }
}
