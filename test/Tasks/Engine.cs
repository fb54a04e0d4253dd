using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Towpath.Storage.Sqlite;

namespace Towpath.Tasks.Tests;

/// <summary>A whole engine on a database of its own: started, and stopped like a process that got SIGTERM.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly IHost _host;

    private Engine(IHost host) => _host = host;

    public TaskEngine Tasks => _host.Services.GetRequiredService<TaskEngine>();

    public ITaskStore Store => _host.Services.GetRequiredService<ITaskStore>();

    public IWriter Writer => _host.Services.GetRequiredService<IWriter>();

    public static async Task<Engine> StartAsync(string path, TimeProvider time, TaskEngineOptions options, params ITaskHandler[] handlers)
    {
        IHost host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddSingleton(time).AddSingleton(options).AddSqliteStorage(path).AddTasks();
            foreach (ITaskHandler handler in handlers) services.AddSingleton(handler);
        }).Build();
        await host.StartAsync();
        return new Engine(host);
    }

    public static Task<Engine> StartAsync(string path, params ITaskHandler[] handlers) =>
        StartAsync(path, TimeProvider.System, new TaskEngineOptions(), handlers);

    public Task<TaskRecord> AcceptAsync(string kind, string input = "{}", params Write[] resources) =>
        Tasks.AcceptAsync(new NewTask(kind, input, "Test Service", "admin"), [.. resources], CancellationToken.None);

    /// <summary>The task once it has ended.</summary>
    public async Task<TaskRecord> EndOfAsync(TaskId id)
    {
        await Tasks.WaitForEndAsync(id, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return await RecordAsync(id);
    }

    /// <summary>As the table holds it: a tree is never answered from memory.</summary>
    public async Task<TaskRecord> RecordAsync(TaskId id) =>
        (await Store.TreeAsync(id, CancellationToken.None)) is [var task, ..]
            ? task : throw new InvalidOperationException($"Task {id} is not stored.");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>A handler that is what the test says.</summary>
internal sealed class Handler(string kind, Func<TaskContext, CancellationToken, Task<TaskOutcome>> run) : ITaskHandler
{
    public string Kind => kind;

    public TaskLane Lane { get; init; }

    public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
}

/// <summary>A folder for one test, gone with it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");

    public string Database => Path.Combine(_folder.FullName, "towpath.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
