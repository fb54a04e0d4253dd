namespace Towpath.Snmp.Tests;

public sealed class AdaptiveTimeoutTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);
    private static readonly ObjectIdentifier s_name = Given.Oid("1.3.6.1.2.1.1.5.0");

    [Fact]
    public void An_unknown_agent_gets_the_longest_wait() => Assert.Equal(s_longest, new RoundTrip().Wait(s_longest, 0));

    [Fact]
    public void A_fast_agent_gets_100_ms_and_twice_as_much_each_time()
    {
        var roundTrip = new RoundTrip();
        roundTrip.Answered(TimeSpan.FromMilliseconds(1), 0);

        Assert.Equal([100, 200, 400, 800, 1_600, 2_000, 2_000], Enumerable.Range(0, 7).Select(n => (int)roundTrip.Wait(s_longest, n).TotalMilliseconds));
    }

    [Fact]
    public void A_slow_agent_gets_its_round_trip_and_four_variations()
    {
        var roundTrip = new RoundTrip();
        roundTrip.Answered(TimeSpan.FromMilliseconds(300), 0);
        Assert.Equal(900, roundTrip.Wait(s_longest, 0).TotalMilliseconds); // 300 + 4 * 150

        for (int i = 0; i < 50; i++) roundTrip.Answered(TimeSpan.FromMilliseconds(300), 0);
        Assert.InRange(roundTrip.Wait(s_longest, 0).TotalMilliseconds, 300, 301);
    }

    [Fact]
    public void An_answer_after_a_retransmission_is_no_sample_but_keeps_the_longer_wait()
    {
        var roundTrip = new RoundTrip();
        roundTrip.Answered(TimeSpan.FromMilliseconds(1), 0);
        roundTrip.Answered(TimeSpan.FromMilliseconds(500), retransmissions: 2);
        Assert.Equal(400, roundTrip.Wait(s_longest, 0).TotalMilliseconds);

        roundTrip.Answered(TimeSpan.FromMilliseconds(1), 0);
        Assert.Equal(100, roundTrip.Wait(s_longest, 0).TotalMilliseconds);
    }

    [Fact]
    public async Task Waits_adapt_to_the_agent_but_the_last_one_is_the_whole_timeout()
    {
        bool silent = false;
        await using var agent = new AgentOnLoopback(datagram => silent ? [] : [new Script(datagram).Answer(new VarBind(s_name, SnmpValue.Text("a")))]);
        var time = new ManualTime();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint) with { Timeout = s_longest, Retries = 2 });
        await session.GetAsync([s_name], CancellationToken.None); // takes no time at all by this clock
        silent = true;

        Task<SnmpResponse> get = session.GetAsync([s_name], CancellationToken.None);
        Assert.Equal((0, false), After(99));
        Assert.Equal((1, false), After(1)); // 100 ms
        Assert.Equal((1, false), After(199));
        Assert.Equal((2, false), After(1)); // 200 ms
        Assert.Equal((2, false), After(1_999));
        time.Advance(TimeSpan.FromMilliseconds(1));
        SnmpResponse response = await get;

        Assert.Equal(SnmpStatus.Timeout, response.Status);
        Assert.Equal(4, engine.Statistics.Sent);

        (long Retransmissions, bool Completed) After(int milliseconds)
        {
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return (engine.Statistics.Retransmissions, get.IsCompleted);
        }
    }

    [Fact]
    public void The_size_of_a_GetBulk_grows_until_its_answers_fill_a_datagram()
    {
        var size = new BulkSize();
        Assert.Equal(10, size.Repetitions);
        for (int i = 0; i < 5; i++) size.Answered(size.Repetitions, size.Repetitions * 28);
        Assert.Equal(50, size.Repetitions);

        size.Answered(50, 5_000); // rows became longer
        Assert.Equal(14, size.Repetitions);
        Assert.True(size.TryShrink(divisor: 2));
        size.Answered(7, 7 * 28);
        Assert.Equal(7, size.Repetitions); // what was too big once is not tried again
    }
}
