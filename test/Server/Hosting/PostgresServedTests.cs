using Towpath.Storage.Postgres;
using Towpath.Storage.Tests;

namespace Towpath.Server.Tests;

/// <summary>Servers whose state is in a database of PostgreSQL; each has a data folder of its own.</summary>
[Trait("Needs", "servers")]
public sealed class PostgresServedTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const string Catalyst = "/dna/intent/api/v1";

    private readonly string _database = postgres.Words(postgres.NewDatabase().Name);

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
    public async Task A_second_server_on_the_database_is_refused_in_one_clear_line() => await OnAsync(async first =>
    {
        var refused = await Assert.ThrowsAsync<ServerStartException>(() => OnAsync(_ => Task.FromResult(true)));
        Assert.Contains("in use by another server", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(200, (await first.GetAsync($"{Catalyst}/task/count")).Status);
        return true;
    });

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
            new ServerOn(postgres.Words("nowhere")).InitializeAsync());
        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private Task<T> OnAsync<T>(Func<TestServer, Task<T>> use) => OnAsync(new ServerOn(_database), use);

    /// <summary>The server is stopped then.</summary>
    private static async Task<T> OnAsync<T>(ServerOn server, Func<TestServer, Task<T>> use)
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

    private sealed class ServerOn(string database) : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) => options with { Database = database };
    }
}
