using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Stops, starts and deletions of one discovery that meet: their tasks are run by hand, in the order that a test wants.</summary>
public sealed class DiscoveryChangesTests : IAsyncLifetime
{
    private readonly RunningJobs _jobs = new();
    private readonly BetweenReads _store = new();
    private readonly TestServer _server;
    private int _named;

    public DiscoveryChangesTests() => _server = new TestServer
    {
        Services = services =>
        {
            services.AddSingleton<ISerialJobs>(_jobs);
            ServiceDescriptor stored = services.Last(service => service.ServiceType == typeof(IDiscoveryStore));
            services.AddSingleton<IDiscoveryStore>(provider =>
                _store.Over((IDiscoveryStore)ActivatorUtilities.CreateInstance(provider, stored.ImplementationType!)));
        },
    };

    // It accepts and runs nothing by itself.
    private TaskEngine Engine => field ??= new TaskEngine(_server.Service<IWriter>(), TimeProvider.System);

    private Discoveries Discoveries => field ??= new Discoveries(Engine);

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_stop_that_was_accepted_last_counts_although_its_task_runs_first()
    {
        DiscoveryRecord discovery = await RunningAsync();
        TaskRecord start = await Discoveries.ChangeAsync(discovery, active: true, "admin", default);
        TaskRecord stop = await Discoveries.ChangeAsync(await ReadAsync(discovery), active: false, "admin", default);

        await RunAsync(stop);
        await RunAsync(start);

        discovery = await ReadAsync(discovery);
        Assert.Equal((false, DiscoveryCondition.Aborted), (discovery.Active, discovery.Condition));
        Assert.Empty(_jobs.Keys);
    }

    [Fact]
    public async Task The_start_that_was_accepted_last_counts_although_its_task_runs_first()
    {
        DiscoveryRecord discovery = await RunningAsync();
        TaskRecord stop = await Discoveries.ChangeAsync(discovery, active: false, "admin", default);
        TaskRecord start = await Discoveries.ChangeAsync(await ReadAsync(discovery), active: true, "admin", default);

        await RunAsync(start);
        await RunAsync(stop);

        discovery = await ReadAsync(discovery);
        Assert.Equal((true, DiscoveryCondition.Queued, 2), (discovery.Active, discovery.Condition, discovery.Run));
        Assert.Equal([$"{discovery.Id}.2"], _jobs.Keys);
    }

    [Fact]
    public async Task A_stop_stops_the_run_that_a_start_has_made_since_the_stop_was_asked_for()
    {
        DiscoveryRecord discovery = await RunningAsync();
        await RunAsync(await Discoveries.ChangeAsync(discovery, active: true, "admin", default));
        Assert.Equal([$"{discovery.Id}.2"], _jobs.Keys);

        await RunAsync(await Discoveries.ChangeAsync(discovery, active: false, "admin", default)); // who asks has read run 1
        Assert.Empty(_jobs.Keys);
        Assert.False((await ReadAsync(discovery)).Active);
    }

    [Fact]
    public async Task Starts_that_follow_each_other_leave_the_last_run_alone()
    {
        DiscoveryRecord discovery = await RunningAsync();
        TaskRecord first = await Discoveries.ChangeAsync(discovery, active: true, "admin", default);
        TaskRecord second = await Discoveries.ChangeAsync(await ReadAsync(discovery), active: true, "admin", default);

        await RunAsync(first);
        await RunAsync(second);
        await RunAsync(first); // a task may run again after a crash

        Assert.Equal(3, (await ReadAsync(discovery)).Run);
        Assert.Equal([$"{discovery.Id}.3"], _jobs.Keys);
    }

    [Fact]
    public async Task A_deletion_stops_the_run_that_begins_while_it_deletes()
    {
        DiscoveryRecord discovery = await RunningAsync();
        TaskRecord delete = await Discoveries.DeleteAsync([discovery.Id], "admin", default);
        // Between its first read and its deletion somebody starts the discovery again, and that is done.
        _store.Next(async () => await RunAsync(await Discoveries.ChangeAsync(discovery, active: true, "admin", default)));

        await RunAsync(delete);

        Assert.Null(await _server.Service<IDiscoveryStore>().FindAsync(discovery.Id, default));
        Assert.Empty(_jobs.Keys);
    }

