using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>
/// SNMPv3 agents with wrong clocks and changing identities: one resynchronisation, distinct reasons, never a fall back to plain text.
/// </summary>
public sealed class HostileUserTests
{
    private static readonly SnmpCredential.V3 s_user = new("operator", AuthProtocol.Sha256, "authentication", PrivProtocol.Aes128,
        "privacy password");

    [Fact]
    public async Task A_clock_that_jumps_by_151_seconds_costs_one_resynchronisation()
    {
        var clock = new FakeTimeProvider();
        var agent = new SnmpAgent(Options(boots: 1) with { Time = clock });
        await using var loopback = new AgentOnLoopback(agent);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Target(loopback));
        Assert.Equal(SnmpStatus.Ok, (await GetAsync(session)).Status);
        int before = loopback.Requests;

        clock.Advance(TimeSpan.FromSeconds(151 + 10)); // we ask with a time that is too old by that
        Assert.Equal(SnmpStatus.Ok, (await GetAsync(session)).Status);
        Assert.Equal(SnmpStatus.Ok, (await GetAsync(session)).Status);

        Assert.Equal(before + 3, loopback.Requests); // refused, again, and then no more trouble
    }

    [Fact]
    public async Task An_agent_that_restarts_in_the_middle_of_a_walk_is_followed()
    {
        int requests = 0;
        SnmpAgent first = new(Options(boots: 7)), second = new(Options(boots: 8));
        await using var loopback = new AgentOnLoopback(request => AgentOnLoopback.Answer(++requests <= 4 ? first : second, request));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        (WalkResult result, List<VarBind> rows) = await engine.Open(Target(loopback)).WalkAsync("1");

        Assert.Equal(new WalkResult(SnmpStatus.Ok, 128, null), result);
        Assert.Equal(Given.SmallMib().ToVarBinds(), rows);
    }

    [Fact]
    public async Task An_agent_that_is_never_in_time_is_given_up_after_one_resynchronisation()
    {
        int boots = 1;
        (SnmpResponse response, int requests) = await AskAsync(request => AgentOnLoopback.Answer(new SnmpAgent(Options(boots++)), request));

        Assert.Equal((SnmpStatus.NotInTimeWindow, 3), (response.Status, requests)); // discovery, request, request
        Assert.Contains("time window", response.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_never_knows_itself_is_given_up_after_one_discovery_more()
    {
        byte number = 0;
        (SnmpResponse response, int requests) = await AskAsync(request =>
            AgentOnLoopback.Answer(new SnmpAgent(Options(boots: 1) with { EngineId = [0x80, 0, 0, 0, 5, number++] }), request),
            target => target.Impatient());

        Assert.Equal((SnmpStatus.UnknownEngine, 4), (response.Status, requests));
    }

    [Fact]
    public async Task An_agent_that_was_replaced_is_discovered_again()
    {
        SnmpAgent current = new(Options(boots: 1));
        await using var loopback = new AgentOnLoopback(request => AgentOnLoopback.Answer(current, request));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Target(loopback).Impatient());
        Assert.Equal(SnmpStatus.Ok, (await GetAsync(session)).Status);

        current = new SnmpAgent(Options(boots: 1) with { EngineId = [0x80, 0, 0, 0, 5, 99] });
        Assert.Equal(SnmpStatus.Ok, (await GetAsync(session)).Status);
    }

    [Fact]
    public async Task An_unsigned_not_in_time_report_does_not_set_our_clock()
    {
        SnmpAgent agent = new(Options(boots: 5));
        int requests = 0;
        (SnmpResponse response, _) = await AskAsync(
            request => ++requests == 2 ? [Forged.Report(request, UsmReport.NotInTimeWindows)] : AgentOnLoopback.Answer(agent, request),
            target => target.Impatient() with { Retries = 1 });

        Assert.Equal((SnmpStatus.Ok, 3), (response.Status, requests)); // the second attempt still has the agent's own boots
    }

    [Fact]
    public async Task Answers_with_a_wrong_digest_are_ignored_and_told_when_nothing_better_comes()
    {
        SnmpAgent agent = new(Options(boots: 1));
        (SnmpResponse response, int requests) = await AskAsync(request =>
        {
            byte[] answer = AgentOnLoopback.Answer(agent, request)[0];
            if (V3Message.TryRead(answer, out V3Message message) && message.DigestOffset > 0) answer[message.DigestOffset] ^= 1;
            return [answer];
        }, target => target.Impatient());

        Assert.Equal((SnmpStatus.WrongDigest, 2), (response.Status, requests));
    }

    [Fact]
    public async Task No_request_after_discovery_is_ever_in_plain_text()
    {
        var levels = new List<MessageFlags>();
        SnmpAgent agent = new(Options(boots: 1) with { Users = [s_user with { PrivPassword = "another password" }] });
        (SnmpResponse response, _) = await AskAsync(request =>
        {
            Assert.True(V3Message.TryRead(request, out V3Message message));
            levels.Add(message.Level);
            return AgentOnLoopback.Answer(agent, request);
        }, target => target.Impatient());

        Assert.Equal(SnmpStatus.DecryptionError, response.Status);
        Assert.Equal([MessageFlags.None, MessageFlags.Auth | MessageFlags.Priv], levels);
    }

    private static SnmpAgentOptions Options(int boots) => Given.Options(Given.SmallMib()) with { EngineBoots = boots, Users = [s_user] };

    private static SnmpTarget Target(AgentOnLoopback agent) => new SnmpTarget(agent.EndPoint, s_user).Once();

    private static Task<SnmpResponse> GetAsync(ISnmpSession session) =>
        session.GetAsync([Given.Oid("1.3.6.1.2.1.1.1.0")], CancellationToken.None);

    private static async Task<(SnmpResponse Response, int Requests)> AskAsync(DatagramAnswerer answerer,
        Func<SnmpTarget, SnmpTarget>? change = null)
    {
        await using var loopback = new AgentOnLoopback(answerer);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        return (await GetAsync(engine.Open((change ?? (target => target))(Target(loopback)))), loopback.Requests);
    }
}
