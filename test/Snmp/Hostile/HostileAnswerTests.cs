using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>Answers that are not the answer, late ones, lost ones: ignored and counted, and the right one is still taken.</summary>
public sealed class HostileAnswerTests
{
    private static readonly VarBind s_name = new(Given.Oid("1.3.6.1.2.1.1.5.0"), SnmpValue.Text("right"));
    private static readonly VarBind s_lie = s_name with { Value = SnmpValue.Text("wrong") };

    [Fact]
    public async Task Another_request_id_is_unexpected() =>
        Assert.Equal(1, (await AskAsync(request => [Other(request, id: request.RequestId ^ 1).Answer(s_lie), request.Answer(s_name)]))
            .Unexpected);

    [Fact]
    public async Task Another_community_or_version_is_foreign()
    {
        Assert.Equal(1, (await AskAsync(request =>
            [Other(request, community: "private"u8.ToArray()).Answer(s_lie), request.Answer(s_name)])).Foreign);
        Assert.Equal(1, (await AskAsync(request => [Other(request, version: SnmpVersion.V1).Answer(s_lie), request.Answer(s_name)]))
            .Foreign);
    }

    [Fact]
    public async Task Our_own_request_sent_back_is_foreign() =>
        Assert.Equal(1, (await AskAsync(request => [request.Datagram, request.Answer(s_name)])).Foreign);

    [Fact]
    public async Task Another_port_or_address_is_foreign()
    {
        foreach (IPAddress address in (IPAddress[])[IPAddress.Loopback, IPAddress.Parse("127.0.0.2")])
        {
            using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            other.Bind(new IPEndPoint(address, 0));
            SnmpEngineStatistics statistics = await AskAsync(async (agent, datagram, from) =>
            {
                var request = new Script(datagram);
                await other.SendToAsync(request.Answer(s_lie), from);
                await agent.SendAsync(request.Answer(s_name), from);
            });
            Assert.Equal(1, statistics.Foreign);
        }
    }

    [Fact]
    public async Task Noise_is_unreadable() =>
        Assert.Equal(2, (await AskAsync(request => ["\0\0\0"u8.ToArray(), [], request.Answer(s_name)])).Unreadable);

