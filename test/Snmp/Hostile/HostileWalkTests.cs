namespace Towpath.Snmp.Tests;

/// <summary>Walks of agents that answer nonsense: they end, say why, and keep the rows they have.</summary>
public sealed class HostileWalkTests
{
    private const string Column = "1.3.6.1.2.1.2.2.1.2";

    [Fact]
    public async Task The_object_that_was_asked_for_again_ends_the_walk_as_non_increasing()
    {
        Outcome outcome = await WalkAsync(request => [request.Answer(Row(1), Row(2), Row(2))]);

        Assert.Equal((SnmpStatus.NonIncreasing, 2, 1), (outcome.Result.Status, outcome.Rows.Count, outcome.Requests));
        Assert.Contains($"{Column}.2", outcome.Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ring_of_objects_over_several_answers_ends_the_walk()
    {
        Outcome outcome = await WalkAsync(request =>
            [request.Names[0] == Row(3).Oid ? request.Answer(Row(1)) : request.Answer(Row(1), Row(2), Row(3))]);

        Assert.Equal((SnmpStatus.NonIncreasing, 3, 2), (outcome.Result.Status, outcome.Rows.Count, outcome.Requests));
    }

    [Fact]
    public async Task An_answer_without_variables_ends_the_walk()
    {
        Outcome outcome = await WalkAsync(request => [request.Names[0].Length > 10 ? request.Answer() : request.Answer(Row(1))]);

        Assert.Equal((SnmpStatus.AgentError, 1, 2), (outcome.Result.Status, outcome.Rows.Count, outcome.Requests));
    }

    [Fact]
    public async Task What_follows_endOfMibView_is_ignored()
    {
        Outcome outcome = await WalkAsync(request => [request.Answer(Row(1), Row(1) with { Value = SnmpValue.EndOfMibView }, Row(2))]);

        Assert.Equal((SnmpStatus.Ok, 1, 1), (outcome.Result.Status, outcome.Rows.Count, outcome.Requests));
    }

    [Fact]
    public async Task A_table_that_never_ends_is_cut_at_each_budget_and_the_next_agent_is_well()
    {
        await using var endless = new AgentOnLoopback(Given.Agent(new EndlessView()));
        await using var decent = new AgentOnLoopback(Given.Agent(Given.SmallMib()));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Given.V2c(endless.EndPoint));

        WalkResult byRows = (await session.WalkAsync("1.3.6.1.4.1", WalkBudget.Default with { Rows = 5_000 })).Result;
        WalkResult byOctets = (await session.WalkAsync("1.3.6.1.4.1", WalkBudget.Default with { Octets = 100_000 })).Result;
        WalkResult byTime = (await session.WalkAsync("1.3.6.1.4.1", WalkBudget.Default with { Time = TimeSpan.FromMilliseconds(200) }))
            .Result;

        Assert.Equal((SnmpStatus.BudgetSpent, 5_000), (byRows.Status, byRows.Rows));
        Assert.Contains("5000 rows", byRows.Reason, StringComparison.Ordinal);
        Assert.Equal(SnmpStatus.BudgetSpent, byOctets.Status);
        Assert.InRange(byOctets.Rows, 1_000, 10_000);
        Assert.Equal(SnmpStatus.BudgetSpent, byTime.Status);
        Assert.Equal(SnmpStatus.Ok, (await engine.Open(Given.V2c(decent.EndPoint)).WalkAsync("1")).Result.Status);
    }

    [Fact]
    public async Task A_table_that_ends_exactly_at_the_budget_is_whole()
    {
        await using var agent = new AgentOnLoopback(Given.Agent(Given.SmallMib(interfaces: 40)));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        WalkResult result = (await engine.Open(Given.V2c(agent.EndPoint)).WalkAsync(Column, WalkBudget.Default with { Rows = 40 })).Result;

        Assert.Equal(new WalkResult(SnmpStatus.Ok, 40, null), result);
    }

    [Fact]
    public async Task TooBig_halves_the_repetitions_down_to_single_rows()
    {
        var asked = new List<(PduType, int)>();
        Outcome outcome = await WalkAsync(request =>
        {
            asked.Add((request.Type, request.MaxRepetitions));
            if (request.Type == PduType.GetBulk) return [request.Answer(ErrorStatus.TooBig, 0)];
            int next = request.Names[0].Length > 10 ? (int)request.Names[0].SubIdentifiers[^1] + 1 : 1;
            return [next <= 3 ? request.Answer(Row(next))
                : request.Answer(request.Names.Select(n => new VarBind(n, SnmpValue.EndOfMibView)).ToArray())];
        });

        Assert.Equal((SnmpStatus.Ok, 3), (outcome.Result.Status, outcome.Rows.Count));
        Assert.Equal([(PduType.GetBulk, 10), (PduType.GetBulk, 5), (PduType.GetBulk, 2), (PduType.GetNext, 0), (PduType.GetNext, 0),
            (PduType.GetNext, 0), (PduType.GetNext, 0)], asked);
    }

    [Fact]
    public async Task An_agent_for_which_one_row_is_too_big_ends_the_walk()
    {
        Outcome outcome = await WalkAsync(request => [request.Answer(ErrorStatus.TooBig, 0)]);

        Assert.Equal((SnmpStatus.AgentError, 4), (outcome.Result.Status, outcome.Requests));
        Assert.Contains("tooBig", outcome.Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_answers_that_get_lost_are_asked_for_in_smaller_parts()
    {
        await using var agent =
            new AgentOnLoopback(request => AgentOnLoopback.Answer(Given.Agent(Given.SmallMib()), request) is [{ Length: <= 200 } small]
            ? [small] : []);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        (WalkResult result, List<VarBind> rows) = await engine.Open(Given.V2c(agent.EndPoint).Impatient()).WalkAsync(Column);

        Assert.Equal((SnmpStatus.Ok, 40), (result.Status, rows.Count));
    }

    [Fact]
    public async Task A_truncated_datagram_is_no_answer()
    {
        Outcome outcome = await WalkAsync(request => [request.Answer(Row(1), Row(2))[..^3]], target => target.Impatient());

        Assert.Equal((SnmpStatus.Timeout, 0), (outcome.Result.Status, outcome.Rows.Count));
        Assert.Equal(outcome.Requests, outcome.Statistics.Unreadable);
        Assert.Equal(2, outcome.Requests); // at 10 repetitions and at one
    }

    [Fact]
    public async Task Variables_that_cannot_be_read_end_the_walk_after_those_that_can()
    {
        Outcome outcome = await WalkAsync(request => [request.Answer(ErrorStatus.NoError, 0,
            (byte[])[.. Encoded(Row((int)(request.Names[0].Length > 10 ? request.Names[0].SubIdentifiers[^1] + 1 : 1))), 0x30, 0x05, 0x06,
                0x01])]);

        Assert.Equal((SnmpStatus.AgentError, 4), (outcome.Result.Status, outcome.Rows.Count)); // at 10, 5, 2 and 1 repetitions
        Assert.Equal(4, outcome.Requests);
    }

    [Fact]
    public async Task A_cell_of_a_wrong_type_costs_only_itself()
    {
        byte[] nineOctets = [0x30, 0x17, 0x06, 0x0a, .. Content(Row(2).Oid), 0x46, 0x09, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        Outcome outcome = await WalkAsync(request => [request.Answer(ErrorStatus.NoError, 0,
            (byte[])[.. Encoded(Row(1)), .. nineOctets, .. Encoded(Row(3)), .. Encoded(Row(3) with { Value = SnmpValue.EndOfMibView })])]);

        Assert.Equal(SnmpStatus.Ok, outcome.Result.Status);
        Assert.Equal([Row(1).Value, SnmpValue.Opaque(1, 2, 3, 4, 5, 6, 7, 8, 9), Row(3).Value], outcome.Rows.Select(r => r.Value));
    }

    [Fact]
    public async Task GenErr_on_one_row_keeps_the_rows_before_it()
    {
        Outcome outcome = await WalkAsync(request =>
        {
            int first = request.Names[0].Length > 10 ? (int)request.Names[0].SubIdentifiers[^1] + 1 : 1;
            int last = first + Math.Max(request.MaxRepetitions, 1) - 1;
            return [last >= 18 ? request.Answer(ErrorStatus.GenErr, 1)
                : request.Answer([.. Enumerable.Range(first, last - first + 1).Select(Row)])];
        });

        Assert.Equal((SnmpStatus.AgentError, 17), (outcome.Result.Status, outcome.Rows.Count));
        Assert.Contains("GenErr", outcome.Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_get_that_is_too_big_is_split()
    {
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            return [request.Names.Count > 3 ? request.Answer(ErrorStatus.TooBig, 0)
                : request.Answer([.. request.Names.Select(n => new VarBind(n, SnmpValue.Int(1)))])];
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ObjectIdentifier[] oids = [.. Enumerable.Range(1, 20).Select(i => Row(i).Oid)];

        SnmpResponse response = await engine.Open(Given.V2c(agent.EndPoint)).GetAsync(oids, CancellationToken.None);

        Assert.Equal(SnmpStatus.Ok, response.Status);
        Assert.Equal(oids, response.VarBinds.Select(v => v.Oid));
    }

    [Theory]
    [InlineData(nameof(ErrorStatus.TooBig))]
    [InlineData(nameof(ErrorStatus.GenErr))]
    public async Task A_variable_that_the_agent_cannot_tell_costs_a_get_only_itself(string error)
    {
        await using var agent = new AgentOnLoopback(datagram =>
        {
            var request = new Script(datagram);
            return [request.Names.Contains(Row(3).Oid)
                ? request.Answer(Enum.Parse<ErrorStatus>(error), 0)
                : request.Answer([.. request.Names.Select(n => new VarBind(n, SnmpValue.Int(1)))])];
        });
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint));

        SnmpResponse response = await session.GetAsync([.. Enumerable.Range(1, 7).Select(i => Row(i).Oid)], CancellationToken.None);

        Assert.Equal(SnmpStatus.Ok, response.Status);
        Assert.Equal([Row(3).Oid], response.VarBinds.Where(v => v.Value.Type >= SnmpType.NoSuchObject).Select(v => v.Oid));
        Assert.Equal(SnmpStatus.AgentError, (await session.GetAsync([Row(3).Oid], CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_get_answered_with_other_variables_is_an_error()
    {
        await using var agent = new AgentOnLoopback(datagram => [new Script(datagram).Answer(Row(1))]);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(Given.V2c(agent.EndPoint));

        Assert.Equal(SnmpStatus.AgentError, (await session.GetAsync([Row(2).Oid], CancellationToken.None)).Status);
        Assert.Equal(SnmpStatus.AgentError, (await session.GetAsync([Row(1).Oid, Row(2).Oid], CancellationToken.None)).Status);
        Assert.Equal(SnmpStatus.Ok, (await session.GetAsync([Row(1).Oid], CancellationToken.None)).Status);
    }

    private sealed record Outcome(WalkResult Result, List<VarBind> Rows, int Requests, SnmpEngineStatistics Statistics);

    private static async Task<Outcome> WalkAsync(Func<Script, IReadOnlyList<byte[]>> script, Func<SnmpTarget, SnmpTarget>? change = null)
    {
        await using var agent = new AgentOnLoopback(datagram => script(new Script(datagram)));
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        (WalkResult result, List<VarBind> rows) = await engine.Open((change ?? Given.Once)(Given.V2c(agent.EndPoint))).WalkAsync(Column);
        return new Outcome(result, rows, agent.Requests, engine.Statistics);
    }

    private static VarBind Row(int index) => new(Given.Oid($"{Column}.{index}"), SnmpValue.Text($"port {index}"));

    private static byte[] Encoded(VarBind variable)
    {
        var writer = new BerWriter(new byte[200]);
        VarBindCodec.Write(ref writer, variable.Oid.SubIdentifiers, variable.Value);
        return writer.Written.ToArray();
    }

    private static byte[] Content(ObjectIdentifier oid)
    {
        var writer = new BerWriter(new byte[200]);
        OidCodec.Write(ref writer, oid.SubIdentifiers);
        return writer.Written.ToArray();
    }

    /// <summary>Rows without end below 1.3.6.1.4.1.9.</summary>
    private sealed class EndlessView : IMibView
    {
        private static readonly ObjectIdentifier s_column = Given.Oid("1.3.6.1.4.1.9");

        public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value)
        {
            value = default;
            return false;
        }

        public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
        {
            uint index = s_column.IsPrefixOf(oid) && oid.Length > s_column.Length ? oid[^1] + 1 : 1;
            next = new VarBind(s_column.Append(index), SnmpValue.Gauge32(index));
            return true;
        }
    }
}
