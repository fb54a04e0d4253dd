using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>Which credentials a discovery sends to an address, as the address sees it.</summary>
[Collection(HostileDiscovery.Name)]
public sealed class CredentialChoiceTests(HostileServer server)
{
    private const string Credentials = $"{CampusServer.Catalyst}/global-credential";

    [Fact]
    public async Task A_device_that_refuses_the_users_password_is_never_shown_a_community()
    {
        (Found found, ConcurrentQueue<string> seen) =
            await DiscoverWithBothAsync(180, AgentHostOptions.DemoUser with { AuthPassword = "another password" });
        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "It speaks SNMPv3, so it was not asked by community ('SNMPv2c')");
        Assert.DoesNotContain("public", seen);
        Assert.Null(found.Job["credential"]);
    }

    [Fact]
    public async Task A_device_that_does_not_know_the_user_is_asked_by_community()
    {
        (Found found, ConcurrentQueue<string> seen) =
            await DiscoverWithBothAsync(184, AgentHostOptions.DemoUser with { User = "somebody" });
        Assert.Equal(("Managed", "SNMPv2c"), (found.Outcome, found.Job["credential"]!.GetValue<string>()));
        Assert.Contains("public", seen);
    }

    private async Task<(Found Found, ConcurrentQueue<string> Seen)> DiscoverWithBothAsync(int number, SnmpCredential.V3 known)
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(number), users: [known]);
        JsonNode both = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(HostileServer.User()))!;
        both["snmpROCommunity"] = "public";
        var seen = new ConcurrentQueue<string>();
        return (await server.DiscoverAsync(number, request => Answer(agent, request, seen), both), seen);
    }

    [Fact]
    public async Task A_write_community_that_is_the_only_credential_reads()
    {
        var seen = new ConcurrentQueue<string>();
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(181));
        Found found = await server.DiscoverAsync(181, request => Answer(agent, request, seen),
            new { snmpVersion = "v2", snmpRWCommunity = "public", timeout = 1, retry = 1 });
        Assert.Equal(("Managed", "SNMPv2c"), (found.Outcome, found.Job["credential"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_write_community_beside_another_credential_is_not_sent()
    {
        var seen = new ConcurrentQueue<string>();
        await server.DiscoverAsync(182, request => Answer(null, request, seen),
            new { snmpVersion = "v2", snmpROCommunity = "public", snmpRWCommunity = "writes", timeout = 1, retry = 0 });
        Assert.Contains("public", seen);
        Assert.DoesNotContain("writes", seen);
    }

    [Fact]
    public async Task A_stored_credential_stays_within_its_ranges_and_the_job_names_the_one_that_was_taken()
    {
        string elsewhere = await StoreAsync("elsewhere", "far-away", "10.99.0.0/16"),
            here = await StoreAsync("here", "public", "10.77.0.0/16");
        var seen = new ConcurrentQueue<string>();
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(183));
        Found found = await server.DiscoverAsync(183, request => Answer(agent, request, seen),
            new { globalCredentialIdList = new[] { elsewhere, here }, timeout = 1, retry = 1 });
        Assert.Equal(("Managed", here, "here"),
            (found.Outcome, found.Job["credentialId"]!.GetValue<string>(), found.Job["credential"]!.GetValue<string>()));
        Assert.DoesNotContain("far-away", seen);

        // Neither is it when the device is read again after the ranges have moved.
        await EndAsync(await server.PutAsync($"{Credentials}/snmpv2-read-community", new { id = here, ranges = new[] { "10.77.0.0/24" } }));
        seen.Clear();
        Answer sync = await server.PutAsync($"{CampusServer.Catalyst}/network-device/sync",
            new[] { found.Device!["id"]!.GetValue<string>() });
        await EndAsync(sync);
        Assert.Empty(seen);
        foreach (string id in new[] { elsewhere, here }) await EndAsync(await server.DeleteAsync($"{Credentials}/{id}"));
    }

    private async Task<string> StoreAsync(string description, string community, string range) => (await EndAsync(await server.PostAsync(
        $"{Credentials}/snmpv2-read-community",
        new[] { new { description, readCommunity = community, ranges = new[] { range } } })))["progress"]!.GetValue<string>();

    private async Task<JsonNode> EndAsync(Answer accepted)
    {
        Assert.True(accepted.Status == 202, accepted.Text);
        return await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
    }

    /// <summary>Notes the community of each request.</summary>
    private static IReadOnlyList<byte[]> Answer(SnmpAgent? agent, byte[] request, ConcurrentQueue<string> seen)
    {
        if (CommunityMessage.TryRead(request, out CommunityMessage message)) seen.Enqueue(Encoding.ASCII.GetString(message.Community));
        return agent is null ? [] : AgentOnLoopback.Answer(agent, request);
    }
}
