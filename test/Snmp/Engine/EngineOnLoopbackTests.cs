namespace Towpath.Snmp.Tests;

/// <summary>Our engine asks our agent over real UDP.</summary>
public sealed class EngineOnLoopbackTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SortedMibView _mib = Given.SmallMib();
    private readonly SnmpEngine _engine = new(new SnmpEngineOptions());
    private readonly AgentOnLoopback _agent;

    public EngineOnLoopbackTests() => _agent = new AgentOnLoopback(Given.Agent(_mib));

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _agent.DisposeAsync();
    }

    [Fact]
    public async Task A_get_answers_in_the_order_asked_and_says_what_is_missing()
    {
        SnmpResponse response = await _engine.Open(Given.V2c(_agent.EndPoint)).GetAsync(
            [Given.Oid("1.3.6.1.2.1.1.7.0"), Given.Oid("1.3.6.1.2.1.1.1.0"), Given.Oid("1.3.6.1.2.1.1.1.7"),
                Given.Oid("1.3.6.1.2.1.99.1.0")], CancellationToken.None);

        Assert.Equal(SnmpStatus.Ok, response.Status);
        Assert.Equal(
            [SnmpValue.Int(-78), SnmpValue.Text("Towpath test agent"), SnmpValue.NoSuchInstance, SnmpValue.NoSuchObject],
            response.VarBinds.Select(v => v.Value));
    }

    [Fact]
    public async Task A_getnext_answers_with_what_is_behind_each_and_says_where_nothing_is()
    {
        ObjectIdentifier last = _mib.ToVarBinds().Last().Oid;
        ObjectIdentifier[] asked = [last, Given.Oid("1.3.6.1.2.1.1"), _mib.ToVarBinds().First().Oid];
        foreach (SnmpTarget target in new[] { Given.V2c(_agent.EndPoint), Given.V1(_agent.EndPoint) })
        {
            SnmpResponse response = await _engine.Open(target).GetNextAsync(asked, CancellationToken.None);
            Assert.Equal(SnmpStatus.Ok, response.Status);
            Assert.Equal([SnmpValue.EndOfMibView, .. asked[1..].Select(Behind)], response.VarBinds.Select(bind => bind.Value));
        }

        SnmpValue Behind(ObjectIdentifier oid) => _mib.ToVarBinds().First(bind => bind.Oid.CompareTo(oid) > 0).Value;
    }

    [Fact]
    public async Task A_barred_target_gets_no_packet_and_every_request_says_why()
    {
        ISnmpSession session = _engine.Open(Given.V2c(_agent.EndPoint) with { Barred = "nothing is sent there" });
        (WalkResult walk, List<VarBind> rows) = await session.WalkAsync("1");
        WalkResult[] joint = [.. await session.ForVlan(10).WalkAsync(
            new[] { Given.Oid("1.3.6"), Given.Oid("1.4") }, (int _, scoped in VarBindView _) => { }, WalkBudget.Default,
            CancellationToken.None)];
        SnmpResponse get = await session.GetAsync([Given.Oid("1.3.6.1.2.1.1.1.0")], CancellationToken.None);

        Assert.Equal((SnmpStatus.Unreachable, "nothing is sent there", false), (get.Status, get.Reason, get.IsSilent));
        Assert.All(joint.Append(walk), result => Assert.Equal(new WalkResult(SnmpStatus.Unreachable, 0, "nothing is sent there"), result));
        Assert.Equal((3, 0, 0L, 0), (joint.Length + 1, rows.Count, _engine.Statistics.Sent, _agent.Requests));
    }

    [Fact]
    public async Task A_walk_hands_over_every_instance_in_order()
    {
        (WalkResult result, List<VarBind> rows) = await _engine.Open(Given.V2c(_agent.EndPoint)).WalkAsync("1");

        Assert.Equal(new WalkResult(SnmpStatus.Ok, _mib.Count, null), result);
        Assert.Equal(_mib.ToVarBinds(), rows);
    }

    [Fact]
    public async Task A_walk_stays_below_its_root()
    {
        (WalkResult result, List<VarBind> rows) = await _engine.Open(Given.V2c(_agent.EndPoint)).WalkAsync("1.3.6.1.2.1.2.2.1.2");

        Assert.Equal(SnmpStatus.Ok, result.Status);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => SnmpValue.Text($"GigabitEthernet1/0/{i}")), rows.Select(r => r.Value));
    }

    [Fact]
    public async Task A_v1_walk_gets_everything_but_Counter64()
    {
        (WalkResult result, List<VarBind> rows) = await _engine.Open(Given.V1(_agent.EndPoint)).WalkAsync("1.3");

        Assert.Equal(SnmpStatus.Ok, result.Status);
        Assert.Equal(_mib.ToVarBinds().Where(v => v.Value.Type != SnmpType.Counter64), rows);
    }

    [Fact]
    public async Task A_v1_get_says_which_of_many_are_missing()
    {
        SnmpResponse response = await _engine.Open(Given.V1(_agent.EndPoint)).GetAsync(
            [Given.Oid("1.3.6.1.2.1.1.9.0"), Given.Oid("1.3.6.1.2.1.1.7.0"), Given.Oid("1.3.6.1.2.1.31.1.1.1.6.1")],
            CancellationToken.None);

        Assert.Equal([SnmpValue.NoSuchObject, SnmpValue.Int(-78), SnmpValue.NoSuchObject], response.VarBinds.Select(v => v.Value));
    }

    [Fact]
    public async Task A_get_of_more_than_a_message_holds_is_split()
    {
        ObjectIdentifier[] all =
            [.. Enumerable.Range(1, 40)
            .SelectMany(i => new[] { Given.Oid($"1.3.6.1.2.1.2.2.1.1.{i}"), Given.Oid($"1.3.6.1.2.1.2.2.1.2.{i}"),
            Given.Oid($"1.3.6.1.2.1.2.2.1.10.{i}") })];

        SnmpResponse response = await _engine.Open(Given.V2c(_agent.EndPoint)).GetAsync(all, CancellationToken.None);

        Assert.Equal(all, response.VarBinds.Select(v => v.Oid));
        Assert.DoesNotContain(response.VarBinds, v => v.Value.Type >= SnmpType.NoSuchObject);
    }

    [Fact]
    public async Task A_vlan_is_reached_by_the_community()
    {
        ISnmpSession session = _engine.Open(Given.V2c(_agent.EndPoint));
        ISnmpSession impatient = _engine.Open(Given.V2c(_agent.EndPoint).Impatient());

        Assert.Equal(SnmpStatus.Ok, (await session.ForVlan(10).WalkAsync("1.3.6.1.2.1.1")).Result.Status);
        Assert.Equal(SnmpStatus.Timeout, (await impatient.ForVlan(11).WalkAsync("1.3.6.1.2.1.1")).Result.Status);
    }

    [Fact]
    public async Task The_address_map_decides_where_packets_go_and_answers_come_from()
    {
        var somewhere = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("192.0.2.7"), 161);
        await using var engine =
            new SnmpEngine(new SnmpEngineOptions { Route = asked => asked.Equals(somewhere) ? _agent.EndPoint : asked });

        ISnmpSession session = engine.Open(Given.V2c(somewhere));
        (WalkResult result, List<VarBind> rows) = await session.WalkAsync("1");

        Assert.Equal(SnmpStatus.Ok, result.Status);
        Assert.Equal(_mib.Count, rows.Count);
        Assert.Equal(somewhere, session.Target.EndPoint);
    }

    [Fact]
    public async Task A_silent_address_is_a_timeout_after_all_attempts()
    {
        await using var silent = new AgentOnLoopback(_ => []);

        SnmpResponse response =
            await _engine.Open(Given.V2c(silent.EndPoint) with { Timeout = TimeSpan.FromMilliseconds(100), Retries = 2 })
            .GetAsync([Given.Oid("1.3.6.1.2.1.1.1.0")], CancellationToken.None);

        Assert.Equal(SnmpStatus.Timeout, response.Status);
        Assert.Empty(response.VarBinds);
        Assert.Contains("3 attempts", response.Reason, StringComparison.Ordinal);
        Assert.Equal(3, _engine.Statistics.Sent);
    }

    [Fact]
    public async Task Many_sessions_share_one_socket()
    {
        await using var second = new AgentOnLoopback(Given.Agent(Given.SmallMib(interfaces: 500)));

        (WalkResult Result, List<VarBind> Rows)[] walks = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => _engine.Open(Given.V2c(i % 2 == 0 ? _agent.EndPoint : second.EndPoint)).WalkAsync("1.3.6.1")));

        Assert.All(walks, (walk, i) => Assert.Equal((SnmpStatus.Ok, i % 2 == 0 ? 128 : 1_508), (walk.Result.Status, walk.Rows.Count)));
    }

    [Fact]
    public async Task Cancelling_ends_a_waiting_walk_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        await using var silent = new AgentOnLoopback(_ =>
        {
            cancellation.Cancel();
            return [];
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _engine.Open(Given.V2c(silent.EndPoint) with { Timeout = TimeSpan.FromHours(1) })
            .GetAsync([Given.Oid("1.3.6.1")], cancellation.Token));
    }

    [Fact]
    public async Task Disposing_the_engine_ends_what_waits()
    {
        var engine = new SnmpEngine(new SnmpEngineOptions());
        var asked = new TaskCompletionSource();
        await using var silent = new AgentOnLoopback(_ =>
        {
            asked.TrySetResult();
            return [];
        });
        Task<SnmpResponse> waiting = engine.Open(Given.V2c(silent.EndPoint) with { Timeout = TimeSpan.FromHours(1) })
            .GetAsync([Given.Oid("1.3.6.1")], CancellationToken.None);
        await asked.Task;

        await engine.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }
}
