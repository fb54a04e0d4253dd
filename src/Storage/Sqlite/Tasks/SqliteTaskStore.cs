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
        TaskRecord? task = database.Read(session =>
        {
            using SqliteDataReader row = session.Query($"SELECT {TaskRow.Columns} FROM task WHERE id = $id", ("$id", TaskRow.Key(id)));
            return row.Read() ? TaskRow.Read(row) : null;
        });
        if (task is not null) _finished.Add(task);
        return ValueTask.FromResult(task);
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
        return Task.FromResult(database.Read(session =>
        {
            using SqliteDataReader row = session.Query($"SELECT COUNT(*) FROM task{query.Where}", query.Filters);
            row.Read();
            return row.GetInt32(0);
        }));
    }

    public Task<ImmutableArray<TaskRecord>> RunningAsync(string? owner, CancellationToken cancellationToken) => owner is null
        ? ReadAsync($"SELECT {TaskRow.Columns} FROM task INDEXED BY task_open WHERE end_time IS NULL ORDER BY rowid", [])
        : ReadAsync($"SELECT {TaskRow.Columns} FROM task INDEXED BY task_open WHERE end_time IS NULL AND owner = $owner ORDER BY rowid", [("$owner", owner)]);

    private Task<ImmutableArray<TaskRecord>> ReadAsync(string sql, (string Name, object? Value)[] parameters) =>
        Task.FromResult(database.Read(session => session.List(sql, TaskRow.Read, parameters)));
}
