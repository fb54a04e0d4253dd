using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

public sealed class AdaptiveTimeoutTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);
    private static readonly ObjectIdentifier s_name = Given.Oid("1.3.6.1.2.1.1.5.0");

    [Fact]
    public void An_unknown_agent_gets_half_a_second_once_and_then_the_longest_wait() =>
        Assert.Equal([500, 2_000, 2_000, 2_000], Enumerable.Range(0, 4).Select(n => Milliseconds(new RoundTrip(), n)));

    [Fact]
    public void The_last_transmission_gets_the_longest_wait()
    {
        Assert.Equal(2_000, Milliseconds(new RoundTrip(), 0, last: true));
        Assert.Equal(2_000, Milliseconds(Known(1), 1, last: true));
    }

    [Fact]
    public void A_fast_agent_gets_100_ms_and_twice_as_much_each_time() =>
        Assert.Equal([100, 200, 400, 800, 1_600, 2_000, 2_000], Enumerable.Range(0, 7).Select(n => Milliseconds(Known(1), n)));

    [Fact]
    public void A_slow_agent_gets_its_round_trip_and_four_variations()
    {
        RoundTrip roundTrip = Known(300);
        Assert.Equal(900, Milliseconds(roundTrip, 0)); // 300 + 4 * 150

        for (int i = 0; i < 50; i++) roundTrip.Answered(TimeSpan.FromMilliseconds(300), 0);
        Assert.Equal(300, Milliseconds(roundTrip, 0));
    }

    [Fact]
    public void An_agent_that_owes_answers_gets_time_for_them_once()
    {
        RoundTrip roundTrip = Known(1);
        roundTrip.Answered(TimeSpan.FromMilliseconds(1), owed: 2);
        Assert.Equal([300, 600, 1_200], Enumerable.Range(0, 3).Select(n => Milliseconds(roundTrip, n)));
        Assert.Equal(6_000, Milliseconds(roundTrip, 3, last: true));

        roundTrip.Answered(TimeSpan.FromMilliseconds(1), owed: 0);
        Assert.Equal(100, Milliseconds(roundTrip, 0));
    }

    [Fact]
    public async Task Each_transmission_has_an_id_of_its_own_and_its_answer_is_a_sample()
    {
        List<int> ids = [];
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            ids.Add(request.RequestId);
            return ids.Count is 1 or 3 ? [] : [request.Answer(new VarBind(s_name, SnmpValue.Text("a")))]; // the first of each two is lost
        });
        var time = new FakeTimeProvider();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint) with { Timeout = s_longest, Retries = 2 });

        Task<SnmpResponse> unknown = session.GetAsync([s_name], CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(SnmpStatus.Ok, (await unknown).Status);
        Task<SnmpResponse> known = session.GetAsync([s_name], CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(100)); // the answer to the second took no time
        Assert.Equal(SnmpStatus.Ok, (await known).Status);

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(2, engine.Statistics.Retransmissions);
    }

    [Fact]
    public async Task Waits_adapt_to_the_agent_but_the_last_one_is_the_whole_timeout()
    {
        bool silent = false;
        await using var agent =
            new AgentOnLoopback(datagram => silent ? [] : [new Script(datagram).Answer(new VarBind(s_name, SnmpValue.Text("a")))]);
        var time = new FakeTimeProvider();
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

    [Fact]
    public void The_size_of_a_GetBulk_grows_again_after_a_loss_more_slowly_each_time()
    {
        var size = new BulkSize();
        Assert.Equal([8, 64], [GoodAnswersAfterLoss(), GoodAnswersAfterLoss()]);

        int GoodAnswersAfterLoss()
        {
            Assert.True(size.TryAfterLoss());
            Assert.Equal(1, size.Repetitions);
            int answers = 0;
            for (; size.Repetitions == 1; answers++) size.Answered(1, 28);
            for (int i = 0; i < 10_000; i++) size.Answered(size.Repetitions, size.Repetitions * 28);
            Assert.Equal(50, size.Repetitions);
            while (size.Repetitions > 8) size.Answered(1, 175); // longer rows
            return answers;
        }
    }

    private static RoundTrip Known(double milliseconds)
    {
        var roundTrip = new RoundTrip();
        roundTrip.Answered(TimeSpan.FromMilliseconds(milliseconds), 0);
        return roundTrip;
    }

    private static int Milliseconds(RoundTrip roundTrip, int retransmissions, bool last = false) =>
        (int)roundTrip.Wait(s_longest, retransmissions, last).TotalMilliseconds;
}