    /// <summary>
    /// Who does not see our requests can still send in the agent's name: to the silence that is told it adds a sentence, and no doubt.
    /// </summary>
    [Theory]
    [InlineData(false, "request-id that was not asked")]
    [InlineData(true, "no whole SNMP message")]
    public async Task What_carries_no_id_of_ours_leaves_a_silent_address_silent(bool noise, string told)
    {
        var time = new FakeTimeProvider();
        int number = 0;
        await using var agent = new AgentOnLoopback(datagram =>
            ++number == 1 ? [] : noise
                ? ["noise"u8.ToArray()] : [Other(new Script(datagram), id: new Script(datagram).RequestId ^ 1 << 20).Answer(s_lie)]);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint) with { Retries = 0 });

        SnmpResponse silent = await AskAsync(() => agent.Requests == 1);
        SnmpResponse forged = await AskAsync(() => engine.Statistics.Unexpected + engine.Statistics.Unreadable == 1);

        Assert.Equal((SnmpStatus.Timeout, true), (silent.Status, silent.IsSilent));
        Assert.Equal((SnmpStatus.Timeout, true), (forged.Status, forged.IsSilent));
        Assert.StartsWith(silent.Reason!, forged.Reason, StringComparison.Ordinal);
        Assert.Contains(told, forged.Reason![silent.Reason!.Length..], StringComparison.Ordinal);
        Assert.Contains("which anybody can", forged.Reason, StringComparison.Ordinal);

        async Task<SnmpResponse> AskAsync(Func<bool> hasCome)
        {
            Task<SnmpResponse> asking = session.GetAsync([s_name.Oid], CancellationToken.None);
            while (!hasCome()) await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(60));
            return await asking;
        }
    }

    [Fact]
    public async Task Duplicates_are_counted_once()
    {
        await using var agent = new AgentOnLoopback(datagram =>
        {
            IReadOnlyList<byte[]> answer = AgentOnLoopback.Answer(Given.Agent(Given.SmallMib()), datagram);
            return [.. answer, .. answer, .. answer];
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        (WalkResult result, List<VarBind> rows) = await engine.Open(Given.V2c(agent.EndPoint)).WalkAsync("1");

        Assert.Equal(Given.SmallMib().ToVarBinds(), rows);
        Assert.Equal(SnmpStatus.Ok, result.Status);
        // the last ones may still be on their way
        Assert.InRange(engine.Statistics.Unexpected, 2 * (agent.Requests - 1), 3 * agent.Requests);
    }

    [Fact]
    public async Task An_answer_to_the_first_attempt_is_taken_after_the_second_was_sent()
    {
        byte[]? first = null;
        await using var agent = new AgentOnLoopback(datagram =>
        {
            byte[] answer = new Script(datagram).Answer(s_name);
            if (first is null)
            {
                first = answer;
                return [];
            }
            return [first];
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        SnmpResponse response = await engine.Open(Given.V2c(agent.EndPoint).Impatient() with { Retries = 2 })
            .GetAsync([s_name.Oid], CancellationToken.None);

        Assert.Equal(SnmpStatus.Ok, response.Status);
        Assert.InRange(engine.Statistics.Retransmissions, 1, 2);
    }

    [Fact]
    public async Task Request_ids_do_not_follow_each_other()
    {
        var ids = new HashSet<int>();
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            ids.Add(request.RequestId);
            return [request.Answer(s_name)];
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint));
        for (int i = 0; i < 200; i++) await session.GetAsync([s_name.Oid], CancellationToken.None);

        Assert.InRange(ids.Count, 190, 200 + (int)engine.Statistics.Retransmissions); // a request sent again has an id of its own
        Assert.DoesNotContain(ids.Order().Zip(ids.Order().Skip(1)),
            pair => pair.Second == pair.First + 1 && ids.Contains(pair.First + 2) && ids.Contains(pair.First + 3));
        Assert.All(ids, id => Assert.InRange(id, 0, int.MaxValue));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Loss_duplicates_and_reordering_change_nothing(int seed)
    {
        SortedMibView mib = Given.SmallMib(interfaces: 100);
        SnmpAgent decent = Given.Agent(mib);
        var random = new Random(seed);
        var held = new List<byte[]>();
        int answered = 0;
        await using var relay = new AgentOnLoopback(request =>
        {
            if (random.NextDouble() < 0.3 || random.NextDouble() < 0.3) return []; // lost on one of its two ways
            answered++;
            held.AddRange(AgentOnLoopback.Answer(decent, request));
            if (random.NextDouble() < 0.1) held.Add(held[^1]);
            if (random.NextDouble() < 0.1 && held.Count < 3) return []; // overtaken by the next
            byte[][] now = [.. held];
            random.Shuffle(now);
            held.Clear();
            return now;
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        (WalkResult result, List<VarBind> rows) =
            await engine.Open(Given.V2c(relay.EndPoint) with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 10 }).WalkAsync("1");

        Assert.Equal(SnmpStatus.Ok, result.Status);
        Assert.Equal(mib.ToVarBinds(), rows);
        Assert.InRange(relay.Requests, answered, 200);
    }

    [Fact]
    public async Task Ten_thousand_silent_agents_do_not_hold_up_a_hundred_others()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.LocalEndPoint!).Port;
        using var end = new CancellationTokenSource();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        Task<SnmpResponse>[] waiting = [.. Enumerable.Range(0, 10_000).Select(i => engine
            .Open(Given.V2c(new IPEndPoint(new IPAddress([127, 1, (byte)(i >> 8), (byte)i]), port)) with { Timeout =
                TimeSpan.FromMinutes(10) })
            .GetAsync([s_name.Oid], end.Token))];

        (WalkResult Result, List<VarBind> Rows)[] walks = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(_ => engine.Open(Given.V2c(agent.EndPoint)).WalkAsync("1")));

        Assert.All(walks, walk => Assert.Equal((SnmpStatus.Ok, 128), (walk.Result.Status, walk.Rows.Count)));
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    [Fact]
    public async Task An_agent_is_asked_one_thing_at_a_time()
    {
        var allAsked = new TaskCompletionSource();
        var queued = new List<int>();
        await using var agent = new AgentOnLoopback(async (self, datagram, from) =>
        {
            await allAsked.Task;
            queued.Add(self.Queued);
            await self.SendAsync(new Script(datagram).Answer(s_name), from);
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        Task<SnmpResponse>[] gets =
            [.. Enumerable.Range(0, 8)
            .Select(_ => engine.Open(Given.V2c(agent.EndPoint).Once()).GetAsync([s_name.Oid], CancellationToken.None))];
        allAsked.SetResult();
        await Task.WhenAll(gets);

        Assert.Equal(Enumerable.Repeat(0, 8), queued);
    }

    [Fact]
    public async Task A_caller_that_blocks_after_an_answer_does_not_stop_the_engine()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        using var otherDone = new ManualResetEventSlim();

        async Task BlockAfterAnswerAsync()
        {
            await engine.Open(Given.V2c(agent.EndPoint)).GetAsync([Given.Oid("1.3.6.1.2.1.1.1.0")], CancellationToken.None)
                .ConfigureAwait(false);
            Assert.True(otherDone.Wait(TimeSpan.FromSeconds(30)));
        }

        Task blocked = BlockAfterAnswerAsync();
        Assert.Equal(SnmpStatus.Ok, (await engine.Open(Given.V2c(agent.EndPoint)).WalkAsync("1")).Result.Status);
        otherDone.Set();
        await blocked;
    }

    private static Script Other(Script request, int? id = null, byte[]? community = null,
        SnmpVersion? version = null) => new(request.Datagram)
    {
        RequestId = id ?? request.RequestId,
        Community = community ?? request.Community,
        Version = version ?? request.Version,
    };

    private static Task<SnmpEngineStatistics> AskAsync(Func<Script, IReadOnlyList<byte[]>> script) =>
        AskAsync(async (agent, datagram, from) =>
    {
        foreach (byte[] answer in script(new Script(datagram))) await agent.SendAsync(answer, from);
    });

    /// <summary>Asks for the name; whatever else arrives, the right one must come of it.</summary>
    private static async Task<SnmpEngineStatistics> AskAsync(Func<AgentOnLoopback, byte[], EndPoint, Task> script)
    {
        await using var agent = new AgentOnLoopback(script);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        SnmpResponse response = await engine.Open(Given.V2c(agent.EndPoint)).GetAsync([s_name.Oid], CancellationToken.None);
        Assert.Equal(SnmpStatus.Ok, response.Status);
        Assert.Equal(s_name, Assert.Single(response.VarBinds));
        return engine.Statistics;
    }
}
