using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");

    private string DatabasePath => Path.Combine(_folder.FullName, "towpath.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_committed_is_there_after_the_file_was_closed_and_opened()
    {
        using (SqliteDatabase database = Open())
        using (var writer = new GroupCommit(database))
        {
            await writer.CommitAsync([new AddNote("a", "kept")], CancellationToken.None);
        }
        using SqliteDatabase again = Open();
        Assert.Equal("kept", Assert.Single(again.Read(session => session.List("SELECT text FROM note", row => row.Text(0)))));
    }

    [Fact]
    public void A_database_that_a_newer_version_has_migrated_is_refused_and_stays_as_it_was()
    {
        Open(Wider()).Dispose();

        var refused = Assert.Throws<StorageUnavailableException>(() => Open());

        Assert.Contains("newer version of this program (it has the migrations note 002)", refused.Message, StringComparison.Ordinal);
        Assert.Contains(DatabasePath, refused.Message, StringComparison.Ordinal);
        Execute("SELECT color FROM note");
    }

    [Fact]
    public void A_database_of_a_newer_format_is_refused_by_its_number()
    {
        Open().Dispose();
        Execute($"PRAGMA user_version = {SqliteSchema.Format + 6}");

        var refused = Assert.Throws<StorageUnavailableException>(() => Open());

        Assert.Contains($"format {SqliteSchema.Format + 6}; this one knows {SqliteSchema.Format}", refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_runs_once_over_what_is_there()
    {
        Open().Dispose();
        Execute("INSERT INTO note VALUES ('a', 'kept')");

        Open(Wider()).Dispose();
        Open(Wider()).Dispose();

        using SqliteDatabase database = Open(Wider());
        var notes = database.Read(session => session.List("SELECT text, color FROM note", row => (row.Text(0), row.Text(1))));
        Assert.Equal(("kept", "none"), Assert.Single(notes));
    }

    [Fact]
    public void A_migration_that_fails_changes_nothing_and_is_named()
    {
        Open().Dispose();

        var failed = Assert.Throws<StorageUnavailableException>(() => Open(Wider("UPDATE nowhere SET x = 1")));

        Assert.Contains("note 003 failed", failed.Message, StringComparison.Ordinal);
        Assert.Throws<SqliteException>(() => Execute("SELECT color FROM note"));
        Open().Dispose();
    }

    [Fact]
    public async Task A_file_from_before_a_column_was_added_is_read_and_written()
    {
        Execute("""
            CREATE TABLE global_credential (
              id BLOB NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, description TEXT NOT NULL, comments TEXT NOT NULL,
              sealed_content BLOB NOT NULL, created_at INTEGER NOT NULL);
            INSERT INTO global_credential VALUES (x'00000000000000000000000000000001', 1, 'old', '', x'01', 0);
            PRAGMA user_version = 1
            """);
        IArea[] areas = [new InventoryTables(), new DiscoveryTables()];
        for (int start = 0; start < 2; start++)
        {
            using var database = new SqliteDatabase(DatabasePath, areas);
            using var writer = new GroupCommit(database);
            StoredCredential old = Assert.Single(await new InventoryStore(database).CredentialsAsync(CancellationToken.None));
            Assert.Equal(start == 0 ? ("old", "") : ("old", "10.1.0.0/16"), (old.Description, old.Ranges));
            await writer.CommitAsync([new ChangeCredential(old with { Sealed = [2, (byte)start], Ranges = "10.1.0.0/16" }, old.Sealed)],
                CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_file_whose_discoveries_have_ids_as_texts_keeps_all_of_them_and_gives_no_id_twice()
    {
        var (task, device, credential) = (new TaskId(Guid.CreateVersion7()), new DeviceId(Guid.CreateVersion7()), Guid.CreateVersion7());
        Execute($"""
            CREATE TABLE discovery (
                id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, plan TEXT NOT NULL,
                run INTEGER NOT NULL, active INTEGER NOT NULL, condition INTEGER NOT NULL, created_at INTEGER NOT NULL);
            INSERT INTO discovery VALUES
                (3, '{task}', 'campus', '{JsonSerializer.Serialize(Plan("campus"))}', 2, 1, 2, 1000), (9, '{Guid.NewGuid()}', 'deleted', '', 1, 1, 2, 0);
            DELETE FROM discovery WHERE id = 9;
            CREATE TABLE discovery_job (
                discovery_id INTEGER NOT NULL REFERENCES discovery (id) ON DELETE CASCADE, address INTEGER NOT NULL, run INTEGER NOT NULL,
                name TEXT, outcome INTEGER NOT NULL, reason TEXT, device TEXT, started_at INTEGER NOT NULL, ended_at INTEGER,
                PRIMARY KEY (discovery_id, address)) WITHOUT ROWID;
            INSERT INTO discovery_job VALUES (3, 1, 2, 'a', 0, NULL, '{device}', 1000, 2000), (3, 2, 2, NULL, 0, 'silent', NULL, 1000, NULL);
            PRAGMA user_version = 1
            """);
        using (new SqliteDatabase(DatabasePath, [new DiscoveryTablesUntil(3)]))
            Execute($"UPDATE discovery_job SET credential = 'core-ro', credential_id = '{credential}' WHERE address = 1; INSERT INTO discovery_withheld VALUES (3, 42, '{{\"Listed\":[],\"More\":42}}')");

        using var database = new SqliteDatabase(DatabasePath, [new DiscoveryTables()]);
        using var writer = new GroupCommit(database);
        var store = new DiscoveryStore(database);

        DiscoveryRecord found = (await store.FindByTaskAsync(task, default))!;
        Assert.Equal((3, task, "campus", 2, DiscoveryCondition.Complete, 42),
            (found.Id, found.TaskId, found.Plan.Name, found.Run, found.Condition, found.Withheld));
        Assert.Equal([device], found.Devices.AsEnumerable());
        ImmutableArray<DiscoveryJob> jobs = await store.JobsAsync(3, null, 0, 10, default);
        Assert.Equal(
            [("a", device, new TakenCredential(credential, "core-ro")), (null, null, null)],
            jobs.Select(job => (job.Name, job.Device, job.Credential)));
        Assert.Equal(42, (await store.WithheldAsync(3, default)).More);

        var later = new TaskId(Guid.CreateVersion7());
        await writer.CommitAsync([new CreateDiscovery(later, Plan("later"), default)], default);
        Assert.Equal(10, (await store.FindByTaskAsync(later, default))!.Id);
        Execute("PRAGMA foreign_keys = ON; DELETE FROM discovery WHERE id = 3"); // what refers to it goes with it, as before
        Assert.Empty(await store.JobsAsync(null, null, 0, 10, default));
        Assert.Equal(0, (await store.WithheldAsync(3, default)).More);
    }

    [Fact]
    public void A_missing_folder_and_a_file_that_is_no_database_say_what_to_do()
    {
        string nowhere = Path.Combine(_folder.FullName, "missing", "towpath.db");
        Assert.Contains(nowhere, Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(nowhere, [])).Message,
            StringComparison.Ordinal);

        File.WriteAllText(DatabasePath, string.Join('\n', Enumerable.Repeat("this is not a database", 100)));
        Assert.Contains("not a database", Assert.Throws<StorageUnavailableException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_and_its_index_stay_so_that_no_room_is_needed_to_open_it_again()
    {
        using (SqliteDatabase database = Open())
        using (var writer = new GroupCommit(database)) await writer.CommitAsync([new AddNote("a", "kept")], CancellationToken.None);

        Assert.Equal(0, new FileInfo($"{DatabasePath}-wal").Length);
        Assert.True(File.Exists($"{DatabasePath}-shm"));
    }

    [Fact]
    public async Task Commits_are_flushed_before_they_are_answered()
    {
        using var database = new SqliteTestDatabase();
        await database.CommitAsync(new AddNote("a", "1"));
        Assert.Equal(2, database.Pragma("synchronous")); // FULL
    }

    [Fact]
    public async Task A_probe_changes_nothing_and_goes_through_the_log_all_the_same()
    {
        using SqliteDatabase database = Open();
        using var writer = new GroupCommit(database);
        await writer.CommitAsync([new AddNote("a", "kept")], CancellationToken.None);
        long before = new FileInfo($"{DatabasePath}-wal").Length;

        Assert.True((await writer.CommitAsync([new ProbeWrite()], CancellationToken.None))[0]);

        Assert.InRange(new FileInfo($"{DatabasePath}-wal").Length - before, 1, 8192);
        Open().Dispose(); // its format is as it was
    }

    [Fact]
    public void What_is_sorted_goes_into_no_folder_of_the_surroundings()
    {
        using SqliteDatabase database = Open();
        Assert.Equal(2L, database.Read(Pragma)); // MEMORY
        using SqliteSession writing = database.OpenForWriting();
        Assert.Equal(2L, Pragma(writing));

        static long Pragma(SqliteSession session) => session.First("PRAGMA temp_store", row => row.Number(0));
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Open().Dispose();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DatabasePath));
    }

    [Fact]
    public void A_reading_gives_way_while_it_walks_over_many_rows_and_none_does_that_is_soon_done()
    {
        int gaveWay = 0;
        using var database = new SqliteDatabase(DatabasePath, [new NoteTables()], () => gaveWay++);
        Assert.Single(Numbers(1));
        Assert.Equal(0, gaveWay);

        Assert.Equal(2 * SqliteSession.RowsAtOnce, Numbers(2 * SqliteSession.RowsAtOnce).Length);
        Assert.Equal(2, gaveWay);

        const string Count = "WITH RECURSIVE one (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM one WHERE number < 100000) "
            + "SELECT COUNT(*) FROM one";
        Assert.Equal(100_000, database.Read(session => session.First(Count, row => row.Number(0))));
        Assert.InRange(gaveWay, 10, 1000);

        ImmutableArray<long> Numbers(int most) => database.Read(session => session.List(
            "WITH RECURSIVE one (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM one WHERE number < $most) SELECT number FROM one",
            row => row.Number(0), ("most", most)));
    }

    [Fact]
    public void A_text_that_the_row_before_has_too_is_one_string_and_any_other_is_its_own()
    {
        using SqliteDatabase database = Open();
        string[] texts = ["", "a", "a", "é", "é", "e\u0301", "a\0b", "a\0b", "a", "A"];
        ImmutableArray<(string Text, string Same)> read = database.Read(session => session.List(
            "SELECT value, 'same' FROM json_each($texts)", row => (row.Text(0), row.Text(1)), ("texts", JsonSerializer.Serialize(texts))));

        Assert.Equal(texts, read.Select(row => row.Text));
        Assert.All(read, row => Assert.Same(read[0].Same, row.Same));
        Assert.Same(read[1].Text, read[2].Text);
    }

    [Fact]
    public void An_id_of_another_length_is_damage_and_a_text_is_not_read_where_none_is()
    {
        using SqliteDatabase database = Open();
        Assert.Throws<StorageUnavailableException>(() => database.Read(session => session.List("SELECT x'0102'", row => row.Id(0))));
        Assert.Throws<InvalidOperationException>(() => database.Read(session => session.List("SELECT NULL", row => row.Text(0))));
    }

    [Fact]
    public void A_lent_connection_cannot_write()
    {
        using SqliteDatabase database = Open();
        var refused = Assert.Throws<StorageUnavailableException>(() =>
            database.Read(session => session.List("INSERT INTO note VALUES ('a', 'b') RETURNING name", row => row.Text(0))));
        Assert.Equal(8, Assert.IsType<SqliteException>(refused.InnerException).SqliteErrorCode);
    }

    private SqliteDatabase Open(NoteTables? tables = null) => new(DatabasePath, [tables ?? new NoteTables()]);

    /// <summary>The tables as a later version of the program would have them.</summary>
    private static NoteTables Wider(params string[] more)
    {
        Migrations today = new NoteTables().Migrations;
        return new NoteTables { Migrations = today with
            { Sqlite = [.. today.Sqlite, "ALTER TABLE note ADD COLUMN color TEXT NOT NULL DEFAULT 'none'", .. more] } };
    }

    private static DiscoveryPlan Plan(string name) =>
        new(name, DiscoveryKind.Cdp, "192.0.2.1") { Level = 3, Retries = 1, TimeoutSeconds = 5, ProtectedAccess = "", Shown = "{}" };

    /// <summary>The tables of discoveries as they were after so many migrations.</summary>
    private sealed class DiscoveryTablesUntil(int count) : IArea
    {
        private readonly DiscoveryTables _today = new();

        public string Name => _today.Name;

        public Migrations Migrations => _today.Migrations with { Sqlite = [.. _today.Migrations.Sqlite.Take(count)] };

        public bool? TryExecute(ISqlSession session, Write write) => null;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
