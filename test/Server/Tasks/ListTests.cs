using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Lists take few threads, and none of those that serve requests, however many ask for them.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private readonly SlowLists _store = new();
    private readonly TestServer _server;

    public ListTests() => _server = new TestServer
    {
        Services = services =>
        {
            ServiceDescriptor stored = services.Last(service => service.ServiceType == typeof(ITaskStore));
            services.AddSingleton<ITaskStore>(provider =>
                _store.Over((ITaskStore)ActivatorUtilities.CreateInstance(provider, stored.ImplementationType!)));
        },
    };

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _store.Release();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Polls_are_answered_while_as_many_lists_as_there_are_threads_hold_theirs()
    {
        Answer accepted = await _server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        string task = accepted.Response["taskId"]!.GetValue<string>();
        await _server.EndOfTaskAsync(task);
        string[] paths = ["/api/v1/task", "/api/v1/task/count", "/api/v1/task/1/10", "/dna/intent/api/v1/tasks"];
        Task<Answer>[] lists = [.. Enumerable.Range(0, 64).Select(number => _server.GetAsync(paths[number % paths.Length]))];
        await _store.Entered.WaitAsync(TimeSpan.FromSeconds(20));

        for (int poll = 0; poll < 100; poll++) Assert.Equal(200, (await _server.GetAsync($"/api/v1/task/{task}")).Status);
        Assert.DoesNotContain(lists, list => list.IsCompleted);
        Assert.Equal(TableScans.Most, _store.MostAtOnce);
        Assert.False(_store.TookThreadOfPool);

        _store.Release();
        foreach (Answer answer in await Task.WhenAll(lists)) Assert.Equal(200, answer.Status);
        Assert.Equal(TableScans.Most, _store.MostAtOnce);
        Assert.False(_store.TookThreadOfPool);
    }

    [Fact]
    public async Task A_list_that_breaks_off_while_it_is_read_is_an_error_as_any()
    {
        for (int task = 0; task < 3; task++)
            await _server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        _store.Release();
        _store.BreaksOff = true;
        foreach (string path in new[] { "/api/v1/task", "/api/v1/tasks", "/dna/intent/api/v1/activities" })
        {
            Answer broken = await _server.GetAsync(path);
            Assert.Equal(503, broken.Status);
            Assert.Contains("broke off", broken.Response["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        _store.BreaksOff = false;
        Assert.Equal(3, (await _server.GetAsync("/api/v1/task")).Response.AsArray().Count);
    }

    /// <summary>Its lists hold their thread, as one that sorts does, until they are released.</summary>
    private sealed class SlowLists : ITaskStore
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private ITaskStore _inner = null!;
        private int _now;

        public Task Entered => _entered.Task;

        public int MostAtOnce { get; private set; }

        /// <summary>After all have been shown.</summary>
        public bool BreaksOff { get; set; }

        public bool TookThreadOfPool { get; private set; }

        public ITaskStore Over(ITaskStore inner)
        {
            _inner = inner;
            return this;
        }

        public void Release() => _released.TrySetResult();

        public Task ListAsync(TaskFilter filter, Action<IListedTask> show, CancellationToken cancellationToken) => Hold(async () =>
        {
            await _inner.ListAsync(filter, show, cancellationToken);
            return BreaksOff ? throw new StorageUnavailableException("It broke off.", null) : true;
        });

        public Task<int> CountAsync(TaskFilter filter, CancellationToken cancellationToken) =>
            Hold(() => _inner.CountAsync(filter, cancellationToken));

        public ValueTask<TaskRecord?> FindAsync(TaskId id, CancellationToken cancellationToken) => _inner.FindAsync(id, cancellationToken);

        public Task<ImmutableArray<TaskRecord>> TreeAsync(TaskId id, CancellationToken cancellationToken) =>
            _inner.TreeAsync(id, cancellationToken);

        public Task<UsedKey?> FindKeyAsync(string account, string key, DateTimeOffset since, CancellationToken cancellationToken) =>
            _inner.FindKeyAsync(account, key, since, cancellationToken);

        public Task<TaskCursor> CursorAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
            _inner.CursorAsync(at, cancellationToken);

        public Task<ImmutableArray<TaskRecord>> ChangedAsync(TaskCursor from, int most, CancellationToken cancellationToken) =>
            _inner.ChangedAsync(from, most, cancellationToken);

        public Task<IReadOnlySet<TaskId>> OpenAsync(CancellationToken cancellationToken) => _inner.OpenAsync(cancellationToken);

        public Task<ImmutableArray<string>> OwnersAsync(CancellationToken cancellationToken) => _inner.OwnersAsync(cancellationToken);

        public Task<ImmutableArray<TaskRecord>> RunningAsync(string? owner, CancellationToken cancellationToken) =>
            _inner.RunningAsync(owner, cancellationToken);

        private Task<T> Hold<T>(Func<Task<T>> read)
        {
            lock (_lock)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
                TookThreadOfPool |= Thread.CurrentThread.IsThreadPoolThread;
            }
            _entered.TrySetResult();
            _released.Task.GetAwaiter().GetResult();
            lock (_lock) _now--;
            return read();
        }
    }
}
