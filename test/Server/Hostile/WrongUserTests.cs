using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>
/// SNMPv3 devices that do not agree with us about user, password, engine or time: each has its own reason, and nobody is asked in plain
/// text.
/// </summary>
[Collection(HostileDiscovery.Name)]
public sealed class WrongUserTests(HostileServer server)
{
    [Theory]
    [InlineData(40, "authentication password or protocol of SNMPv3 user towpath")]
    [InlineData(41, "privacy password or protocol of SNMPv3 user towpath")]
    [InlineData(42, "does not know the user of SNMPv3 user towpath")]
    public async Task A_user_that_the_device_has_otherwise(int number, string reason)
    {
        SnmpCredential.V3 known = AgentHostOptions.DemoUser;
        SnmpCredential.V3 other = number switch
        {
            40 => known with { AuthPassword = "another password" },
            41 => known with { PrivPassword = "another password" },
            _ => known with { User = "somebody" },
        };
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(number), users: [other]);
        await RefusedAsync(number, request => AgentOnLoopback.Answer(agent, request), reason);
    }

    [Fact]
    public async Task A_clock_that_is_never_in_the_window()
    {
        int boots = 1;
        await RefusedAsync(43, request => AgentOnLoopback.Answer(HostileAgents.Agent(HostileAgents.Address(43), boots: boots++), request),
            "not in time window");
    }

    [Fact]
    public async Task An_engine_that_is_another_one_each_time()
    {
        byte engine = 0;
        await RefusedAsync(44, request => AgentOnLoopback.Answer(HostileAgents.Agent(HostileAgents.Address(44), engine: engine++), request),
            "refuses the engine id that it gave itself");
    }

    [Fact]
    public async Task A_device_that_only_knows_communities()
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(45));
        await RefusedAsync(45, request => CommunityMessage.TryRead(request, out _) ? AgentOnLoopback.Answer(agent, request) : [],
            "No SNMP answer");
    }

    [Fact]
    public async Task A_device_that_does_not_know_the_community_but_speaks_SNMPv3()
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(46));
        List<string> users = [];
        Found found = await server.DiscoverAsync(46, request =>
        {
            if (V3Message.TryRead(request, out V3Message message))
                users.Add($"{message.Level} '{System.Text.Encoding.ASCII.GetString(message.User)}'");
            return CommunityMessage.TryRead(request, out _) ? [] : AgentOnLoopback.Answer(agent, request);
        });

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "speaks SNMPv3, but does not answer to this community",
            "Check the community, or discover the device with an SNMPv3 user");
        Assert.NotEmpty(users);
        Assert.All(users, user => Assert.Equal("None ''", user)); // nothing secret is shown to it
    }

    [Fact]
    public async Task A_device_that_knows_the_community_in_SNMPv1_only()
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(47));
        Found found = await server.DiscoverAsync(47, request =>
            CommunityMessage.TryRead(request, out CommunityMessage message) && message.Version == SnmpVersion.V1
                ? AgentOnLoopback.Answer(agent, request) : []);

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "knows this community, but answers in SNMPv1 only");
        Assert.Null(found.Device);
    }

    private async Task RefusedAsync(int number, DatagramAnswerer answer, string reason)
    {
        int plain = 0;
        Found found = await server.DiscoverAsync(number, request =>
        {
            // The first question to an agent, who it is, names nobody and asks for nothing.
            if (!V3Message.TryRead(request, out V3Message message) || message.Level == MessageFlags.None && message.User.Length > 0)
                plain++;
            return answer(request);
        }, HostileServer.User());

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, reason);
        Assert.Equal(0, plain);
        Assert.Null(found.Device);
    }
}
