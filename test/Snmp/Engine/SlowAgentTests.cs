using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>
/// Agents that do one request after the other and need nearly all of the timeout for each: what is sent twice costs them twice the time.
/// </summary>
public sealed class SlowAgentTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(4.9);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_agent_that_was_slow_from_the_beginning_is_asked_only_once_twice(int retries)
    {
        var time = new FakeTimeProvider();
        await using var agent = new SequentialAgent(Given.SmallMib(), time, _ => s_slow);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });

        var (result, rows) = await agent.ServeAsync(engine, Walk(engine, agent, retries));

        Assert.Equal(new WalkResult(SnmpStatus.Ok, rows.Count, null), result);
        Assert.Equal(Given.SmallMib().ToVarBinds(), rows);
        Assert.Equal(1, engine.Statistics.Retransmissions);
    }

    [Fact]
    public async Task An_agent_that_becomes_slow_gets_the_time_to_catch_up()
    {
        var time = new FakeTimeProvider();
        await using var agent = new SequentialAgent(Given.SmallMib(), time, number => number < 5 ? TimeSpan.FromMilliseconds(10) : s_slow);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });

        var (result, rows) = await agent.ServeAsync(engine, Walk(engine, agent, retries: 3));

        Assert.Equal(SnmpStatus.Ok, result.Status);
        Assert.Equal(Given.SmallMib().ToVarBinds(), rows);
        Assert.Equal(3, engine.Statistics.Retransmissions); // after 100, 200 and 400 ms, before it has shown how slow it is
    }

    [Fact]
    public async Task An_agent_that_was_slow_once_is_asked_at_its_old_pace_again()
    {
        var time = new FakeTimeProvider();
        await using var agent = new SequentialAgent(Given.SmallMib(), time, number => number == 5 ? s_slow : TimeSpan.FromMilliseconds(10));
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });

        var (result, _) = await agent.ServeAsync(engine, Walk(engine, agent, retries: 3));

        Assert.Equal(SnmpStatus.Ok, result.Status);
        Assert.Equal(3, engine.Statistics.Retransmissions);
        Assert.InRange(time.GetUtcNow() - time.Start, s_slow, s_slow + TimeSpan.FromSeconds(1));
    }

    private static Task<(WalkResult Result, List<VarBind> Rows)> Walk(SnmpEngine engine, SequentialAgent agent, int retries) =>
        engine.Open(Given.V2c(agent.EndPoint) with { Timeout = s_timeout, Retries = retries }).WalkAsync("1");
}
