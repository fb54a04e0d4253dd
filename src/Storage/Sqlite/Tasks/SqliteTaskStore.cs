using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// Reads of the tasks. SQLite answers from memory or the page cache in microseconds, so nothing here leaves the calling thread.
/// </summary>
internal sealed class SqliteTaskStore(SqliteDatabase database) : ITaskStore
{
    private const int MostFinished = 8192; // some 5 MB

    private const string Open = $"SELECT {TaskRow.Columns} FROM task INDEXED BY task_open WHERE end_time IS NULL";

    private readonly FinishedTasks _finished = new(MostFinished);

    public ValueTask<TaskRecord?> FindAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (_finished.Find(id) is { } known) return ValueTask.FromResult<TaskRecord?>(known);
        TaskRecord? task = database.Read(session =>
            session.First($"SELECT {TaskRow.Columns} FROM task WHERE id = $id", TaskRow.Read, ("id", id)));
        if (task is not null) _finished.Add(task);
        return ValueTask.FromResult(task);
    }

    public Task<ImmutableArray<TaskRecord>> TreeAsync(TaskId id, CancellationToken cancellationToken) => ReadAsync($"""
        WITH RECURSIVE tree (node) AS (SELECT $id UNION SELECT child.id FROM task child JOIN tree ON child.parent_id = tree.node)
        SELECT {TaskRow.Columns} FROM task WHERE id IN (SELECT node FROM tree) ORDER BY rowid
        """, ("id", id));

    public Task<ImmutableArray<TaskRecord>> ListAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqliteSelection.Of(TaskSelection.Of(filter), Special);
        return ReadAsync($"SELECT {TaskRow.Columns} FROM task{selection.Where}{selection.OrderAndPage}", selection.Parameters);
    }

    public Task<int> CountAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqliteSelection.Of(TaskSelection.Of(filter), Special);
        return Task.FromResult(database.Read(session =>
            session.First($"SELECT COUNT(*) FROM task{selection.Where}", row => row.Int32(0), selection.Filters)));
    }

    public Task<ImmutableArray<TaskRecord>> RunningAsync(string? owner, CancellationToken cancellationToken) => owner is null
        ? ReadAsync($"{Open} ORDER BY rowid")
        : ReadAsync($"{Open} AND owner = $owner ORDER BY rowid", ("owner", owner));

    private static string? Special(string column, string parameter) => column switch
    {
        // The index has what is below a root.
        TaskSelection.Root => $"(id = {parameter} OR (parent_id IS NOT NULL AND root_id = {parameter}))",
        TaskSelection.Operation => $"id IN (SELECT task_id FROM task_operation WHERE operation_id = {parameter})",
        _ => null,
    };

    private Task<ImmutableArray<TaskRecord>> ReadAsync(string sql, params (string Name, object? Value)[] parameters) =>
        Task.FromResult(database.Read(session => session.List(sql, TaskRow.Read, parameters)));
}
