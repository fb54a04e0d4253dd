using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>Signed answers that are older than what the engine has told before are dropped (RFC 3414 section 3.2, 7b).</summary>
public sealed class TimelinessTests
{
    private static readonly SnmpCredential.V3 s_user =
        new("operator", AuthProtocol.Sha256, "authentication", PrivProtocol.Aes128, "privacy password");
    private static readonly ObjectIdentifier s_name = Given.Oid("1.3.6.1.2.1.1.1.0");

    /// <summary>Heard last: boots 7, time 1,000; then 600 s pass.</summary>
    [Theory]
    [InlineData(7, 1_600, true)]
    [InlineData(7, 1_450, true)]
    [InlineData(7, 1_001, true)] // slow, but newer than any before
    [InlineData(7, 1_000, false)]
    [InlineData(7, 5_000, true)]
    [InlineData(6, 5_000, false)]
    [InlineData(8, 0, true)]
    [InlineData(int.MaxValue, 0, false)]
    public void A_message_is_timely_when_it_is_newer_or_in_the_window(int boots, int seconds, bool timely)
    {
        var time = new FakeTimeProvider();
        var clock = new EngineClock([1]);
        Assert.True(clock.IsTimely(7, 1_000, time));
        time.Advance(TimeSpan.FromSeconds(600));

        Assert.Equal(timely, clock.IsTimely(boots, seconds, time));
    }

    [Fact]
    public void Late_messages_are_in_the_window_for_150_seconds()
    {
        var time = new FakeTimeProvider();
        var clock = new EngineClock([1]);
        Assert.True(clock.IsTimely(7, 1_000, time));
        time.Advance(TimeSpan.FromSeconds(150));

        Assert.True(clock.IsTimely(7, 1_000, time));
        Assert.False(clock.IsTimely(7, 999, time));
    }

    [Fact]
    public void Only_the_four_newest_engines_of_an_address_are_remembered()
    {
        var time = new FakeTimeProvider();
        var agent = new KnownAgent();
        for (byte id = 1; id <= 5; id++) Assert.True(agent.ClockOf([id]).IsTimely(7, 1_000, time));

        Assert.False(agent.ClockOf([5]).IsTimely(6, 1_000, time));
        Assert.True(agent.ClockOf([1]).IsTimely(6, 1_000, time));
    }

    [Fact]
    public async Task Boots_that_go_back_are_refused_three_times_and_believed_after_one_new_discovery()
    {
        var events = new List<string>();
        (SnmpEngine engine, AgentOnLoopback loopback, ISnmpSession session) =
            await GoBackAsync(runsFor: TimeSpan.FromSeconds(1_000), events);
        await using var _ = engine;
        await using var __ = loopback;
        int before = loopback.Requests;

        SnmpResponse response = await session.GetAsync([s_name], CancellationToken.None);

        Assert.Equal(SnmpStatus.Ok, response.Status);
        Assert.Equal((2, 1), (engine.Statistics.Untimely, engine.Statistics.ClocksSetBack)); // the third ends the wait
        Assert.Equal(before + 5, loopback.Requests); // three, the discovery, and once more
        string told = Assert.Single(events);
        Assert.Contains("from 7 to 3", told, StringComparison.Ordinal);
        Assert.Contains("has not restarted", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_has_restarted_and_lost_its_boots_is_no_event()
    {
        var events = new List<string>();
        (SnmpEngine engine, AgentOnLoopback loopback, ISnmpSession session) = await GoBackAsync(runsFor: default, events);
        await using var _ = engine;
        await using var __ = loopback;

        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);

        Assert.Equal(1, engine.Statistics.ClocksSetBack);
        Assert.Empty(events);
    }

    [Fact]
    public async Task Refusals_add_up_over_requests_and_are_told()
    {
        (SnmpEngine engine, AgentOnLoopback loopback, ISnmpSession session) =
            await GoBackAsync(runsFor: default, [], target => target.Impatient());
        await using var _ = engine;
        await using var __ = loopback;

        for (int i = 0; i < 2; i++)
        {
            SnmpResponse refused = await session.GetAsync([s_name], CancellationToken.None);
            Assert.Equal(SnmpStatus.NotInTimeWindow, refused.Status);
            Assert.Contains("behind what it has told before", refused.Reason, StringComparison.Ordinal);
        }
        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);
    }

    [Fact]
    public async Task The_clock_is_kept_while_no_session_refers_to_the_agent()
    {
        (SnmpEngine Engine, AgentOnLoopback Agent, ISnmpSession) known = await GoBackAsync(runsFor: default, []);
        await using SnmpEngine engine = known.Engine;
        await using AgentOnLoopback loopback = known.Agent;
        known = default;
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // A new session has to discover the engine, which now says boots 3: nothing signs that.
        SnmpResponse refused = await Session(engine, loopback, target => target.Impatient()).GetAsync([s_name], CancellationToken.None);

        Assert.Equal((SnmpStatus.NotInTimeWindow, 1), (refused.Status, engine.Statistics.Untimely));
    }

    [Fact]
    public async Task A_new_engine_id_whose_discovery_tells_no_clock_costs_one_recovery_of_each_kind()
    {
        SnmpAgent current = Agent(boots: 1), next = Agent(boots: 5, [0x80, 0, 0, 0, 5, 99]);
        await using var loopback = new AgentOnLoopback(request =>
        {
            bool discovery = V3Message.TryRead(request, out V3Message asked) && asked.EngineId.Length == 0;
            return discovery && current == next // RFC 3414 section 4 allows boots 0 and time 0
                ? [Forged.Discovery(request, [0x80, 0, 0, 0, 5, 99])] : AgentOnLoopback.Answer(current, request);
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = Session(engine, loopback, target => target.Impatient());
        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);
        int before = loopback.Requests;

        current = next;
        SnmpResponse response = await session.GetAsync([s_name], CancellationToken.None);

        Assert.Equal((SnmpStatus.Ok, before + 4), (response.Status, loopback.Requests)); // unknown engine, discovery, not in time, well
    }

    /// <summary>An agent that was heard with boots 7, and has boots 3 now.</summary>
    private static async Task<(SnmpEngine Engine, AgentOnLoopback Agent, ISnmpSession Session)> GoBackAsync(
        TimeSpan runsFor, List<string> events, Func<SnmpTarget, SnmpTarget>? change = null)
    {
        var clock = new FakeTimeProvider();
        SnmpAgent current = Agent(boots: 7), second = Agent(boots: 3, clock: clock);
        var loopback = new AgentOnLoopback(request => AgentOnLoopback.Answer(current, request));
        var engine = new SnmpEngine(new SnmpEngineOptions { Notice = events.Add });
        ISnmpSession session = Session(engine, loopback, change ?? (target => target with { Timeout = TimeSpan.FromSeconds(60) }));
        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);
        clock.Advance(runsFor);
        current = second;
        return (engine, loopback, session);
    }

    private static ISnmpSession Session(SnmpEngine engine, AgentOnLoopback agent, Func<SnmpTarget, SnmpTarget> change) =>
        engine.Open(change(new SnmpTarget(agent.EndPoint, s_user)));

    private static SnmpAgent Agent(int boots, byte[]? engineId = null, TimeProvider? clock = null)
    {
        SnmpAgentOptions options = Given.Options(Given.SmallMib()) with { EngineBoots = boots, Users = [s_user] };
        return new SnmpAgent(options with { EngineId = engineId is null ? options.EngineId : [.. engineId], Time = clock ?? options.Time });
    }
}