    [Fact]
    public async Task A_change_of_a_discovery_that_was_deleted_meanwhile_fails()
    {
        DiscoveryRecord discovery = await RunningAsync();
        TaskRecord start = await Discoveries.ChangeAsync(discovery, active: true, "admin", default);
        await RunAsync(await Discoveries.DeleteAsync([discovery.Id], "admin", default));

        TaskOutcome outcome = await RunAsync(start);
        Assert.True(outcome.IsError);
        Assert.Contains($"The discovery {discovery.Id} was deleted", outcome.FailureReason, StringComparison.Ordinal);
        Assert.Empty(_jobs.Keys);
    }

    private async Task<DiscoveryRecord> RunningAsync()
    {
        var access = new InlineAccess("public", null, null, null, null, null, null);
        var plan = new DiscoveryPlan($"changes {++_named}", DiscoveryKind.Single, "10.77.0.1")
        {
            TimeoutSeconds = 1,
            ProtectedAccess = Convert.ToBase64String(_server.Service<Secrets>().Seal(access).AsSpan()),
            Shown = "{}",
        };
        TaskRecord created = await Discoveries.CreateAsync(plan, "admin", default);
        await RunAsync(created);
        DiscoveryRecord discovery = (await _server.Service<IDiscoveryStore>().FindByTaskAsync(created.Id, default))!;
        Assert.Equal([$"{discovery.Id}.1"], _jobs.Keys);
        return discovery;
    }

    private async Task<DiscoveryRecord> ReadAsync(DiscoveryRecord discovery) =>
        (await _server.Service<IDiscoveryStore>().FindAsync(discovery.Id, default))!;

    private async Task<TaskOutcome> RunAsync(TaskRecord task)
    {
        ITaskHandler handler = _server.Service<IEnumerable<ITaskHandler>>().Single(handler => handler.Kind == task.Kind);
        TaskOutcome outcome = await handler.RunAsync(new TaskContext(task, Engine), default);
        await _server.Service<IWriter>().CommitAsync([.. outcome.Effects], default);
        return outcome;
    }

    /// <summary>Discoveries that run until they are stopped; of other jobs none runs.</summary>
    private sealed class RunningJobs : ISerialJobs
    {
        private readonly ConcurrentDictionary<string, bool> _running = [];

        public IEnumerable<string> Keys => _running.Keys.Order();

        public Task StartAsync(string kind, string key, CancellationToken cancellationToken)
        {
            if (kind == "discovery") _running[key] = true;
            return Task.CompletedTask;
        }

        public Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken) =>
            Task.FromResult(_running.TryRemove(key, out _));

        public Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>The store, with something that happens between a read and what its reader does next.</summary>
    private sealed class BetweenReads : IDiscoveryStore
    {
        private IDiscoveryStore _stored = null!;
        private Func<Task>? _next;

        public IDiscoveryStore Over(IDiscoveryStore stored)
        {
            _stored = stored;
            return this;
        }

        public void Next(Func<Task> happens) => _next = happens;

        public async Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken)
        {
            DiscoveryRecord? found = await _stored.FindAsync(id, cancellationToken);
            if (Interlocked.Exchange(ref _next, null) is { } happens) await happens();
            return found;
        }

        public Task<DiscoveryRecord?> FindByTaskAsync(TaskId taskId, CancellationToken cancellationToken) =>
            _stored.FindByTaskAsync(taskId, cancellationToken);

        public Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
            _stored.ListAsync(skip, take, cancellationToken);

        public Task<int> CountAsync(CancellationToken cancellationToken) => _stored.CountAsync(cancellationToken);

        public Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
            _stored.UnfinishedAsync(cancellationToken);

        public Task<ImmutableArray<DiscoveryJob>> JobsAsync(
            int? id, Ipv4Address? address, int skip, int take, CancellationToken cancellationToken) =>
            _stored.JobsAsync(id, address, skip, take, cancellationToken);

        public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int id, AddressRange range, CancellationToken cancellationToken) =>
            _stored.JobsAsync(id, range, cancellationToken);

        public Task<bool> IsFoundAsync(int id, DeviceId device, CancellationToken cancellationToken) =>
            _stored.IsFoundAsync(id, device, cancellationToken);

        public Task<ImmutableArray<DiscoveryPart>> PartsAsync(int id, CancellationToken cancellationToken) =>
            _stored.PartsAsync(id, cancellationToken);

        public Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken) =>
            _stored.WithheldAsync(id, cancellationToken);
    }
}
