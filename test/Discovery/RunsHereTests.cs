using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Discovery.Tests;

/// <summary>What another process does to a discovery ends the run of it here, and no other.</summary>
public sealed class RunsHereTests
{
    private readonly Stored _store = new();
    private readonly RunsHere _runs;

    public RunsHereTests() => _runs = new RunsHere(_store);

    [Fact]
    public async Task A_run_whose_discovery_was_stopped_ends_and_others_go_on()
    {
        (_store.Is[7], _store.Is[8]) = (Discovery(7, run: 1) with { Active = false }, Discovery(8, run: 1));
        using RunsHere.Run stopped = _runs.Enter(7, 1, default), other = _runs.Enter(8, 1, default);

        await _runs.ChangedAsync([RunsHere.Changed(7).Key, RunsHere.Changed(8).Key], default);

        Assert.True(stopped.Token.IsCancellationRequested);
        Assert.False(other.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task The_run_of_a_discovery_that_was_started_again_ends_and_the_newer_one_goes_on()
    {
        _store.Is[7] = Discovery(7, run: 2);
        using RunsHere.Run older = _runs.Enter(7, 1, default), newer = _runs.Enter(7, 2, default);

        await _runs.ChangedAsync([RunsHere.Changed(7).Key], default);

        Assert.True(older.Token.IsCancellationRequested);
        Assert.False(newer.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task The_parts_of_a_run_that_one_of_them_has_aborted_end()
    {
        _store.Is[7] = Discovery(7, run: 1) with { Condition = DiscoveryCondition.Aborted };
        using RunsHere.Run one = _runs.Enter(7, 1, default), other = _runs.Enter(7, 1, default);

        await _runs.EndUnwantedAsync(7, default);

        Assert.True(one.Token.IsCancellationRequested && other.Token.IsCancellationRequested);
        Assert.Equal(1, _store.Asked);
    }

    [Fact]
    public void The_parts_of_a_run_share_its_pace_and_another_run_has_another()
    {
        DiscoveryPlan paced = Discovery(7, run: 1).Plan with { Pace = "50,5" };
        using RunsHere.Run one = _runs.Enter(7, 1, default), other = _runs.Enter(7, 1, default), next = _runs.Enter(7, 2, default);

        Assert.Equal("50,5", one.PaceOf(paced)!.ToString());
        Assert.Same(one.PaceOf(paced), other.PaceOf(paced with { Name = "read again" }));
        Assert.NotSame(one.PaceOf(paced), next.PaceOf(paced));
        using RunsHere.Run unpaced = _runs.Enter(8, 1, default);
        Assert.Null(unpaced.PaceOf(Discovery(8, run: 1).Plan));
    }

    [Fact]
    public async Task Whoever_missed_what_was_told_looks_at_every_run()
    {
        _store.Is[8] = Discovery(8, run: 1);
        using RunsHere.Run deleted = _runs.Enter(7, 1, default), other = _runs.Enter(8, 1, default);

        await _runs.MissedAsync(default);

        Assert.True(deleted.Token.IsCancellationRequested);
        Assert.False(other.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_run_that_has_returned_is_not_asked_for()
    {
        _runs.Enter(7, 1, default).Dispose();

        await _runs.MissedAsync(default);

        Assert.Equal((0, 0), (_runs.Count, _store.Asked));
    }

    private static DiscoveryRecord Discovery(int id, int run) => new(
        id, default, new DiscoveryPlan("d", DiscoveryKind.Single, "192.0.2.1") { TimeoutSeconds = 1, ProtectedAccess = "", Shown = "" },
        run, true, DiscoveryCondition.InProgress, [], default);

    /// <summary>What the test says is stored.</summary>
    private sealed class Stored : IDiscoveryStore
    {
        public Dictionary<int, DiscoveryRecord> Is { get; } = [];

        public int Asked { get; private set; }

        public Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Is.GetValueOrDefault(id));
        }

        public Task<DiscoveryRecord?> FindByTaskAsync(TaskId taskId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<int> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ImmutableArray<DiscoveryJob>> JobsAsync(
            int? id, Ipv4Address? address, int skip, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int id, AddressRange range, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> IsFoundAsync(int id, DeviceId device, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<DiscoveryPart>> PartsAsync(int id, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
