using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>
/// A file that is really damaged under a server that runs, or before it starts: what cannot be read is 503 with the reason, and nothing
/// else is affected.
/// </summary>
public sealed class DamagedDatabaseTests : IAsyncLifetime
{
    private const string Api = "/dna/intent/api/v1";

    // A request must get past its token to reach the others.
    private static readonly string[] s_ofAccounts = ["account", "token", "setting"];

    private readonly FakeTimeProvider _time = new();
    private readonly DemoServer _server;

    public DamagedDatabaseTests() => _server = new DemoServer { Time = _time };

    private string Database => Path.Combine(_server.DataFolder, "towpath.db");

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_read_of_a_damaged_page_is_503_and_says_that_the_database_is_damaged()
    {
        List<string> paths = await PathsAsync();
        foreach (string path in paths) Assert.InRange((await _server.GetAsync(path)).Status, 200, 499);

        DamagePages(table => !s_ofAccounts.Contains(table) && table != "commit_number"); // a write is what makes readers forget
        await ForgetPagesAsync();
        List<string> refused = [];
        foreach (string path in paths)
        {
            Answer answer = await _server.GetAsync(path);
            if (answer.Status < 500) continue;
            AssertIsDamaged(answer);
            refused.Add(path);
        }
        string[] stored =
            ["/task", "/task/count", "/tasks", "/discovery/1", "/discovery/count", "/discovery/1/job", "/flow-analysis",
                "/global-credential"];
        Assert.Empty(stored.Select(path => Api + path).Except(refused.Select(path => path.Split('?')[0])));
        Assert.Contains("/health/ready", refused);
        Assert.Equal(200, (await _server.GetAsync($"{Api}/network-device")).Status); // in memory
    }

    [Fact]
    public async Task Damage_that_nobody_has_met_is_found_by_the_look_at_all_pages_and_health_says_so()
    {
        Assert.Equal(200, (await _server.GetAsync("/health/ready")).Status);
        DamagePages("discovery_job".Equals); // health itself asks for tasks
        ISerialJob check = _server.Running.Services.GetServices<ISerialJob>().Single(job => job.Kind == IStorageHealth.CheckKind);
        await check.RunAsync("", default);
        Answer health = await _server.GetAsync("/health/ready");
        AssertIsDamaged(health);
        Assert.Contains("discovery_job", health.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_and_a_token_that_cannot_be_read_are_503()
    {
        DamagePages(s_ofAccounts.Contains);
        await ForgetPagesAsync();
        using HttpClient client = _server.NewClient();

        AssertIsDamaged(await Answer.OfAsync(await client.SendAsync(TestServer.TokenRequest("nobody", "a password"))));
        client.DefaultRequestHeaders.Add("X-Auth-Token", "never seen");
        AssertIsDamaged(await Answer.OfAsync(await client.GetAsync($"{Api}/network-device")));
    }

    [Fact]
    public async Task A_row_that_holds_what_nobody_wrote_is_503()
    {
        string trace = (await _server.GetAsync($"{Api}/flow-analysis")).Response[0]!["id"]!.GetValue<string>();
        (string Damage, string Path)[] cases =
        [
            ("UPDATE discovery SET plan = '{'", "/discovery/1"),
            ("UPDATE flow_analysis SET trace = x'00'", $"/flow-analysis/{trace}"),
            ("UPDATE flow_analysis SET task_id = x'00'", "/flow-analysis"),
            ("UPDATE task SET start_time = 9000000000000000000", "/task"),
        ];
        foreach ((string damage, string path) in cases)
        {
            Assert.Equal(200, (await _server.GetAsync(Api + path)).Status);
            Execute(damage);
            AssertIsDamaged(await _server.GetAsync(Api + path));
        }
        Assert.Equal(200, (await _server.GetAsync($"{Api}/network-device")).Status);
    }

    [Theory]
    [InlineData("device_snapshot")]
    [InlineData("discovery")]
    public async Task A_start_on_a_damaged_file_is_refused_in_one_line(string table)
    {
        await _server.Running.DisposeAsync();
        DamagePages(table.Equals);
        var options = new TowpathServerOptions { DataFolder = _server.DataFolder, HttpPort = -1, HttpsPort = 0 };
        var refused = await Assert.ThrowsAsync<ServerStartException>(() => TowpathServer.StartAsync(options, default));
        Assert.Contains($"{Database} cannot be read: it is damaged", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    /// <summary>A write, after which what readers keep of other pages is no longer good.</summary>
    private Task ForgetPagesAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _server.GetAsync("/health/ready");
    }

    private static void AssertIsDamaged(Answer answer)
    {
        ErrorTests.AssertIsError(answer, 503);
        Assert.Contains("damaged", answer.Response["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>Every GET route of one family, with ids that exist.</summary>
    private async Task<List<string>> PathsAsync()
    {
        string device = (await _server.GetAsync($"{Api}/network-device")).Response[0]!["id"]!.GetValue<string>();
        string trace = (await _server.GetAsync($"{Api}/flow-analysis")).Response[0]!["id"]!.GetValue<string>();
        string task = (await _server.GetAsync($"{Api}/task")).Response[0]!["id"]!.GetValue<string>();
        List<string> paths = [];
        foreach (RouteEndpoint route in _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string pattern = "/" + route.RoutePattern.RawText!.Trim('/');
            if (pattern.StartsWith("/api/v1", StringComparison.Ordinal)) continue;
            if (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != true) continue;
            string id = pattern.Contains("/task", StringComparison.Ordinal) ? task
                : pattern.Contains("/flow-analysis", StringComparison.Ordinal) ? trace
                : pattern.Contains("/discovery", StringComparison.Ordinal) ? "1" : device;
            string path = string.Join('/', pattern.Split('/').Select(part => Value(part, id)));
            paths.Add(path + Query(pattern));
        }
        return paths;

        static string Query(string pattern) =>
            pattern.EndsWith("/discovery/job", StringComparison.Ordinal) ? "?ipAddress=10.1.10.1"
            : pattern.EndsWith("/global-credential", StringComparison.Ordinal) ? "?credentialSubType=CLI"
            : "";

        static string Value(string part, string id) => part switch
        {
            "{startIndex}" or "{recordsToReturn}" => "1",
            ['{', ..] => id,
            _ => part,
        };
    }

    /// <summary>Overwrites the first page of each table and index of these tables in the file, as a failing disk does.</summary>
    private void DamagePages(Func<string, bool> isDamaged)
    {
        List<long> pages = [];
        using (SqliteConnection connection = Open())
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)"; // all is in the file itself then
            Assert.Equal(0L, command.ExecuteScalar());
            command.CommandText = "SELECT tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 1";
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                if (isDamaged(row.GetString(0))) pages.Add(row.GetInt64(1));
            }
        }
        using var file = new FileStream(Database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        byte[] header = new byte[18];
        file.ReadExactly(header);
        int size = header[16] << 8 | header[17]; // the file format's page size
        foreach (long page in pages)
        {
            file.Position = (page - 1) * size;
            file.Write([.. Enumerable.Repeat((byte)0xa5, size)]);
        }
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>With the demo's database; nothing of what it asks leaves this machine.</summary>
    private sealed class DemoServer : TestServer
    {
        public override Task InitializeAsync()
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Hosting", "e1ce82e.db"), Path.Combine(DataFolder, "towpath.db"));
            return base.InitializeAsync();
        }

        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { AddressMap = [(Network.Prefix.Parse("10.0.0.0/8"), Network.Prefix.Parse("127.0.0.0/8"))] };
    }
}
