using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Reads of the tasks. One that has ended is answered from memory when it was asked for before.</summary>
internal sealed class TaskStore(ISqlDatabase database) : ITaskStore
{
    private const int MostFinished = 8192; // some 5 MB

    /// <summary>Rows of PostgreSQL are numbered before they are committed: so many are accepted side by side at most.</summary>
    private const int SideBySide = 5000;

    private const string FromOpen = "FROM task INDEXED BY task_open WHERE end_time IS NULL";

    private const string Open = $"SELECT {TaskRow.Columns} {FromOpen}";

    private readonly FinishedTasks _finished = new(MostFinished);

    public async ValueTask<TaskRecord?> FindAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (_finished.Find(id) is { } known) return known;
        TaskRecord? task = await database.FirstAsync(
            $"SELECT {TaskRow.Columns} FROM task WHERE id = $id", TaskRow.Read, [("id", id)], cancellationToken);
        if (task is not null) _finished.Add(task);
        return task;
    }

    public Task<ImmutableArray<TaskRecord>> TreeAsync(TaskId id, CancellationToken cancellationToken) => ReadAsync($"""
        WITH RECURSIVE tree (node) AS (
          SELECT id FROM task WHERE id = $id UNION SELECT child.id FROM task child JOIN tree ON child.parent_id = tree.node)
        SELECT {TaskRow.Columns} FROM task WHERE id IN (SELECT node FROM tree) ORDER BY rowid
        """, [("id", id)], cancellationToken);

    public Task ListAsync(TaskFilter filter, Action<IListedTask> show, CancellationToken cancellationToken)
    {
        var selection = SqlSelection.Of(TaskSelection.Of(filter), Special);
        IListedTask? task = null;
        return database.EachAsync($"SELECT {TaskRow.Columns} FROM task{selection.Where}{selection.OrderAndPage}",
            row => show(task ??= new ListedTaskRow(row)), selection.Parameters, cancellationToken).AsTask();
    }

    public Task<int> CountAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqlSelection.Of(TaskSelection.Of(filter), Special);
        return database.FirstAsync(
            $"SELECT COUNT(*) FROM task{selection.Where}", row => row.Int32(0), selection.Filters, cancellationToken).AsTask();
    }

    public Task<UsedKey?> FindKeyAsync(string account, string key, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.FirstAsync(
            "SELECT task_id, request FROM once_key WHERE account = $account AND name = $name AND used_at >= $since",
            row => new UsedKey(row.Task(0), row.Octets(1)), [("account", account), ("name", key), ("since", since)],
            cancellationToken).AsTask();

    public async Task<TaskCursor> CursorAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        long? open = await database.FirstAsync(
            $"SELECT MIN(rowid) {FromOpen}", row => row.IsNull(0) ? (long?)null : row.Number(0), [], cancellationToken);
        long row = open ?? await database.FirstAsync(
            "SELECT COALESCE(MAX(rowid), 0) FROM task", newest => newest.Number(0), [], cancellationToken);
        return new TaskCursor(at.ToUnixTimeMilliseconds(), row);
    }

    public Task<ImmutableArray<TaskRecord>> ChangedAsync(TaskCursor from, int most, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {TaskRow.Columns} FROM task WHERE rowid >= $row AND last_update >= $since ORDER BY last_update, rowid LIMIT $most",
        [("row", from.Row - SideBySide), ("since", from.ChangedAt), ("most", most)], cancellationToken);

    public async Task<IReadOnlySet<TaskId>> OpenAsync(CancellationToken cancellationToken) =>
        (await database.ListAsync($"SELECT id {FromOpen}", row => row.Task(0), [], cancellationToken)).ToHashSet();

    public Task<ImmutableArray<string>> OwnersAsync(CancellationToken cancellationToken) =>
        database.ListAsync($"SELECT DISTINCT owner {FromOpen}", row => row.Text(0), [], cancellationToken).AsTask();

    public Task<ImmutableArray<TaskRecord>> RunningAsync(string? owner, CancellationToken cancellationToken) => owner is null
        ? ReadAsync($"{Open} ORDER BY rowid", [], cancellationToken)
        : ReadAsync($"{Open} AND owner = $owner ORDER BY rowid", [("owner", owner)], cancellationToken);

    private static string? Special(string column, string parameter) => column switch
    {
        // The index has what is below a root.
        TaskSelection.Root => $"(id = {parameter} OR (parent_id IS NOT NULL AND root_id = {parameter}))",
        TaskSelection.Operation => $"id IN (SELECT task_id FROM task_operation WHERE operation_id = {parameter})",
        _ => null,
    };

    private Task<ImmutableArray<TaskRecord>> ReadAsync(
        string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        database.ListAsync(sql, TaskRow.Read, parameters, cancellationToken).AsTask();
}
