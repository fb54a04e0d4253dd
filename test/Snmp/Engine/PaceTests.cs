using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>How fast silent addresses are asked, by a clock that is moved by hand: what the engine has sent, it counts at once.</summary>
public sealed class PaceTests : IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly ObjectIdentifier s_name = Given.Oid("1.3.6.1.2.1.1.1.0");

    private readonly FakeTimeProvider _time = new();
    // holds the port that nobody answers on
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _asked = [];

    public PaceTests() => _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (Task asked in _asked) await asked.ContinueWith(static _ => { }, TaskScheduler.Default);
        _silent.Dispose();
        _end.Dispose();
    }

    [Fact]
    public async Task Many_subnets_get_200_datagrams_in_any_second()
    {
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time });
        for (int i = 0; i < 2_000; i++) Ask(engine, Address(i % 250, i / 250));

        List<long> sent = Run(engine, TimeSpan.FromSeconds(5));

        Assert.InRange(MostInASecond(sent), 195, 200);
        Assert.InRange(sent[^1], 970, 1_000);
    }

    [Fact]
    public async Task One_subnet_gets_20_datagrams_in_any_second_and_holds_up_no_other()
    {
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time });
        for (int i = 1; i < 200; i++) Ask(engine, Address(1, i));
        Run(engine, s_tick);
        long before = engine.Statistics.Sent;

        Ask(engine, Address(2, 1));
        Assert.Equal(before + 1, engine.Statistics.Sent); // at once

        List<long> sent = Run(engine, TimeSpan.FromSeconds(5));
        Assert.InRange(MostInASecond(sent), 19, 20);
        Assert.InRange(sent[^1] - before - 1, 95, 100);
    }

    [Fact]
    public async Task Repetitions_are_paced_like_first_datagrams()
    {
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time });
        for (int i = 1; i <= 100; i++) Ask(engine, Address(1, i), retries: 2);

        List<long> sent = Run(engine, TimeSpan.FromSeconds(30));

        Assert.InRange(MostInASecond(sent), 19, 20);
        Assert.Equal((300, 200), (engine.Statistics.Sent, engine.Statistics.Retransmissions));
        await Task.WhenAll(_asked).WaitAsync(TimeSpan.FromSeconds(20)); // on other threads, a little later
    }

    [Fact]
    public async Task The_timeout_starts_when_the_datagram_is_sent()
    {
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time, Pace = new SnmpPace(1, 1) });
        for (int i = 1; i <= 3; i++) Ask(engine, Address(1, i), retries: 0, timeout: TimeSpan.FromSeconds(4));

        Run(engine, TimeSpan.FromSeconds(3)); // sent after 0, 1 and 2 seconds
        Assert.Equal(3, engine.Statistics.Sent);
        Assert.Equal([false, false, false], await EndedAsync(0));
        Run(engine, TimeSpan.FromSeconds(1));
        Assert.Equal([true, false, false], await EndedAsync(1));
        Run(engine, TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], await EndedAsync(2));
        Run(engine, TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, true], await EndedAsync(3));

        async Task<IEnumerable<bool>> EndedAsync(int ended)
        {
            await Task.WhenAll(_asked.Take(ended)); // their continuations run elsewhere
            return _asked.Select(asked => asked.IsCompleted);
        }
    }

    /// <summary>Discoveries tell slow agents by it.</summary>
    [Fact]
    public async Task What_an_agent_takes_for_its_answer_does_not_include_the_wait_for_the_pace()
    {
        var asked = new TaskCompletionSource();
        await using var agent = new AgentOnLoopback(async (self, request, from) =>
        {
            asked.TrySetResult();
            _time.Advance(TimeSpan.FromSeconds(0.25));
            await self.SendAsync(AgentOnLoopback.Answer(Given.Agent(Given.SmallMib()), request)[0], from);
        });
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time, Pace = new SnmpPace(1, 1) });
        Ask(engine, Address(1, 1));
        Task<SnmpResponse> answer = engine.Open(Given.V2c(agent.EndPoint))
            .GetAsync([Given.Oid("1.3.6.1.2.1.1.1.0")], CancellationToken.None);

        for (int i = 0; i < 100; i++) _time.Advance(s_tick); // one datagram a second: it is sent after that second
        await asked.Task;

        Assert.Equal((SnmpStatus.Ok, TimeSpan.FromSeconds(0.25)), ((await answer).Status, (await answer).Took));
    }

    [Fact]
    public async Task An_address_that_has_answered_is_not_paced_even_when_nobody_has_spoken_to_it_meanwhile()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time, Pace = new SnmpPace(1, 1) });
        await GetAsync(engine, agent);
        GC.Collect();
        for (int i = 1; i <= 50; i++) Ask(engine, Address(i, 1));

        for (int i = 0; i < 10; i++) await GetAsync(engine, agent); // the clock stands still

        Assert.Equal(11, agent.Requests);
        Assert.Equal(11, engine.Statistics.Sent); // the first has had the only datagram of this second
    }

    [Fact]
    public async Task A_target_may_name_a_pace_of_its_own_that_others_share()
    {
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time });
        var own = new SnmpPace(50, 50);
        for (int i = 0; i < 500; i++) Ask(engine, Address(i % 250, i / 250), pace: own);
        List<long> sent = Run(engine, TimeSpan.FromSeconds(3));
        Assert.InRange(MostInASecond(sent), 49, 50);

        long before = engine.Statistics.Sent;
        for (int i = 0; i < 500; i++) Ask(engine, Address(i % 250, 10 + i / 250), pace: SnmpPace.Unlimited);
        Assert.Equal(before + 500, engine.Statistics.Sent);
    }

    [Fact]
    public async Task Who_is_cancelled_while_it_waits_takes_nobody_elses_turn()
    {
        await using SnmpEngine engine = Engine(new SnmpEngineOptions { Time = _time, Pace = new SnmpPace(10, 10) });
        Ask(engine, Address(1, 1)); // takes the first turn
        using var cancelled = new CancellationTokenSource();
        for (int i = 0; i < 1_000; i++) Ask(engine, Address(1, 2), token: cancelled.Token);
        Ask(engine, Address(1, 3));

        await cancelled.CancelAsync();
        Run(engine, TimeSpan.FromMilliseconds(110));

        Assert.Equal(2, engine.Statistics.Sent);
    }

    private static SnmpEngine Engine(SnmpEngineOptions options) => new(options);

    private static IPAddress Address(int subnet, int host) => new([127, 70, (byte)subnet, (byte)(1 + host)]);

    private async Task GetAsync(SnmpEngine engine, AgentOnLoopback agent) =>
        Assert.Equal(SnmpStatus.Ok, (await engine.Open(Given.V2c(agent.EndPoint).Once()).GetAsync([s_name], _end.Token)).Status);

    private void Ask(
        SnmpEngine engine, IPAddress address, int retries = 0, TimeSpan? timeout = null, SnmpPace? pace = null,
        CancellationToken? token = null)
    {
        var target = new SnmpTarget(new IPEndPoint(address, ((IPEndPoint)_silent.LocalEndPoint!).Port), new SnmpCredential.V2c("public"))
        {
            Retries = retries, Timeout = timeout ?? TimeSpan.FromSeconds(2), Pace = pace,
        };
        _asked.Add(engine.Open(target).GetAsync([s_name], token ?? _end.Token));
    }

    /// <summary>How much was sent until the end of each tick.</summary>
    private List<long> Run(SnmpEngine engine, TimeSpan time)
    {
        var sent = new List<long>();
        for (TimeSpan past = default; past < time; past += s_tick)
        {
            _time.Advance(s_tick);
            sent.Add(engine.Statistics.Sent);
        }
        return sent;
    }

    private static long MostInASecond(List<long> sent) => sent.Skip(100).Zip(sent, (later, earlier) => later - earlier).Max();
}
