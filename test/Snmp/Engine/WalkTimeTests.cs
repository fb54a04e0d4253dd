using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>What an operation may take in time binds each of its requests; what has ended holds nothing.</summary>
public sealed class WalkTimeTests
{
    private static readonly ObjectIdentifier s_root = Given.Oid("1.3.6.1.2.1.2.2.1.2");
    private static readonly TimeSpan s_half = TimeSpan.FromSeconds(0.5);
    private static readonly WalkBudget s_fiveSeconds = WalkBudget.Default with { Time = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task A_request_waits_no_longer_than_what_is_left_of_its_walk()
    {
        await using var silent = new AgentOnLoopback(_ => []);
        var time = new FakeTimeProvider();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });
        ISnmpSession session = engine.Open(Patient(silent.EndPoint));

        Task<WalkResult> alone = session.WalkAsync(s_root, (scoped in VarBindView _) => { }, s_fiveSeconds, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(4.9));
        time.Advance(TimeSpan.FromSeconds(0.1));
        WalkResult result = await alone;
        Assert.Equal(SnmpStatus.BudgetSpent, result.Status);
        Assert.Contains("5 seconds", result.Reason, StringComparison.Ordinal);

        var together = session.WalkAsync(
            [s_root, s_root.Append(7)], (int _, scoped in VarBindView _) => { }, s_fiveSeconds, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.All(await together, ended => Assert.Equal(SnmpStatus.BudgetSpent, ended.Status));

        Task<SnmpResponse> get = session.GetAsync([s_root], TimeSpan.FromSeconds(5), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(SnmpStatus.Timeout, (await get).Status);
    }

    [Fact]
    public async Task The_wait_for_the_pace_is_part_of_the_time()
    {
        await using var silent = new AgentOnLoopback(_ => []);
        var time = new FakeTimeProvider();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time, Pace = new SnmpPace(1, 1) });
        Task<SnmpResponse> first = engine.Open(Patient(silent.EndPoint)).GetAsync([s_root], s_half, CancellationToken.None);
        var other = new IPEndPoint(IPAddress.Parse("127.0.0.9"), silent.EndPoint.Port);
        Task<SnmpResponse> second = engine.Open(Patient(other)).GetAsync([s_root], s_half, CancellationToken.None);

        time.Advance(s_half);

        Assert.Equal([SnmpStatus.Timeout, SnmpStatus.Timeout], (await Task.WhenAll(first, second)).Select(response => response.Status));
        Assert.Equal(1, engine.Statistics.Sent);
    }

    [Fact]
    public async Task The_caller_may_have_had_enough_for_a_reason_of_its_own()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib(interfaces: 500)));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        int rows = 0;
        WalkBudget budget = WalkBudget.Default with { Enough = () => rows > 50 ? "50 ports" : null };

        WalkResult result = await engine.Open(Given.V2c(agent.EndPoint))
            .WalkAsync(s_root, (scoped in VarBindView _) => rows++, budget, CancellationToken.None);

        Assert.Equal(SnmpStatus.BudgetSpent, result.Status);
        Assert.InRange(result.Rows, 51, 150);
        Assert.Contains("its budget of 50 ports is spent", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_owed_answers_is_not_waited_for_longer_after_a_request_that_timed_out()
    {
        var time = new FakeTimeProvider();
        var held = new List<Script>();
        int number = 0;
        await using var agent = new AgentOnLoopback(async (self, datagram, from) =>
        {
            held.Add(new Script(datagram));
            if (++number == 3) await self.SendAsync(held[0].Answer(new VarBind(s_root, SnmpValue.Int(1))), from); // two more are owed
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint) with { Timeout = TimeSpan.FromSeconds(2), Retries = 2 });
        Task<SnmpResponse> first = session.GetAsync([s_root], CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(0.5));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SnmpStatus.Ok, (await first).Status);

        Task<SnmpResponse> second = session.GetAsync([s_root], CancellationToken.None);
        for (int i = 0; i < 3; i++) time.Advance(TimeSpan.FromSeconds(6)); // each wait is three times as long as the longest
        Assert.Equal(SnmpStatus.Timeout, (await second).Status);

        Task<SnmpResponse> third = session.GetAsync([s_root], CancellationToken.None);
        for (int i = 0; i < 3; i++) time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SnmpStatus.Timeout, (await third).Status);
    }

    [Fact]
    public async Task An_exchange_that_has_ended_holds_no_device()
    {
        var table = new ExchangeTable(new FakeTimeProvider(), new Counters());
        WeakReference device = await UseAsync(table);

        GC.Collect();

        Assert.False(device.IsAlive);
        GC.KeepAlive(table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(ExchangeTable table)
    {
        var device = new Device(null!, new IPEndPoint(IPAddress.Loopback, 161).Serialize(), 1, new KnownAgents());
        table.Return(await table.RentAsync(device, null, CancellationToken.None));
        return new WeakReference(device);
    }

    /// <summary>As long as the API allows.</summary>
    private static SnmpTarget Patient(IPEndPoint endPoint) => Given.V2c(endPoint) with { Timeout = TimeSpan.FromSeconds(60), Retries = 10 };
}
