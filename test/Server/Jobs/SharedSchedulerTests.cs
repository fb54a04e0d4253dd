using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Towpath.Storage.Tests;

namespace Towpath.Server.Tests;

/// <summary>What the scheduler has in the database that servers share, before and after one of them starts.</summary>
[Trait("Needs", "servers")]
public sealed class SharedSchedulerTests : IClassFixture<PostgresServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly string _database;
    private readonly string _masterKey;

    public SharedSchedulerTests(PostgresServer postgres) =>
        (_database, _masterKey) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_server_checks_in_before_it_listens()
    {
        var before = new BeforeListening(() => ReadAsync("SELECT instance_name FROM qrtz_scheduler_state"));
        await OnAsync(services => services.AddSingleton<IHostedService>(before));
        Assert.Single(before.Found);
    }

    [Fact]
    public async Task A_start_leaves_alone_when_periodic_jobs_are_due()
    {
        const string Due = "SELECT trigger_group || ' ' || start_time FROM qrtz_triggers WHERE trigger_name = 'every' ORDER BY 1";
        await OnAsync(_ => { });
        string[] first = await ReadAsync(Due);
        await OnAsync(_ => { });

        Assert.NotEmpty(first);
        Assert.Equal(first, await ReadAsync(Due));
    }

    private async Task OnAsync(Action<IServiceCollection> services)
    {
        var server = new SharedServer(_database, _masterKey) { Services = services };
        try
        {
            await server.InitializeAsync();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task<string[]> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
#pragma warning disable CA2100 // the test's own
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync();
        List<string> found = [];
        while (await row.ReadAsync()) found.Add(row.GetString(0));
        return [.. found];
    }

    /// <summary>The last to start before the listener, whom the host starts behind all others.</summary>
    private sealed class BeforeListening(Func<Task<string[]>> read) : IHostedService
    {
        public string[] Found { get; private set; } = [];

        public async Task StartAsync(CancellationToken cancellationToken) => Found = await read();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
