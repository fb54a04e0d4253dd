using Npgsql;
using Towpath.Accounts;
using Towpath.Storage.Postgres;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresDatabaseTests(PostgresServer server)
{
    [Fact]
    public async Task Nodes_that_start_side_by_side_migrate_an_empty_database_once()
    {
        PostgresAddress address = server.NewDatabase();
        PostgresDatabase[] nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(address, new NoteTables()))));
        foreach (PostgresDatabase node in nodes) node.Dispose();

        using PostgresDatabase again = Open(address, new NoteTables());
        using PostgresSession session = again.OpenSession();
        Assert.Equal(["note 001"], session.List("SELECT scriptname FROM migration", row => row.Text(0)).AsEnumerable());
    }

    [Fact]
    public void A_database_that_a_newer_version_has_migrated_is_refused_and_stays_as_it_was()
    {
        PostgresAddress address = server.NewDatabase();
        Open(address, Wider()).Dispose();

        var refused = Assert.Throws<StorageUnavailableException>(() => Open(address, new NoteTables()));

        Assert.Contains("newer version of this program (it has the migrations note 002)", refused.Message, StringComparison.Ordinal);
        Open(address, Wider()).Dispose();
    }

    [Fact]
    public void A_migration_that_fails_changes_nothing_and_is_named()
    {
        PostgresAddress address = server.NewDatabase();
        Open(address, new NoteTables()).Dispose();

        var failed = Assert.Throws<StorageUnavailableException>(() => Open(address, Wider("UPDATE nowhere SET x = 1")));

        Assert.Contains("note 003 failed", failed.Message, StringComparison.Ordinal);
        using PostgresDatabase database = Open(address, new NoteTables());
        using PostgresSession session = database.OpenSession();
        Assert.Throws<PostgresException>(() => session.First("SELECT color FROM note", row => row.Text(0)));
    }

    [Fact]
    public void A_database_that_is_not_there_says_how_to_make_it()
    {
        PostgresAddress gone = server.NewDatabase();
        server.Drop(gone);
        var refused = Assert.Throws<StorageUnavailableException>(() => Open(gone, new NoteTables()));
        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>On any connection: the scheduler's, too, holds a row for which those of all other processes wait.</summary>
    [Fact]
    public async Task A_process_that_stands_still_in_a_transaction_gives_its_locks_up()
    {
        using PostgresDatabase database = Open(server.NewDatabase(), new NoteTables());
        await using NpgsqlConnection still = await database.Source.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await still.BeginTransactionAsync();
        await RunAsync(still, "LOCK TABLE note IN EXCLUSIVE MODE");

        await using NpgsqlConnection other = await database.Source.OpenConnectionAsync();
        await RunAsync(other, "DELETE FROM note"); // it waits, for less than the time of a command

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(still, "DELETE FROM note"));

        static async Task RunAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Reads_and_writes_go_on_after_the_database_has_ended_every_session()
    {
        using var database = new PostgresTestDatabase(server);
        var account = new Account("admin", "hash", "admin", DateTimeOffset.UnixEpoch);
        await database.CommitAsync(new SaveAccount(account));
        Assert.Equal(account, await database.Accounts.FindAsync("admin", default));

        server.EndSessions(database.Address);

        Assert.Equal(account, await database.Accounts.FindAsync("admin", default)); // the caller sees nothing of it
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.CommitAsync(new AddNote("a", "1"))); // nothing is promised
        Assert.Null(database.Note("a"));
        await database.CommitAsync(new AddNote("a", "2"));
        Assert.Equal("2", database.Note("a"));
    }

    [Fact]
    public async Task A_list_of_which_a_part_was_shown_before_the_database_ended_the_session_is_not_begun_again()
    {
        using var database = new PostgresTestDatabase(server);
        const string Many = "SELECT number, repeat('x', 1000) FROM generate_series(1, 20000) AS number"; // more than is under way at once
        var shown = new List<long>();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => EachAsync(row =>
        {
            shown.Add(row.Number(0));
            if (shown.Count == 1) server.EndSessions(database.Address);
        }));
        Assert.Equal(Enumerable.Range(1, shown.Count).Select(number => (long)number), shown);

        await EachAsync(_ => { }); // a session is kept of it
        shown.Clear();
        server.EndSessions(database.Address);
        await EachAsync(row => shown.Add(row.Number(0))); // nothing was shown yet: the caller sees nothing of it
        Assert.Equal(20_000, shown.Count);

        Task EachAsync(Action<Row> show) => database.Engine.EachAsync(Many, show, [], CancellationToken.None).AsTask();
    }

    [Fact]
    public async Task A_text_that_no_text_can_hold_is_stored_with_a_mark_in_its_place()
    {
        using var database = new PostgresTestDatabase(server);
        await database.CommitAsync(
            new AddNote("nul", "core\0sw"), new AddNote("half", "core\ud800sw"), new AddNote("whole", "\ud83d\ude00"));
        Assert.Equal(
            ("core\ufffdsw", "core\ufffdsw", "\ud83d\ude00"), (database.Note("nul"), database.Note("half"), database.Note("whole")));
    }

    [Fact]
    public async Task A_commit_is_flushed_though_the_database_is_told_otherwise()
    {
        using var database = new PostgresTestDatabase(server);
        server.Execute("postgres", $"ALTER DATABASE {database.Address.Name} SET synchronous_commit = off");
        using PostgresSession session = database.Engine.OpenSession();
        Assert.Equal("on", session.First("SELECT current_setting('synchronous_commit')", row => row.Text(0)));
        Assert.True((await database.CommitAsync(new ProbeWrite()))[0]);
        server.Execute("postgres", $"ALTER DATABASE {database.Address.Name} RESET synchronous_commit");
    }

    private static PostgresDatabase Open(PostgresAddress address, NoteTables tables) => new(address, [tables]);

    /// <summary>The tables as a later version of the program would have them.</summary>
    private static NoteTables Wider(params string[] more)
    {
        Migrations today = new NoteTables().Migrations;
        return new NoteTables { Migrations = today with
            { Postgres = [.. today.Postgres, "ALTER TABLE note ADD COLUMN color TEXT NOT NULL DEFAULT 'none'", .. more] } };
    }
}
