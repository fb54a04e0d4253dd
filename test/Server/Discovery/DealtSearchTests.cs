using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>A search of many addresses that is dealt out: its parts, wherever they run, are one discovery.</summary>
public sealed class DealtSearchTests : IAsyncLifetime
{
    private readonly DealtServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_part_has_a_job_and_the_end_of_the_last_is_the_end()
    {
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);
        Assert.Equal([$"{id}.1.0", $"{id}.1.1", $"{id}.1.2", $"{id}.1.3", $"{id}.1.4"], _server.Jobs.Parts());
        Assert.Empty(await _server.FoundAsync(id));

        foreach (int part in (int[])[3, 0, 4, 1])
        {
            await _server.RunPartAsync(id, part);
            Assert.Equal(DiscoveryCondition.InProgress, await _server.ConditionAsync(id));
        }
        await _server.RunPartAsync(id, 2);

        Assert.Equal(DiscoveryCondition.Complete, await _server.ConditionAsync(id));
        Ipv4Address[] asked = [.. (await _server.FoundAsync(id)).Select(job => job.Address)];
        Assert.Equal((1_026, DealtServer.First, DealtServer.Last), (asked.Length, asked[0], asked[^1]));
    }

    [Fact]
    public async Task A_search_that_is_dealt_again_has_those_parts_begin_that_have_not_ended()
    {
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);
        await _server.RunPartAsync(id, 1);
        await _server.RunPartAsync(id, 2);
        _server.Jobs.Parts();

        await _server.DealAsync(id);

        Assert.Equal([$"{id}.1.0", $"{id}.1.3", $"{id}.1.4"], _server.Jobs.Parts());
        foreach (int part in (int[])[0, 3, 4]) await _server.RunPartAsync(id, part);
        Assert.Equal(DiscoveryCondition.Complete, await _server.ConditionAsync(id));
    }

    [Fact]
    public async Task Whoever_takes_a_part_over_asks_only_what_was_not_saved()
    {
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);
        var dead = Guid.NewGuid();
        SaveDiscoveryJobs saved = Silent(id, 1, dead, "10.77.11.7");
        Assert.Equal([true, true], await _server.CommitAsync(new BeginDiscoveryPart(id, 1, 1, dead), saved));

        await _server.RunPartAsync(id, 1);

        Assert.Equal([false, false], await _server.CommitAsync(Silent(id, 1, dead, "10.77.11.9"), new EndDiscoveryPart(id, 1, dead)));
        DiscoveryJob[] jobs = await _server.FoundAsync(id);
        Assert.Equal(256, jobs.Length);
        Assert.Equal("10.77.11.7", Assert.Single(jobs, job => job.Reason == "before the death").Address.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_comes_after_the_last_part_has_ended_ends_the_run_if_nobody_has(bool dealer)
    {
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);
        var dead = Guid.NewGuid();
        for (int part = 0; part < DealtServer.Parts; part++)
            await _server.CommitAsync(new BeginDiscoveryPart(id, 1, part, dead), new EndDiscoveryPart(id, part, dead));
        Assert.Equal(DiscoveryCondition.InProgress, await _server.ConditionAsync(id));

        await (dealer ? _server.DealAsync(id) : _server.RunPartAsync(id, 4));

        Assert.Equal(DiscoveryCondition.Complete, await _server.ConditionAsync(id));
        Assert.Empty(await _server.FoundAsync(id));
    }

    [Fact]
    public async Task A_fault_in_one_part_ends_the_run_and_the_parts_that_are_under_way()
    {
        int id = await _server.SearchAsync(timeout: 60);
        await _server.DealAsync(id);
        await using var silent = new Silence(_server.EndPointOf(DealtServer.Last));
        Task other = _server.RunPartAsync(id, 4);
        await silent.AskedAsync();
        _server.Writer.Refuse = writes =>
            writes[0] is SaveDiscoveryJobs { Part: 3 } ? new InvalidOperationException("A fault of ours.") : null;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _server.RunPartAsync(id, 3));

        Assert.Equal(DiscoveryCondition.Aborted, await _server.ConditionAsync(id));
        await other.WaitAsync(Silence.Patience);
        await _server.RunPartAsync(id, 0); // not wanted any more
        Assert.DoesNotContain(await _server.FoundAsync(id), job => job.Address == DealtServer.First || job.Address == DealtServer.Last);
    }

    [Fact]
    public async Task A_stop_ends_the_parts_under_way_and_a_new_run_has_all_of_them_again()
    {
        int id = await _server.SearchAsync(timeout: 60);
        await _server.DealAsync(id);
        await using var silent = new Silence(_server.EndPointOf(DealtServer.Last));
        Task part = _server.RunPartAsync(id, 4);
        await silent.AskedAsync();

        await _server.ChangeAsync(id, "Inactive");

        await part.WaitAsync(Silence.Patience);
        await _server.RunPartAsync(id, 0);
        Assert.Equal((DiscoveryCondition.Aborted, 0), (await _server.ConditionAsync(id), (await _server.FoundAsync(id)).Length));

        await _server.ChangeAsync(id, "Active");
        await _server.RunPartAsync(id, 0); // of the run before
        Assert.Empty(await _server.FoundAsync(id));
        _server.Jobs.Parts();
        await _server.DealAsync(id, run: 2);
        Assert.Equal(DealtServer.Parts, _server.Jobs.Parts().Length);
        await _server.RunPartAsync(id, 1, run: 2);
        Assert.Equal(256, (await _server.FoundAsync(id)).Length);
    }

    [Fact]
    public async Task A_device_that_another_part_has_found_is_neither_asked_nor_read_again()
    {
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);
        SnmpAgent router = Router();
        await using var first = new AgentOnLoopback(router, _server.EndPointOf(DealtServer.First));
        await using var last = new AgentOnLoopback(router, _server.EndPointOf(DealtServer.Last));

        await _server.RunPartAsync(id, 0);
        await _server.RunPartAsync(id, 4);

        DiscoveryJob[] jobs = await _server.FoundAsync(id);
        Assert.Equal((JobOutcome.Collected, JobOutcome.Duplicate), (jobs[0].Outcome, jobs[^1].Outcome));
        Assert.Equal((true, 0), (first.Requests > 0, last.Requests));
        Assert.Single((await _server.Store.FindAsync(id, default))!.Devices);
    }

    [Fact]
    public async Task A_device_that_was_found_in_another_run_only_is_asked()
    {
        SnmpAgent router = Router();
        await using var first = new AgentOnLoopback(router, _server.EndPointOf(DealtServer.First));
        await using var last = new AgentOnLoopback(router, _server.EndPointOf(DealtServer.Last));
        await _server.DealAsync(await _server.DiscoverAsync("Single", $"{DealtServer.First}"));
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);

        await _server.RunPartAsync(id, 4);

        Assert.Equal(JobOutcome.Collected, Assert.Single(await _server.FoundAsync(id)).Outcome);
    }

    /// <summary>Its second interface went down; it still says that the address is its own, and is managed there.</summary>
    [Fact]
    public async Task A_device_that_another_part_has_found_is_there_though_it_does_not_answer_where_it_is_managed()
    {
        await using (new AgentOnLoopback(Router(), _server.EndPointOf(DealtServer.Last)))
            await _server.DealAsync(await _server.DiscoverAsync("Single", $"{DealtServer.Last}"));
        int id = await _server.SearchAsync();
        await _server.DealAsync(id);
        await using (new AgentOnLoopback(Router(isDown: true), _server.EndPointOf(DealtServer.First))) await _server.RunPartAsync(id, 0);

        await _server.RunPartAsync(id, 4);

        Assert.Equal(JobOutcome.NoAnswer, (await _server.FoundAsync(id))[^1].Outcome);
        InventoryView view = await _server.Service<Devices>().UpToDateAsync(default);
        DeviceRecord device = Assert.Single(view.State.Records.Values);
        Assert.Equal((DealtServer.Last, null), (device.ManagementAddress, device.UnreachableReason));
    }

    private static SaveDiscoveryJobs Silent(int id, int part, Guid runner, string address) =>
        new(id, 1, [new DiscoveryJob(id, 1, Ipv4Address.Parse(address), JobOutcome.NoAnswer)
        {
            Reason = "before the death", StartedAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch,
        }], runner) { Part = part };

    /// <summary>A device with both addresses.</summary>
    private static SnmpAgent Router(bool isDown = false)
    {
        string down = isDown ? "true" : "false";
        string last = $$"""{ "name": "Loopback1", "addresses": ["{{DealtServer.Last}}/32"], "shutdown": {{down}} }""";
        SimulatedDevice device = new SimulatedNetwork(NetworkDescription.Parse($$"""
            { "name": "small", "links": [], "devices": [ {
              "name": "router", "kind": "switch", "mac": "02:00:00:01:00:00", "managementAddress": "{{DealtServer.First}}",
              "model": "WS-C3850-48P", "serial": "FOC00000001",
              "interfaces": [ { "name": "Loopback0", "addresses": ["{{DealtServer.First}}/32"] }, {{last}} ] } ] }
            """), TimeProvider.System).Devices[0];
        return new SnmpAgent(new SnmpAgentOptions
        {
            EngineId = [0x80, 0, 0x1f, 0x88, 5, 1, 2, 3, 4, 5, 6, 7], EngineBoots = 1, Time = TimeProvider.System,
            ByCommunity = asked => asked == "public" ? device.View("") : null, ByContext = device.View, Users = [],
        });
    }

    /// <summary>Somebody who is asked and never answers: the part that asks is under way.</summary>
    private sealed class Silence : IAsyncDisposable
    {
        public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly AgentOnLoopback _agent;

        public Silence(System.Net.IPEndPoint at) => _agent = new AgentOnLoopback(_ =>
        {
            _asked.TrySetResult();
            return [];
        }, at);

        public Task AskedAsync() => _asked.Task.WaitAsync(Patience);

        public ValueTask DisposeAsync() => _agent.DisposeAsync();
    }
}
