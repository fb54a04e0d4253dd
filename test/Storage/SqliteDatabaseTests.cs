using Microsoft.Data.Sqlite;
using Towpath.Inventory;
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
        using (var writer = new SqliteWriter(database, [new NoteTables()]))
        {
            await writer.CommitAsync([new AddNote("a", "kept")], CancellationToken.None);
        }
        using SqliteDatabase again = Open();
        Assert.Equal("kept", Assert.Single(again.Read(session => session.List("SELECT text FROM note", row => row.GetString(0)))));
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

        Assert.Contains($"format {SqliteSchema.Format + 6}; this one knows {SqliteSchema.Format}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_runs_once_over_what_is_there()
    {
        Open().Dispose();
        Execute("INSERT INTO note VALUES ('a', 'kept')");

        Open(Wider()).Dispose();
        Open(Wider()).Dispose();

        using SqliteDatabase database = Open(Wider());
        var notes = database.Read(session => session.List("SELECT text, color FROM note", row => (row.GetString(0), row.GetString(1))));
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
        ISqliteArea[] areas = [new InventoryTables(), new DiscoveryTables()];
        for (int start = 0; start < 2; start++)
        {
            using var database = new SqliteDatabase(DatabasePath, areas);
            using var writer = new SqliteWriter(database, areas);
            StoredCredential old = Assert.Single(await new SqliteInventoryStore(database).CredentialsAsync(CancellationToken.None));
            Assert.Equal(start == 0 ? ("old", "") : ("old", "10.1.0.0/16"), (old.Description, old.Ranges));
            await writer.CommitAsync([new ChangeCredential(old with { Sealed = [2, (byte)start], Ranges = "10.1.0.0/16" }, old.Sealed)], CancellationToken.None);
        }
    }

    [Fact]
    public void A_missing_folder_and_a_file_that_is_no_database_say_what_to_do()
    {
        string nowhere = Path.Combine(_folder.FullName, "missing", "towpath.db");
        Assert.Contains(nowhere, Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(nowhere, [])).Message, StringComparison.Ordinal);

        File.WriteAllText(DatabasePath, string.Join('\n', Enumerable.Repeat("this is not a database", 100)));
        Assert.Contains("not a database", Assert.Throws<StorageUnavailableException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_and_its_index_stay_so_that_no_room_is_needed_to_open_it_again()
    {
        using (SqliteDatabase database = Open())
        using (var writer = new SqliteWriter(database, [new NoteTables()])) await writer.CommitAsync([new AddNote("a", "kept")], CancellationToken.None);

        Assert.Equal(0, new FileInfo($"{DatabasePath}-wal").Length);
        Assert.True(File.Exists($"{DatabasePath}-shm"));
    }

    [Fact]
    public async Task A_probe_changes_nothing_and_goes_through_the_log_all_the_same()
    {
        using SqliteDatabase database = Open();
        using var writer = new SqliteWriter(database, [new NoteTables()]);
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

        static long Pragma(SqliteSession session)
        {
            using SqliteDataReader row = session.Query("PRAGMA temp_store");
            return row.Read() ? row.GetInt64(0) : -1;
        }
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Open().Dispose();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DatabasePath));
    }

    [Fact]
    public void A_lent_connection_cannot_write()
    {
        using SqliteDatabase database = Open();
        var refused = Assert.Throws<StorageUnavailableException>(() =>
            database.Read(session => session.List("INSERT INTO note VALUES ('a', 'b') RETURNING name", row => row.GetString(0))));
        Assert.Equal(8, Assert.IsType<SqliteException>(refused.InnerException).SqliteErrorCode);
    }

    private SqliteDatabase Open(NoteTables? tables = null) => new(DatabasePath, [tables ?? new NoteTables()]);

    /// <summary>The tables as a later version of the program would have them.</summary>
    private static NoteTables Wider(params string[] more)
    {
        var today = new NoteTables();
        return new NoteTables { Migrations = [.. today.Migrations, "ALTER TABLE note ADD COLUMN color TEXT NOT NULL DEFAULT 'none'", .. more] };
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
