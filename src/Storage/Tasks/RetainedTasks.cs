using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Tasks are kept with all that is below them, and go together.</summary>
internal sealed class RetainedTasks(ISqlDatabase database) : IRetained
{
    private const string Below = "FROM task below WHERE below.parent_id IS NOT NULL AND below.root_id = task.id";

    public string Name => "tasks";

    public Task<long> CountAsync(long most, CancellationToken cancellationToken) =>
        Retained.CountAsync(database, "task", most, cancellationToken);

    public Task<ImmutableArray<RetainedRow>> OldestAsync(long after, int most, CancellationToken cancellationToken) =>
        Retained.OldestAsync(database, $"""
            SELECT rowid, id, CASE WHEN EXISTS (SELECT 1 {Below} AND below.end_time IS NULL) THEN NULL ELSE end_time END,
              1 + (SELECT COUNT(*) {Below})
            FROM task WHERE rowid > $after AND parent_id IS NULL ORDER BY rowid LIMIT $most
            """, after, most, cancellationToken);

    public Write Purge(ImmutableArray<Guid> ids) => new PurgeTasks(ids);
}
