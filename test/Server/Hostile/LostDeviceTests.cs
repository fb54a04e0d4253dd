using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>A device that stops answering keeps what it last told, says since when, and why it cannot be read.</summary>
[Collection(HostileDiscovery.Name)]
public sealed class LostDeviceTests(HostileServer server)
{
    private const string Api = CampusServer.Catalyst;

    [Fact]
    public async Task A_device_that_stops_answering_is_unreachable_with_its_last_snapshot_and_comes_back()
    {
        Ipv4Address address = HostileAgents.Address(60);
        Found found;
        await using (new AgentOnLoopback(HostileAgents.Agent(address), server.EndPointOf(address)))
        {
            found = await server.DiscoverAsync(address);
            Assert.Equal("Managed", found.Outcome);
        }

        Found gone = await server.AgainAsync(found);
        Assert.Equal("FAILURE", gone.SnmpStatus);
        AssertUnreachable(found.Device!, gone.Device!, "No SNMP answer from");
        string id = Text(gone.Device!, "id");
        Assert.Equal(5, (await server.OkAsync($"{Api}/interface/network-device/{id}")).AsArray().Count);

        JsonNode synchronized = await SyncAsync(id);
        Assert.Contains("No SNMP answer from", synchronized.ToJsonString(), StringComparison.Ordinal);
        AssertUnreachable(found.Device!, (await server.DeviceAtAsync(address))!, "No SNMP answer from");

        await using (new AgentOnLoopback(HostileAgents.Agent(address), server.EndPointOf(address)))
        {
            Found back = await server.AgainAsync(found);
            Assert.Equal(("Managed", "Reachable", id), (back.Outcome, Text(back.Device!, "reachabilityStatus"), Text(back.Device!, "id")));
        }
    }

    [Fact]
    public async Task A_device_that_breaks_off_in_the_middle_of_its_walk_keeps_its_last_snapshot()
    {
        Ipv4Address address = HostileAgents.Address(61);
        SnmpAgent agent = HostileAgents.Agent(address);
        bool silent = false;
        int left = 10;
        await using var loopback = new AgentOnLoopback(request => silent && left-- <= 0
            ? [] : AgentOnLoopback.Answer(agent, request), server.EndPointOf(address));
        Found found = await server.DiscoverAsync(address);
        Assert.Equal("Managed", found.Outcome);

        silent = true;
        Found gone = await server.AgainAsync(found);

        AssertUnreachable(found.Device!, gone.Device!, "Stopped answering while");
        Assert.Equal(5, server.SnapshotAt(address).Interfaces.Length);
    }

    [Fact]
    public async Task A_discovery_with_another_credential_says_nothing_about_a_device_that_answers_to_its_own()
    {
        Ipv4Address address = HostileAgents.Address(62);
        SnmpAgent agent = HostileAgents.Agent(address, users: []);
        await using var loopback = new AgentOnLoopback(agent, server.EndPointOf(address));
        Assert.Equal("Managed", (await server.DiscoverAsync(address)).Outcome);

        Found refused = await server.DiscoverAsync(address, HostileServer.User());

        Assert.Equal("FAILURE", refused.SnmpStatus);
        BrokenTableTests.AssertReason(refused, "does not know the user");
        Assert.Equal(("Reachable", "Managed"), (Text(refused.Device!, "reachabilityStatus"), Text(refused.Device!, "collectionStatus")));
    }

    private static void AssertUnreachable(JsonNode before, JsonNode now, string reason)
    {
        Assert.Equal(("Unreachable", "Could Not Synchronize", "DEV-UNREACHED"),
            (Text(now, "reachabilityStatus"), Text(now, "collectionStatus"), Text(now, "errorCode")));
        Assert.StartsWith(reason, Text(now, "reachabilityFailureReason"), StringComparison.Ordinal);
        Assert.Equal((Text(before, "id"), Text(before, "lastUpdated"), Text(before, "interfaceCount")),
            (Text(now, "id"), Text(now, "lastUpdated"), Text(now, "interfaceCount")));
    }

    private async Task<JsonNode> SyncAsync(string id)
    {
        Answer accepted = await server.PutAsync($"{Api}/network-device/sync", new[] { id });
        Assert.True(accepted.Status == 202, accepted.Text);
        return await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
