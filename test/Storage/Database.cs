using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>A database file of the test's own, with tasks and notes in it.</summary>
internal sealed class Database : IDisposable
{
    private static readonly ISqliteArea[] _areas =
        [new TaskTables(), new NoteTables(), new DiscoveryTables(), new InventoryTables(), new FlowAnalysisTables()];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;

    public Database(int capacity = SqliteWriter.Capacity)
    {
        _database = new SqliteDatabase(Path.Combine(_folder.FullName, "towpath.db"), _areas);
        _writer = new SqliteWriter(_database, _areas, capacity);
        Tasks = new SqliteTaskStore(_database);
        Discoveries = new SqliteDiscoveryStore(_database);
        Inventory = new SqliteInventoryStore(_database);
        FlowAnalyses = new SqliteFlowAnalysisStore(_database);
    }

    public SqliteTaskStore Tasks { get; }

    public SqliteDiscoveryStore Discoveries { get; }

    public SqliteInventoryStore Inventory { get; }

    public SqliteFlowAnalysisStore FlowAnalyses { get; }

    public Task<ImmutableArray<bool>> CommitAsync(params Write[] writes) => _writer.CommitAsync([.. writes], CancellationToken.None);

    public string? Note(string name)
    {
        return _database.Read(session =>
        {
            using SqliteDataReader row = session.Query("SELECT text FROM note WHERE name = $name", ("$name", name));
            return row.Read() ? row.GetString(0) : null;
        });
    }

    public long Count(string table) => _database.Read(session => session.List("SELECT COUNT(*) FROM " + table, row => row.GetInt64(0)))[0];

    public long Pragma(string name)
    {
        using SqliteSession session = _database.OpenForWriting();
        using SqliteDataReader row = session.Query("PRAGMA " + name);
        row.Read();
        return row.GetInt64(0);
    }

    /// <summary>As the table holds it: no earlier answer is remembered.</summary>
    public async Task<TaskRecord> TaskAsync(Guid id) =>
        await new SqliteTaskStore(_database).FindAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"Task {id} is not stored.");

    /// <summary>A task as an engine would accept it.</summary>
    public static TaskRecord NewTask(string serviceType = "Test Service", TaskRecord? parent = null, string owner = "me", long at = 1_000)
    {
        Guid id = Guid.CreateVersion7();
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        return new TaskRecord(id, parent?.RootId ?? id, parent?.Id, "kind", "{}", serviceType, "admin", time, time + TimeSpan.FromMinutes(10), owner)
        {
            LastUpdate = time,
            Version = at,
        };
    }

    public void Dispose()
    {
        _writer.Dispose();
        _database.Dispose();
        _folder.Delete(recursive: true);
    }
}
