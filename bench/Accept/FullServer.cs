using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Towpath.Accounts;
using Towpath.Server;
using Towpath.Storage.Tests;
using Towpath.Tasks;

namespace Towpath.Accept;

/// <summary>
/// The whole server, on SQLite with synchronous=FULL or on a PostgreSQL of its own that flushes each commit, with tokens, and
/// with two operations more whose handlers only end: one at once, one after it was run.
/// </summary>
internal sealed class FullServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;
    private readonly PostgresServer? _postgres;

    private FullServer(WebApplication app, DirectoryInfo data, PostgresServer? postgres) =>
        (_app, _data, _postgres) = (app, data, postgres);

    public Uri Url => new(_app.Urls.First());

    public string Token { get; private set; } = "";

    public ITaskStore Tasks => _app.Services.GetRequiredService<ITaskStore>();

    public static Task<FullServer> StartAsync(bool onPostgres) => StartAsync(new Gates(), _ => { }, onPostgres: onPostgres);

    /// <param name="gates">Where tasks of <c>/operation-to-run</c> wait that say so.</param>
    /// <param name="more">Maps more.</param>
    /// <param name="workers">One waits with each task that waits at a gate; null: as the server has them.</param>
    /// <param name="onPostgres">Not on SQLite.</param>
    public static async Task<FullServer> StartAsync(Gates gates, Action<WebApplication> more, int? workers = null, bool onPostgres = false)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-bench-");
        var options = new TowpathServerOptions { DataFolder = data.FullName, HttpPort = -1, HttpsPort = 0, AdminPassword = Login.Password,
            LogLevel = LogLevel.Warning };
        PostgresServer? postgres = onPostgres ? new PostgresServer("") : null; // as it is installed: every commit is flushed
        if (postgres is not null)
            options = options with { Database = postgres.Words(postgres.NewDatabase().Name), MasterKeyFile = NewMasterKey(data) };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.AddTowpath(options, DataFolder.Open(data.FullName));
        builder.Services.AddSingleton(gates);
        if (workers is { } many) builder.Services.AddSingleton(new TaskEngineOptions { Workers = many });
        builder.Services.AddSingleton<ITaskHandler, EndsAtOnce>().AddSingleton<ITaskHandler, RunsAndEnds>();
        WebApplication app = builder.Build();
        app.MapTowpath();
        app.MapPost("/operation",
            (HttpContext context, TaskEngine engine, CancellationToken cancellationToken) =>
            AcceptAsync(EndsAtOnce.KindName, context, engine, cancellationToken));
        app.MapPost("/operation-to-run",
            (HttpContext context, TaskEngine engine, CancellationToken cancellationToken) =>
            AcceptAsync(RunsAndEnds.KindName, context, engine, cancellationToken));
        more(app);
        await app.Services.GetRequiredService<Administrator>().EnsureAsync(Login.Password, CancellationToken.None);
        await app.Services.GetRequiredService<Installation>().EnsureAsync(CancellationToken.None);
        await app.StartAsync();
        var server = new FullServer(app, data, postgres);
        using var http = new HttpClient { BaseAddress = server.Url };
        server.Token = await Login.TokenAsync(http);
        return server;
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>One task that has ended, to be polled.</summary>
    public async Task<TaskId> EndedTaskAsync()
    {
        var engine = _app.Services.GetRequiredService<TaskEngine>();
        TaskRecord task = await engine.AcceptAsync(new NewTask(EndsAtOnce.KindName, "{}", "Bench Service", "admin"), [],
            CancellationToken.None);
        await engine.WaitForEndAsync(task.Id, CancellationToken.None);
        return task.Id;
    }

    /// <summary>Returns once everything that was accepted has ended.</summary>
    public async Task DrainAsync()
    {
        var engine = _app.Services.GetRequiredService<TaskEngine>();
        foreach (TaskRecord running in await Tasks.RunningAsync(null, CancellationToken.None))
            await engine.WaitForEndAsync(running.Id, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _postgres?.Dispose();
        _data.Delete(recursive: true);
        File.Delete(KeyBeside(_data));
    }

    private static string KeyBeside(DirectoryInfo data) => data.FullName + ".master-key";

    private static string NewMasterKey(DirectoryInfo data)
    {
        string path = KeyBeside(data);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return path;
    }

    /// <summary>
    /// As every operation of the API does it: the body is read and validated, the task is on disk before the answer leaves.
    /// </summary>
    private static async Task<IResult> AcceptAsync(string kind, HttpContext context, TaskEngine engine, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string source = body.RequiredText("sourceIP");
        string destination = body.RequiredText("destIP");
        var warnings = body.Validate();
        string username = Caller.Of(context).Name;
        TaskRecord task = await engine.AcceptAsync(new NewTask(kind, $"{source} {destination}", "Bench Service", username), [],
            cancellationToken);
        return Answers.Accepted(context, task, warnings);
    }

    /// <summary>As the handlers that only write, for instance those of credentials.</summary>
    private sealed class EndsAtOnce : ITaskHandler
    {
        public const string KindName = "bench-at-once";

        public string Kind => KindName;

        public TaskOutcome AtOnce(TaskRecord task) => TaskOutcome.Done("");

        public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) =>
            Task.FromResult(AtOnce(context.Task));
    }

    private sealed class RunsAndEnds(Gates gates) : ITaskHandler
    {
        public const string KindName = "bench-run";

        public string Kind => KindName;

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await gates.PassAsync(context.Task.Input, cancellationToken);
            return TaskOutcome.Done("");
        }
    }
}
