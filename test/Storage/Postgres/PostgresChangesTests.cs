using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Storage.Postgres;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresChangesTests : IDisposable
{
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(2);

    private readonly PostgresServer _server;
    private readonly PostgresTestDatabase _here;
    private readonly PostgresTestDatabase _other;

    public PostgresChangesTests(PostgresServer server)
    {
        (_server, _here) = (server, new PostgresTestDatabase(server));
        _other = _here.Beside();
    }

    public void Dispose()
    {
        _other.Dispose();
        _here.Dispose();
    }

    [Fact]
    public async Task What_another_node_commits_is_told_within_two_seconds_each_thing_once()
    {
        long version = await Changes(_here).NowAsync(default);
        Task<OthersChanges> told = Changes(_here).AfterAsync(version, default);
        Guid device = Guid.CreateVersion7();

        await _other.CommitAsync(Role(device), Role(device));

        OthersChanges others = await told.WaitAsync(s_promised);
        Assert.Equal((new Change("device", device), true), (Assert.Single(others.Changed), others.IsWhole));
        Assert.Equal(version + 1, others.Version);
    }

    [Fact]
    public async Task A_nodes_own_changes_and_writes_that_were_refused_are_not_told()
    {
        Task<OthersChanges> told = Changes(_here).AfterAsync(await Changes(_here).NowAsync(default), default);
        Guid refused = Guid.CreateVersion7(), device = Guid.CreateVersion7();
        await _here.CommitAsync(Role(Guid.CreateVersion7()));
        await _other.CommitAsync(new AddNote("taken", ""));
        await Assert.ThrowsAsync<WriteConflictException>(() => _other.CommitAsync(Role(refused), new AddNote("taken", "")));

        await _other.CommitAsync(Role(device));

        Assert.Equal([device], (await told.WaitAsync(s_promised)).Changed.Select(change => change.Key));
    }

    [Fact]
    public async Task Who_runs_a_task_hears_that_another_node_has_ended_it()
    {
        TaskRecord task = Database.NewTask(), quiet = Database.NewTask();
        await _here.CommitAsync(new AcceptTask(task), new AcceptTask(quiet));
        Task<OthersChanges> told = Changes(_here).AfterAsync(await Changes(_here).NowAsync(default), default);

        await _other.CommitAsync(
            new EndTask(quiet, quiet.Owner, TaskOutcome.Done(""), quiet.StartTime),
            new EndTask(task, task.Owner, TaskOutcome.Done(""), task.StartTime) { IsTold = true });

        Assert.Equal([new Change("task-ended", task.Id.Value)], (await told.WaitAsync(s_promised)).Changed);
    }

    [Fact]
    public async Task A_lost_connection_loses_no_change()
    {
        long version = await Changes(_here).NowAsync(default);
        Task<OthersChanges> told = Changes(_here).AfterAsync(version, default);
        Guid device = Guid.CreateVersion7();

        _server.EndSessions(_here.Address);
        await _other.CommitAsync(Role(device)); // its writer had no session yet

        Assert.Equal([device], (await told.WaitAsync(2 * s_promised)).Changed.Select(change => change.Key));
    }

    [Fact]
    public async Task A_node_that_has_missed_more_than_is_kept_is_told_so()
    {
        long version = await Changes(_here).NowAsync(default);
        await _other.CommitAsync(Role(Guid.CreateVersion7()));
        _server.Execute(_here.Address.Name, $"UPDATE change_version SET version = version + {ChangeTables.VersionsKept}");
        await _other.CommitAsync(Role(Guid.CreateVersion7()));

        Assert.False((await Changes(_here).AfterAsync(version, default).WaitAsync(s_promised)).IsWhole);
    }

    [Fact]
    public async Task A_second_server_on_the_database_is_refused_until_the_first_has_stopped()
    {
        using var first = new SoleServer(_here.Engine);
        using var second = new SoleServer(_other.Engine);
        await first.StartAsync(default);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => second.StartAsync(default));
        Assert.Contains("in use by another server", refused.Message, StringComparison.Ordinal);

        first.Dispose();
        using var third = new SoleServer(_other.Engine);
        await third.StartAsync(default);
    }

    [Fact]
    public async Task A_turn_is_one_processs_at_a_time_and_another_turn_is_not_held_up()
    {
        IAsyncDisposable first = await Turns(_here).TakeAsync("inventory", default);
        Task<IAsyncDisposable> second = Turns(_other).TakeAsync("inventory", default);
        await _server.WaitsAsync(_here.Address, second);
        Assert.False(second.IsCompleted);
        await (await Turns(_other).TakeAsync("another", default)).DisposeAsync();

        await first.DisposeAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task A_turn_ends_with_its_session()
    {
        await using IAsyncDisposable lost = await Turns(_here).TakeAsync("inventory", default);
        _server.EndSessions(_here.Address);
        await (await Turns(_other).TakeAsync("inventory", default)).DisposeAsync();
    }

    private static ISharedTurns Turns(Database node) => node.Services.GetRequiredService<ISharedTurns>();

    private static IChanges Changes(Database node) => node.Services.GetRequiredService<IChanges>();

    private static Write Role(Guid device) => new SetRole(new DeviceId(device), DeviceRole.Core);
}
