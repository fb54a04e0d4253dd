using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>Reads of the tasks. SQLite answers from memory or the page cache in microseconds, so nothing here leaves the calling thread.</summary>
internal sealed class SqliteTaskStore(SqliteDatabase database) : ITaskStore
{
    private const int MostFinished = 8192; // some 5 MB

    private readonly FinishedTasks _finished = new(MostFinished);

    public ValueTask<TaskRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_finished.Find(id) is { } known) return ValueTask.FromResult<TaskRecord?>(known);
        using SqliteLease read = database.Read();
        using SqliteDataReader row = read.Connection.Query($"SELECT {TaskRow.Columns} FROM task WHERE id = $id", ("$id", TaskRow.Key(id)));
        if (!row.Read()) return ValueTask.FromResult<TaskRecord?>(null);
        TaskRecord task = TaskRow.Read(row);
        _finished.Add(task);
        return ValueTask.FromResult<TaskRecord?>(task);
    }

    public Task<ImmutableArray<TaskRecord>> TreeAsync(Guid id, CancellationToken cancellationToken) => ReadAsync($"""
        WITH RECURSIVE tree (node) AS (SELECT $id UNION SELECT child.id FROM task child JOIN tree ON child.parent_id = tree.node)
        SELECT {TaskRow.Columns} FROM task WHERE id IN (SELECT node FROM tree) ORDER BY rowid
        """, [("$id", TaskRow.Key(id))]);

    public Task<ImmutableArray<TaskRecord>> ListAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        TaskQuery query = TaskQuery.Of(filter);
        return ReadAsync($"SELECT {TaskRow.Columns} FROM task{query.Where}{query.OrderAndPage}", [.. query.Filters, .. query.Page]);
    }

    public Task<int> CountAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        TaskQuery query = TaskQuery.Of(filter);
        using SqliteLease read = database.Read();
        using SqliteDataReader row = read.Connection.Query($"SELECT COUNT(*) FROM task{query.Where}", query.Filters);
        row.Read();
        return Task.FromResult(row.GetInt32(0));
    }

    public Task<ImmutableArray<TaskRecord>> RunningAsync(string? owner, CancellationToken cancellationToken) => owner is null
        ? ReadAsync($"SELECT {TaskRow.Columns} FROM task INDEXED BY task_open WHERE end_time IS NULL ORDER BY rowid", [])
        : ReadAsync($"SELECT {TaskRow.Columns} FROM task INDEXED BY task_open WHERE end_time IS NULL AND owner = $owner ORDER BY rowid", [("$owner", owner)]);

    private Task<ImmutableArray<TaskRecord>> ReadAsync(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteLease read = database.Read();
        using SqliteDataReader row = read.Connection.Query(sql, parameters);
        var found = ImmutableArray.CreateBuilder<TaskRecord>();
        while (row.Read()) found.Add(TaskRow.Read(row));
        return Task.FromResult(found.ToImmutable());
    }
}
