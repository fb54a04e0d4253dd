using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Snmp.Tests;

/// <summary>
/// Several subtrees walked together give what walks of each alone give, in fewer requests, whatever the agent makes of it.
/// </summary>
public sealed class JointWalkTests
{
    private static readonly ObjectIdentifier[] s_columns = [Given.Oid("1.3.6.1.2.1.2.2.1.10"), Given.Oid("1.3.6.1.2.1.2.2.1.2"),
        Given.Oid("1.3.6.1.2.1.2.2.1.99"), Given.Oid("1.3.6.1.2.1.31.1.1.1.6")];

    [Fact]
    public async Task Columns_are_handed_over_whole_in_a_few_requests()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));

        Outcome outcome = await WalkAsync(agent, s_columns);

        AssertWhole(outcome, Given.SmallMib());
        Assert.InRange(agent.Requests, 1, 4); // one after the other: 7
    }

    [Theory]
    [InlineData(484)]
    [InlineData(500)]
    [InlineData(555)]
    [InlineData(1472)]
    public async Task Answers_may_be_cut_anywhere(int size)
    {
        var random = new Random(size);
        for (int round = 0; round < 20; round++)
        {
            var mib = new SortedMibView(s_columns.SelectMany(column => Enumerable.Range(0, random.Next(60)).Select(_ =>
                new VarBind(column.Append((uint)random.Next(100)), SnmpValue.Text(new string('x', random.Next(40)))))));
            await using var agent = new AgentOnLoopback(new SnmpAgent(Given.Options(mib) with { MaxResponseOctets = size }));
            AssertWhole(await WalkAsync(agent, s_columns), mib);
        }
    }

    [Fact]
    public async Task SNMPv1_has_no_bulk_and_is_walked_one_by_one()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib(interfaces: 3)));

        Outcome outcome = await WalkAsync(agent, [.. s_columns.Take(3)], Given.V1);

        AssertWhole(outcome, Given.SmallMib(interfaces: 3));
    }

    [Fact]
    public async Task A_budget_of_no_rows_tells_which_subtrees_have_any()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));

        Outcome outcome = await WalkAsync(agent, s_columns, budget: WalkBudget.Default with { Rows = 0 });

        Assert.Equal([SnmpStatus.BudgetSpent, SnmpStatus.BudgetSpent, SnmpStatus.Ok, SnmpStatus.BudgetSpent],
            outcome.Results.Select(result => result.Status));
        Assert.All(outcome.Rows, Assert.Empty);
        Assert.Equal(1, agent.Requests);
    }

    [Fact]
    public async Task Each_subtree_has_its_own_budget_of_rows()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));

        Outcome outcome = await WalkAsync(agent, s_columns, budget: WalkBudget.Default with { Rows = 25 });

        Assert.Equal([(SnmpStatus.BudgetSpent, 25), (SnmpStatus.BudgetSpent, 25), (SnmpStatus.Ok, 0), (SnmpStatus.Ok, 1)],
            outcome.Results.Select(result => (result.Status, result.Rows)));
        Assert.Equal([25, 25, 0, 1], outcome.Rows.Select(rows => rows.Count));
    }

    [Fact]
    public async Task An_agent_that_answers_column_by_column_is_asked_for_each_alone()
    {
        SnmpAgent decent = Given.Agent(Given.SmallMib());
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            if (request.Names.Count == 1) return AgentOnLoopback.Answer(decent, datagram);
            return [request.Answer([.. request.Names.SelectMany(name => Next(Given.SmallMib(), name, request.MaxRepetitions))])];
        });

        AssertWhole(await WalkAsync(agent, s_columns), Given.SmallMib());
    }

    /// <summary>Which row belongs to which subtree, only the place in the answer says.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_agent_that_answers_the_columns_of_each_row_in_another_order_loses_no_row(int rotation)
    {
        static IEnumerable<VarBind> Rotated(IEnumerable<VarBind> row, int by) => [.. row.Skip(by), .. row.Take(by)];
        await using AgentOnLoopback agent = Disordered(
            Given.SmallMib(interfaces: 5), (rows, _) => [.. rows.SelectMany(row => Rotated(row, rotation))]);

        AssertWhole(await WalkAsync(agent, s_columns), Given.SmallMib(interfaces: 5));
        Outcome served = await WalkAsync(agent, s_columns, budget: WalkBudget.Default with { Rows = 0 });
        Assert.Equal(
            [SnmpStatus.BudgetSpent, SnmpStatus.BudgetSpent, SnmpStatus.Ok, SnmpStatus.BudgetSpent],
            served.Results.Select(result => result.Status));
    }

    [Fact]
    public async Task An_agent_that_leaves_a_cell_out_and_cuts_its_answer_anywhere_loses_no_row()
    {
        for (int missing = 0; missing < 12; missing++)
        {
            for (int length = missing; length <= 12; length++)
            {
                if (length == 0) continue; // an empty answer is another fault
                await using AgentOnLoopback agent = Disordered(Given.SmallMib(interfaces: 5), (rows, first) =>
                {
                    VarBind[] cells = [.. rows.SelectMany(row => row)];
                    return first ? [.. cells.Take(missing), .. cells.Skip(missing + 1).Take(length - missing)] : cells;
                });

                Outcome outcome = await WalkAsync(agent, s_columns);

                for (int column = 0; column < s_columns.Length; column++)
                {
                    bool whole = Whole(outcome, column, Given.SmallMib(interfaces: 5));
                    Assert.True(whole, $"cell {missing} missing of {length}, column {column}: {outcome.Results[column]}");
                }
            }
        }
    }

    [Fact]
    public async Task A_subtree_walked_alone_that_ends_well_after_the_time_says_nothing_of_the_others()
    {
        SnmpAgent decent = Given.Agent(Given.SmallMib(interfaces: 5));
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            return request.Names.Count > 1 ? [request.Answer(ErrorStatus.GenErr, 1)] : AgentOnLoopback.Answer(decent, datagram);
        });
        var time = new FakeTimeProvider();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time });

        ImmutableArray<WalkResult> results = await engine.Open(Given.V2c(agent.EndPoint).Once()).WalkAsync(
            s_columns, (int _, scoped in VarBindView _) => time.Advance(TimeSpan.FromSeconds(1)),
            WalkBudget.Default with { Time = TimeSpan.FromSeconds(5) }, CancellationToken.None);

        Assert.Equal([(SnmpStatus.Ok, 5), (SnmpStatus.BudgetSpent, 0), (SnmpStatus.BudgetSpent, 0), (SnmpStatus.BudgetSpent, 0)],
            results.OrderByDescending(result => result.Rows).Select(result => (result.Status, result.Rows)));
        Assert.All(
            results.Where(result => result.Rows == 0),
            result => Assert.Contains("budget of 5 seconds", result.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_request_that_is_lost_does_not_make_the_rest_a_walk_of_single_rows()
    {
        const int Interfaces = 1_000;
        SnmpAgent decent = Given.Agent(Given.SmallMib(Interfaces));
        int number = 0;
        await using var agent = new AgentOnLoopback(datagram => ++number == 5 ? [] : AgentOnLoopback.Answer(decent, datagram));

        AssertWhole(await WalkAsync(agent, s_columns, target => Given.V2c(target).Impatient()), Given.SmallMib(Interfaces));

        Assert.InRange(agent.Requests, 40, 200); // single rows: 2,000
    }

    [Fact]
    public async Task An_agent_whose_joint_answers_are_all_lost_is_walked_alone_in_ever_larger_parts()
    {
        const int Interfaces = 1_000;
        SnmpAgent decent = Given.Agent(Given.SmallMib(Interfaces));
        await using var agent = new AgentOnLoopback(
            datagram => new Script(datagram).Names.Count > 1 ? [] : AgentOnLoopback.Answer(decent, datagram));

        AssertWhole(await WalkAsync(agent, s_columns, target => Given.V2c(target).Impatient()), Given.SmallMib(Interfaces));

        Assert.InRange(agent.Requests, 40, 300);
    }

    [Fact]
    public async Task An_agent_that_does_not_know_the_user_is_not_asked_for_every_subtree()
    {
        var user = new SnmpCredential.V3("operator", AuthProtocol.Sha256, "authentication", PrivProtocol.None, "");
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));

        Outcome outcome = await WalkAsync(agent, s_columns, target => new SnmpTarget(target, user).Impatient());

        Assert.All(outcome.Results, result => Assert.Equal(SnmpStatus.UnknownUser, result.Status));
        Assert.Equal(2, agent.Requests); // the discovery, and once together
    }

    [Theory]
    [InlineData(nameof(ErrorStatus.GenErr))]
    [InlineData(nameof(ErrorStatus.AuthorizationError))]
    public async Task A_column_that_the_agent_cannot_read_costs_only_itself(string error)
    {
        SnmpAgent decent = Given.Agent(Given.SmallMib());
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            bool spoiled = request.Names.Any(s_columns[0].Equals);
            return spoiled ? [request.Answer(Enum.Parse<ErrorStatus>(error), 1)] : AgentOnLoopback.Answer(decent, datagram);
        });

        Outcome outcome = await WalkAsync(agent, s_columns);

        Assert.NotEqual(SnmpStatus.Ok, outcome.Results[0].Status);
        Assert.Equal([(SnmpStatus.Ok, 40), (SnmpStatus.Ok, 0), (SnmpStatus.Ok, 1)],
            outcome.Results.Skip(1).Select(result => (result.Status, result.Rows)));
        Assert.Equal(40, outcome.Rows[1].Count);
    }

    [Fact]
    public async Task A_column_that_goes_round_in_circles_ends_as_non_increasing_and_the_others_are_whole()
    {
        SnmpAgent decent = Given.Agent(Given.SmallMib());
        ObjectIdentifier first = s_columns[0].Append(1);
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            if (!request.Names.Any(name => s_columns[0].IsPrefixOf(name.SubIdentifiers))) return AgentOnLoopback.Answer(decent, datagram);
            return [request.Answer([.. request.Names.SelectMany(name => s_columns[0].IsPrefixOf(name.SubIdentifiers)
                ? [new VarBind(first, SnmpValue.Int(1))] : Next(Given.SmallMib(), name, 1))])];
        });

        Outcome outcome = await WalkAsync(agent, s_columns);

        Assert.Equal((SnmpStatus.NonIncreasing, 1), (outcome.Results[0].Status, outcome.Results[0].Rows));
        Assert.Equal([40, 0, 1], outcome.Rows.Skip(1).Select(rows => rows.Count));
    }

    [Fact]
    public async Task Large_answers_that_get_lost_are_asked_for_in_smaller_parts()
    {
        SnmpAgent decent = Given.Agent(Given.SmallMib(interfaces: 5));
        await using var agent = new AgentOnLoopback(datagram => AgentOnLoopback.Answer(decent, datagram) is [{ Length: <= 200 } small]
            ? [small] : []);

        AssertWhole(await WalkAsync(agent, s_columns, target => Given.V2c(target).Impatient()), Given.SmallMib(interfaces: 5));
    }

    [Fact]
    public async Task An_agent_that_is_silent_is_not_asked_for_every_subtree()
    {
        await using var agent = new AgentOnLoopback(_ => []);

        Outcome outcome = await WalkAsync(agent, s_columns, target => Given.V2c(target).Impatient());

        Assert.All(outcome.Results, result => Assert.Equal(SnmpStatus.Timeout, result.Status));
        Assert.Equal(2, agent.Requests); // together, then the first one alone
    }

    [Fact]
    public async Task An_endless_table_is_cut_when_its_time_is_over()
    {
        uint index = 0;
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            return [request.Answer([.. request.Names.Select(name =>
                new VarBind(s_columns.First(column => column.IsPrefixOf(name.SubIdentifiers)).Append(++index), SnmpValue.Int(1)))])];
        });

        Outcome outcome = await WalkAsync(agent, s_columns, budget: WalkBudget.Default with { Time = TimeSpan.FromMilliseconds(200) });

        Assert.All(outcome.Results, result => Assert.Equal(SnmpStatus.BudgetSpent, result.Status));
        Assert.All(outcome.Results, result => Assert.Contains("0.2 seconds", result.Reason, StringComparison.Ordinal));
    }

    /// <summary>Or a table would have no whole row before its last column comes.</summary>
    [Theory]
    [InlineData(nameof(ErrorStatus.TooBig))]
    [InlineData(nameof(ErrorStatus.GenErr))]
    public async Task Columns_that_cannot_be_asked_together_are_walked_in_turns(string error)
    {
        SortedMibView mib = Given.SmallMib(interfaces: 500);
        SnmpAgent decent = Given.Agent(mib);
        var alone = new List<int>();
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            if (request.Names.Count > 1) return [request.Answer(Enum.Parse<ErrorStatus>(error), 1)];
            alone.Add(Array.FindIndex(s_columns, column => column.IsPrefixOf(request.Names[0].SubIdentifiers)));
            return AgentOnLoopback.Answer(decent, datagram);
        });

        AssertWhole(await WalkAsync(agent, [.. s_columns.Take(3)], time: new FakeTimeProvider()), mib);

        Assert.Equal([0, 1, 2, 0, 1, 0, 1, 0, 1], alone.Take(9)); // there is nothing in the third
        Assert.InRange(alone.Count, 10, 40); // as many as one after the other
    }

    [Fact]
    public async Task An_agent_whose_answers_hold_less_than_one_row_of_all_columns_brings_them_in_step()
    {
        const int Interfaces = 50;
        SortedMibView mib = Given.SmallMib(Interfaces);
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            return [request.Answer([.. Next(mib, request.Names[0], 1)])];
        });

        int[] come = [0, 0];
        int apart = 0;
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = new FakeTimeProvider() });
        ImmutableArray<WalkResult> results = await engine.Open(Given.V2c(agent.EndPoint)).WalkAsync(
            [.. s_columns.Take(2)],
            (int root, scoped in VarBindView _) =>
            {
                come[root]++;
                apart = Math.Max(apart, Math.Abs(come[0] - come[1]));
            },
            WalkBudget.Default, CancellationToken.None);

        Assert.All(results, result => Assert.Equal(new WalkResult(SnmpStatus.Ok, Interfaces, null), result));
        Assert.Equal(1, apart);
        Assert.InRange(agent.Requests, 2 * Interfaces, 2 * Interfaces + 5);
    }

    [Fact]
    public async Task Each_request_waits_for_the_pause_before_it()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));
        foreach (Func<System.Net.IPEndPoint, SnmpTarget> target in (Func<System.Net.IPEndPoint, SnmpTarget>[])[Given.V2c, Given.V1])
        {
            (int before, int pauses) = (agent.Requests, 0);
            bool early = false;
            await WalkAsync(agent, [.. s_columns.Take(3)], target, WalkBudget.Default with { Pause = RestAsync }, new FakeTimeProvider());
            Assert.Equal(agent.Requests - before, pauses);
            Assert.False(early);

            async ValueTask RestAsync(CancellationToken cancellationToken)
            {
                await Task.Yield();
                early |= agent.Requests - before != pauses++;
            }
        }
    }

    [Fact]
    public async Task The_end_of_each_column_is_told_once()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));
        foreach (Func<System.Net.IPEndPoint, SnmpTarget> target in (Func<System.Net.IPEndPoint, SnmpTarget>[])[Given.V2c, Given.V1])
        {
            var ended = new List<int>();
            WalkBudget budget = WalkBudget.Default with { Ended = ended.Add };
            AssertWhole(await WalkAsync(agent, [.. s_columns.Take(3)], target, budget, new FakeTimeProvider()), Given.SmallMib());
            Assert.Equal([0, 1, 2], ended.Order());
            Assert.Equal(2, ended[0]); // there is none, so it is known at once
        }
    }

    private static IEnumerable<VarBind> Next(SortedMibView mib, ObjectIdentifier after, int count)
    {
        for (; count > 0 && mib.TryGetNext(after.SubIdentifiers, out VarBind next); count--)
        {
            yield return next;
            after = next.Oid;
        }
    }

    /// <param name="order">Makes cells of the rows; the second argument is true for the first answer to several names.</param>
    private static AgentOnLoopback Disordered(SortedMibView mib, Func<IEnumerable<IEnumerable<VarBind>>, bool, VarBind[]> order)
    {
        SnmpAgent decent = Given.Agent(mib);
        bool first = true;
        return new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            if (request.Names.Count == 1) return AgentOnLoopback.Answer(decent, datagram);
            VarBind[][] columns = [.. request.Names.Select(name => Next(mib, name, request.MaxRepetitions).ToArray())];
            int rows = columns.Min(column => column.Length); // behind the last object of all there is nothing
            VarBind[] cells = order(Enumerable.Range(0, rows).Select(row => columns.Select(column => column[row])), first);
            first = false;
            return [request.Answer(cells)];
        });
    }

    private static bool Whole(Outcome outcome, int column, SortedMibView mib)
    {
        IEnumerable<ObjectIdentifier> expected = mib.ToVarBinds().Select(row => row.Oid)
            .Where(oid => s_columns[column].IsPrefixOf(oid.SubIdentifiers));
        return outcome.Results[column].Status == SnmpStatus.Ok && expected.SequenceEqual(outcome.Rows[column].Select(row => row.Oid));
    }

    private static void AssertWhole(Outcome outcome, SortedMibView mib)
    {
        for (int column = 0; column < outcome.Results.Length; column++)
        {
            VarBind[] expected = [.. mib.ToVarBinds().Where(row => s_columns[column].IsPrefixOf(row.Oid.SubIdentifiers))];
            Assert.Equal(expected.Select(row => row.Oid), outcome.Rows[column].Select(row => row.Oid));
            Assert.Equal(new WalkResult(SnmpStatus.Ok, expected.Length, null), outcome.Results[column]);
        }
    }

    private sealed record Outcome(ImmutableArray<WalkResult> Results, List<VarBind>[] Rows);

    /// <param name="time">One that stands still where requests are counted: nothing is sent again then.</param>
    private static async Task<Outcome> WalkAsync(
        AgentOnLoopback agent, ObjectIdentifier[] roots, Func<System.Net.IPEndPoint, SnmpTarget>? target = null, WalkBudget? budget = null,
        TimeProvider? time = null)
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Time = time ?? TimeProvider.System });
        List<VarBind>[] rows = [.. roots.Select(_ => new List<VarBind>())];
        ImmutableArray<WalkResult> results = await engine.Open((target ?? Given.V2c)(agent.EndPoint))
            .WalkAsync(roots, (int root, scoped in VarBindView row) => rows[root].Add(row.ToVarBind()), budget ?? WalkBudget.Default,
                CancellationToken.None);
        return new Outcome(results, rows);
    }
}
