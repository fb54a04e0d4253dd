namespace Towpath.Snmp.Tests;

public sealed class ManyAtOnceTests
{
    /// <summary>Exchanges are used again and again: no answer, timeout or cancellation of one operation may reach the next.</summary>
    [Fact]
    public async Task Thousands_of_operations_with_losses_and_cancellations_each_get_their_own_answer()
    {
        SnmpAgentOptions options =
            Given.Options(Given.SmallMib()) with { ByCommunity = community =>
            new SortedMibView(Enumerable.Range(1, 30).Select(i => Row(community, i))) };
        var agents = new List<AgentOnLoopback>();
        for (int a = 0; a < 20; a++)
        {
            var agent = new SnmpAgent(options);
            var random = new Random(a);
            agents.Add(new AgentOnLoopback(request =>
            {
                IReadOnlyList<byte[]> answer = AgentOnLoopback.Answer(agent, request);
                return random.Next(10) switch { 0 => [], 1 => [.. answer, .. answer], _ => answer };
            }));
        }
        await using var engine = new SnmpEngine(new SnmpEngineOptions { RequestsInFlightPerDevice = 4 });
        int cancelled = 0;

        await Task.WhenAll(Enumerable.Range(0, 3_000).Select(async i =>
        {
            using var cancellation = new CancellationTokenSource();
            if (i % 5 == 0) cancellation.CancelAfter(TimeSpan.FromMilliseconds(i % 50));
            string community = $"community {i}";
            ISnmpSession session =
                engine.Open(new SnmpTarget(agents[i % agents.Count].EndPoint,
                new SnmpCredential.V2c(community)) { Timeout = TimeSpan.FromSeconds(1), Retries = 10 });
            var rows = new List<VarBind>();
            try
            {
                WalkResult result = await session.WalkAsync(Given.Oid("1.3.6.1.4.1"),
                    (scoped in VarBindView row) => rows.Add(row.ToVarBind()), WalkBudget.Default, cancellation.Token);
                Assert.Equal(new WalkResult(SnmpStatus.Ok, 30, null), result);
                Assert.Equal(Enumerable.Range(1, 30).Select(n => Row(community, n)), rows);
            }
            catch (OperationCanceledException) when (i % 5 == 0)
            {
                Interlocked.Increment(ref cancelled);
            }
        }));

        Assert.InRange(cancelled, 1, 600);
        Assert.True(engine.Statistics.Retransmissions > 100);
        foreach (AgentOnLoopback agent in agents) await agent.DisposeAsync();
    }

    private static VarBind Row(string community, int index) =>
        new(Given.Oid($"1.3.6.1.4.1.9.{index}"), SnmpValue.Text($"{community} row {index}"));
}
