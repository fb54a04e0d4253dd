using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
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
    public async Task A_turn_is_one_processs_at_a_time_and_another_turn_is_not_held_up()
    {
        SharedTurn first = await Turns(_here).TakeAsync("inventory", default);
        Task<SharedTurn> second = Turns(_other).TakeAsync("inventory", default);
        await _server.WaitsAsync(_here.Address, second);
        Assert.False(second.IsCompleted);
        await (await Turns(_other).TakeAsync("another", default)).DisposeAsync();

        await first.DisposeAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task A_turn_ends_with_its_session_and_what_its_holder_commits_after_another_took_it_is_refused()
    {
        await using SharedTurn lost = await Turns(_here).TakeAsync("inventory", default);
        _server.EndSessions(_here.Address);
        await (await Turns(_other).TakeAsync("inventory", default)).DisposeAsync();

        await Assert.ThrowsAsync<TurnLostException>(() => CommitAsync(_here, lost, new AddNote("late", "")));
        Assert.Null(_here.Note("late"));
    }

    [Fact]
    public async Task A_holder_whose_session_was_lost_still_commits_while_nobody_else_has_taken_the_turn()
    {
        await using SharedTurn turn = await Turns(_here).TakeAsync("inventory", default);
        _server.EndSessions(_here.Address);

        Assert.True(Assert.Single(await CommitAsync(_here, turn, new AddNote("kept", ""))));
    }

    [Fact]
    public async Task A_lost_turn_is_not_taken_while_its_holder_commits_so_nothing_of_it_is_missed()
    {
        await using SharedTurn lost = await Turns(_here).TakeAsync("inventory", default);
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());
        Task committed = CommitAsync(_here, lost, new AddNote("last", ""), new HoldWriter(reached, released));
        await reached.Task;
        EndTurn(_here);

        Task<SharedTurn> next = Turns(_other).TakeAsync("inventory", default);
        await _server.WaitsAsync(_here.Address, next);
        Assert.False(next.IsCompleted);
        released.Set();
        await committed;
        await (await next).DisposeAsync();
    }

    [Fact]
    public async Task A_holder_that_stands_still_loses_the_turn()
    {
        ISharedTurns hasty = new PostgresTurns(_here.Engine, TimeSpan.FromMilliseconds(100));
        await using SharedTurn still = await hasty.TakeAsync("inventory", default);

        await (await Turns(_other).TakeAsync("inventory", default)).DisposeAsync();
        await Assert.ThrowsAsync<TurnLostException>(() => CommitAsync(_here, still, new AddNote("late", "")));
    }

    [Fact]
    public async Task A_session_that_had_a_turn_goes_back_as_it_was()
    {
        for (int turn = 0; turn < 3; turn++) await (await Turns(_here).TakeAsync("inventory", default)).DisposeAsync();

        using NpgsqlConnection same = await _here.Engine.Source.OpenConnectionAsync();
        using NpgsqlCommand settings = same.CreateCommand();
        settings.CommandText = "SELECT current_setting('synchronous_commit') || current_setting('idle_session_timeout')"
            + " || (SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())";
        Assert.Equal("on00", settings.ExecuteScalar());
    }

    /// <summary>Ends the session that has the lock of a turn, as a network between does; the writer's goes on.</summary>
    private void EndTurn(PostgresTestDatabase node) => _server.Execute("postgres", $"""
        SELECT pg_terminate_backend(pid, 5000) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND datname = '{node.Address.Name}'
        """);

    private static Task<ImmutableArray<bool>> CommitAsync(
        Database node, SharedTurn turn, params Write[] writes) =>
        turn.CommitAsync(node.Services.GetRequiredService<IWriter>(), [.. writes], default);

    private static ISharedTurns Turns(Database node) => node.Services.GetRequiredService<ISharedTurns>();

    private static IChanges Changes(Database node) => node.Services.GetRequiredService<IChanges>();

    private static Write Role(Guid device) => new SetRole(new DeviceId(device), DeviceRole.Core);
}
