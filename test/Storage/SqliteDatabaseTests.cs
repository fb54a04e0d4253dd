using Microsoft.Data.Sqlite;
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
        using SqliteLease read = again.Read();
        using SqliteDataReader row = read.Connection.Query("SELECT text FROM note");
        Assert.True(row.Read());
        Assert.Equal("kept", row.GetString(0));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_stays_as_it_was()
    {
        Open().Dispose();
        Execute($"PRAGMA user_version = {SqliteDatabase.SchemaVersion + 6}; DROP TABLE note");

        var refused = Assert.Throws<StorageUnavailableException>(() => Open());

        Assert.Contains($"schema {SqliteDatabase.SchemaVersion + 6}; this one knows {SqliteDatabase.SchemaVersion}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(DatabasePath, refused.Message, StringComparison.Ordinal);
        Assert.Throws<SqliteException>(() => Execute("SELECT * FROM note"));
    }

    [Fact]
    public void A_missing_folder_and_a_file_that_is_no_database_say_what_to_do()
    {
        string nowhere = Path.Combine(_folder.FullName, "missing", "towpath.db");
        Assert.Contains(nowhere, Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(nowhere, new SqliteOptions(), [])).Message, StringComparison.Ordinal);

        File.WriteAllText(DatabasePath, string.Join('\n', Enumerable.Repeat("this is not a database", 100)));
        Assert.Contains("not a database", Assert.Throws<StorageUnavailableException>(() => Open()).Message, StringComparison.Ordinal);
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
        using SqliteLease read = database.Read();
        SqliteSession connection = read.Connection;
        Assert.Equal(8, Assert.Throws<SqliteException>(() => connection.Query("INSERT INTO note VALUES ('a', 'b')").Dispose()).SqliteErrorCode);
    }

    private SqliteDatabase Open() => new(DatabasePath, new SqliteOptions(), [new NoteTables()]);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
