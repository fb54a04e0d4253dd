using System.Collections.Immutable;
using Towpath.FlowAnalysis;

namespace Towpath.Storage;

internal sealed class FlowAnalysisStore(ISqlDatabase database) : IFlowAnalysisStore
{
    public ValueTask<FlowAnalysisRecord?> FindAsync(FlowAnalysisId id, CancellationToken cancellationToken) => database.FirstAsync(
        $"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis WHERE id = $id", FlowAnalysisRow.Read, [("id", id)], cancellationToken);

    public ValueTask<StoredAnswer?> AnswerAsync(FlowAnalysisId id, CancellationToken cancellationToken) => database.FirstAsync(
        $"SELECT {FlowAnalysisRow.WithAnswer} FROM flow_analysis WHERE id = $id", FlowAnalysisRow.ReadAnswer, [("id", id)],
        cancellationToken);

    public Task<ImmutableArray<FlowAnalysisRecord>> ListAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqlSelection.Of(FlowAnalysisSelection.Of(filter));
        return ReadAsync($"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis{selection.Where}{selection.OrderAndPage}",
            selection.Parameters, cancellationToken);
    }

    public Task<int> CountAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqlSelection.Of(FlowAnalysisSelection.Of(filter));
        return database.FirstAsync($"SELECT COUNT(*) FROM flow_analysis{selection.Where}", row => row.Int32(0), selection.Filters,
            cancellationToken).AsTask();
    }

    public Task<ImmutableArray<FlowAnalysisRecord>> DueAsync(DateTimeOffset now, TimeSpan age, int most,
        CancellationToken cancellationToken) =>
        ReadAsync(
        $"""
        SELECT {FlowAnalysisRow.Columns} FROM flow_analysis
        WHERE periodic = 1 AND (updated_at <= $before OR updated_at > $now) ORDER BY updated_at LIMIT $most
        """,
        [("before", now - age), ("now", now), ("most", most)], cancellationToken);

    public Task<ImmutableArray<FlowAnalysisId>> WithoutStatisticsAsync(TimeSpan interval, int most, CancellationToken cancellationToken)
    {
        const string WithoutStatistics = """
            SELECT id FROM flow_analysis
            WHERE periodic = 1 AND updated_at >= created_at + $interval AND trace IS NOT NULL AND statistics IS NULL
                AND (strpos(inclusions, $load) > 0 OR strpos(inclusions, $interfaces) > 0)
            ORDER BY updated_at LIMIT $most
            """;
        return database.ListAsync(WithoutStatistics, FlowAnalysisRow.Id,
            [
                ("interval", interval), ("most", most), ("load", Inclusions.DeviceStatistics),
                ("interfaces", Inclusions.InterfaceStatistics),
            ],
            cancellationToken).AsTask();
    }

    private Task<ImmutableArray<FlowAnalysisRecord>> ReadAsync(
        string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        database.ListAsync(sql, FlowAnalysisRow.Read, parameters, cancellationToken).AsTask();
}
