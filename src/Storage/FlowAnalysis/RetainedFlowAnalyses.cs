using System.Collections.Immutable;
using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Requests are kept with their answers. One that is repeated goes on until somebody deletes it.</summary>
internal sealed class RetainedFlowAnalyses(ISqlDatabase database) : IRetained
{
    public string Name => "traces";

    public Task<long> CountAsync(long most, CancellationToken cancellationToken) =>
        Retained.CountAsync(database, "flow_analysis", most, cancellationToken);

    public Task<ImmutableArray<RetainedRow>> OldestAsync(long after, int most, CancellationToken cancellationToken) =>
        Retained.OldestAsync(database, """
            SELECT rowid, id, CASE WHEN status = 0 OR periodic = 1 THEN NULL ELSE COALESCE(updated_at, created_at) END, 1
            FROM flow_analysis WHERE rowid > $after ORDER BY rowid LIMIT $most
            """, after, most, cancellationToken);

    public Write Purge(ImmutableArray<Guid> ids) => new PurgeFlowAnalyses(ids);
}
