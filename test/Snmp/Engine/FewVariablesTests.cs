using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>
/// Some agents drop a request of many variables without a word. They are asked in smaller ones, once it is known that they are there.
/// </summary>
public sealed class FewVariablesTests
{
    private const int Objects = 17;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);
    private static readonly ObjectIdentifier s_name = Given.Oid("1.3.6.1.2.1.1.1.0");
    private readonly FakeTimeProvider _time = new();
    private readonly List<int> _sizes = []; // variables of each request

    [Theory]
    [InlineData(8)]
    [InlineData(6)]
    [InlineData(4)]
    public async Task Objects_are_asked_for_in_as_small_requests_as_the_agent_answers(int most)
    {
        await using AgentOnLoopback agent = Dropping(most);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = _time });
        ISnmpSession session = Open(engine, agent);
        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);

        SnmpResponse first = await AskAsync(session), again = await AskAsync(session);

        Assert.All([first, again], response => Assert.Equal(
            Enumerable.Range(1, Objects).Select(number => SnmpValue.Text($"GigabitEthernet1/0/{number}")),
            response.VarBinds.Select(varBind => varBind.Value)));
        Assert.Equal([1, Objects, 4, 4, 4, 4, 1, 4, 4, 4, 4, 1], _sizes); // dropped once, and never again
    }

    [Fact]
    public async Task Subtrees_are_walked_as_many_together_as_the_agent_answers()
    {
        ObjectIdentifier[] columns = [.. Enumerable.Range(1, 9).Select(column => Given.Oid($"1.3.6.1.2.1.2.2.1.{column}"))];
        await using AgentOnLoopback agent = Dropping(6);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = _time });
        ISnmpSession session = Open(engine, agent);
        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([s_name], CancellationToken.None)).Status);
        var rows = new int[columns.Length];

        ImmutableArray<WalkResult> ended = await session.WalkAsync(
            columns, (int column, scoped in VarBindView _) => rows[column]++, WalkBudget.Default, CancellationToken.None);

        Assert.All(ended, end => Assert.Equal(SnmpStatus.Ok, end.Status));
        Assert.Equal([40, 40, 0, 0, 0, 0, 0, 0, 0], rows);
        Assert.Equal([9], _sizes.Where(size => size > 4));
    }

    [Fact]
    public async Task Who_never_answered_is_not_asked_a_second_time()
    {
        await using AgentOnLoopback agent = Dropping(0);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = _time });

        Assert.Equal(SnmpStatus.Timeout, (await AskAsync(Open(engine, agent))).Status);

        Assert.Equal([Objects], _sizes);
    }

    [Fact]
    public async Task Who_has_fallen_silent_is_asked_once_more()
    {
        bool isThere = true;
        await using AgentOnLoopback agent = Dropping(100, () => isThere);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = _time });
        ISnmpSession session = Open(engine, agent);
        Assert.Equal(SnmpStatus.Ok, (await AskAsync(session)).Status);
        isThere = false;

        Assert.Equal(SnmpStatus.Timeout, (await AskAsync(session)).Status);

        isThere = true;
        Assert.Equal(SnmpStatus.Ok, (await AskAsync(session)).Status);
        Assert.Equal([Objects, Objects, 4, Objects], _sizes); // it has not shown that it takes fewer only
    }

    private static Task<SnmpResponse> AskAsync(ISnmpSession session) => session.GetAsync(
        [.. Enumerable.Range(1, Objects).Select(number => Given.Oid($"1.3.6.1.2.1.2.2.1.2.{number}"))], CancellationToken.None);

    private static ISnmpSession Open(SnmpEngine engine, AgentOnLoopback agent) =>
        engine.Open(Given.V2c(agent.EndPoint) with { Timeout = s_timeout, Retries = 0 });

    /// <summary>What it drops takes the time that is waited for it; all else takes none.</summary>
    private AgentOnLoopback Dropping(int most, Func<bool>? isThere = null)
    {
        SnmpAgent decent = Given.Agent(Given.SmallMib());
        return new AgentOnLoopback(datagram =>
        {
            int variables = new Script(datagram).Names.Count;
            _sizes.Add(variables);
            if (variables <= most && isThere?.Invoke() != false) return AgentOnLoopback.Answer(decent, datagram);
            _time.Advance(s_timeout);
            return [];
        });
    }
}
