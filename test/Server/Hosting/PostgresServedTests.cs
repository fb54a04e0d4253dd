using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Storage.Tests;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Servers whose state is in a database of PostgreSQL; each has a data folder of its own.</summary>
[Trait("Needs", "servers")]
public sealed class PostgresServedTests : IClassFixture<PostgresServer>, IDisposable
{
    private const string Catalyst = "/dna/intent/api/v1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly PostgresServer _postgres;
    private readonly string _name;
    private readonly string _database;
    private readonly string _masterKey;

    public PostgresServedTests(PostgresServer postgres)
    {
        (_postgres, _name) = (postgres, postgres.NewDatabase().Name);
        _database = postgres.Words(_name);
        _masterKey = SharedServer.NewKey(_folder, "master");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_one_server_accepted_the_next_one_answers_from_the_database()
    {
        (string Path, string Text)[] answers = await OnAsync(async server =>
        {
            Answer accepted = await server.PostAsync($"{Catalyst}/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
            string task = accepted.Response["taskId"]!.GetValue<string>();
            await server.EndOfTaskAsync(task);
            string[] paths = [$"{Catalyst}/flow-analysis/{accepted.Response["flowAnalysisId"]}", $"{Catalyst}/task/{task}"];
            return await Task.WhenAll(paths.Select(async path => (path, (await server.GetAsync(path)).Text)));
        });

        await OnAsync(async server =>
        {
            foreach ((string path, string text) in answers) Assert.Equal(text, (await server.GetAsync(path)).Text);
            return true;
        });
    }

    [Fact]
    public async Task Credentials_are_read_by_every_server_with_the_master_key_and_refused_to_others_at_the_start()
    {
        await OnAsync(async server =>
        {
            Answer accepted = await server.PostAsync($"{Catalyst}/global-credential/snmpv2-read-community",
                new[] { new { readCommunity = "s3cret" } });
            await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
            return true;
        });

        await OnAsync(async server => // its folder is another one
        {
            Assert.Equal(new CredentialContent.ReadCommunity("s3cret"),
                Assert.Single(await server.Service<Credentials>().ListAsync(null, default)).Content);
            return true;
        });
        var refused = await Assert.ThrowsAsync<ServerStartException>(() =>
            OnAsync(new SharedServer(_database, SharedServer.NewKey(_folder, "another")), _ => Task.FromResult(true)));
        Assert.Contains("--master-key holds another key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_of_an_owner_that_lives_no_more_are_taken_over_and_those_of_one_that_lives_are_not()
    {
        var handler = new Taken();
        var owners = new SharedServer(_database, _masterKey) { Services = services => services.AddSingleton<ITaskHandler>(handler) };
        await OnAsync(owners, async server =>
        {
            // Another one of the cluster, which is not late for an hour.
            _postgres.Execute(_name, $"""
                INSERT INTO qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
                SELECT sched_name, 'living', last_checkin_time + {TimeSpan.TicksPerHour}, checkin_interval FROM qrtz_scheduler_state
                """);
            TaskRecord living = Of("living"), dead = Of("dead");
            await server.Service<IWriter>().CommitAsync([new AcceptTask(living), new AcceptTask(dead)], default);

            Assert.Equal(dead.Id, await handler.First.Task.WaitAsync(TimeSpan.FromSeconds(20)));
            Assert.Equal("living", (await server.Service<ITaskStore>().FindAsync(living.Id, default))!.Owner);
            return true;
        });
    }

    [Fact]
    public async Task Without_a_master_key_a_server_says_how_to_make_one()
    {
        var refused = await Assert.ThrowsAsync<ServerStartException>(() =>
            OnAsync(new SharedServer(_database, null), _ => Task.FromResult(true)));
        Assert.Contains("openssl rand -base64 32", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_reset_beside_the_running_server() => await OnAsync(async server =>
    {
        string reset = await TowpathServer.ResetPasswordAsync(
            new TowpathServerOptions { DataFolder = "unused", Database = _database }, default);
        using HttpClient client = server.NewClient();
        Assert.Equal(401, (int)(await client.SendAsync(TestServer.TokenRequest("admin", TestServer.Password))).StatusCode);
        Assert.Equal(200, (int)(await client.SendAsync(TestServer.TokenRequest("admin", reset))).StatusCode);
        return true;
    });

    [Fact]
    public async Task A_database_that_is_not_there_is_one_clear_line()
    {
        var refused = await Assert.ThrowsAsync<ServerStartException>(() =>
            OnAsync(new SharedServer(_postgres.Words("nowhere"), _masterKey), _ => Task.FromResult(true)));
        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_server_whose_database_is_away_stops_all_the_same()
    {
        using var cable = new Cable(_database);
        var server = new SharedServer(cable.Words, _masterKey);
        await server.InitializeAsync();
        cable.Cut();
        await SharedServer.WithinAsync(TimeSpan.FromSeconds(30), async () => (await server.GetAsync("/health/ready")).Status == 503);

        await server.DisposeAsync().WaitAsync(TimeSpan.FromSeconds(30)); // not for as long as it is away
    }

    private Task<T> OnAsync<T>(Func<TestServer, Task<T>> use) => OnAsync(new SharedServer(_database, _masterKey), use);

    /// <summary>The server is stopped then.</summary>
    private static async Task<T> OnAsync<T>(SharedServer server, Func<TestServer, Task<T>> use)
    {
        try
        {
            await server.InitializeAsync();
            return await use(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static TaskRecord Of(string owner)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        TaskId id = TaskId.New(now);
        return new TaskRecord
        {
            Id = id, RootId = id, Kind = Taken.Name, Input = "", ServiceType = "Test Service", Username = "admin", StartTime = now,
            Deadline = now + TimeSpan.FromMinutes(10), Owner = owner, LastUpdate = now, Version = now.ToUnixTimeMilliseconds(),
        };
    }

    private sealed class Taken : ITaskHandler
    {
        public const string Name = "taken";

        public TaskCompletionSource<TaskId> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => Name;

        public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            First.TrySetResult(context.Task.Id);
            return Task.FromResult(TaskOutcome.Done(""));
        }
    }
}
