using System.Collections.Immutable;
using Towpath.FlowAnalysis;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteFlowAnalysisStore(SqliteDatabase database) : IFlowAnalysisStore
{
    public ValueTask<FlowAnalysisRecord?> FindAsync(FlowAnalysisId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session => session.First(
            $"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis WHERE id = $id", FlowAnalysisRow.Read, ("id", id))));

    public ValueTask<StoredAnswer?> AnswerAsync(FlowAnalysisId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session => session.First(
            $"SELECT {FlowAnalysisRow.WithAnswer} FROM flow_analysis WHERE id = $id", FlowAnalysisRow.ReadAnswer, ("id", id))));

    public Task<ImmutableArray<FlowAnalysisRecord>> ListAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqliteSelection.Of(FlowAnalysisSelection.Of(filter));
        return ReadAsync($"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis{selection.Where}{selection.OrderAndPage}",
            selection.Parameters);
    }

    public Task<ImmutableArray<FlowAnalysisRecord>> DueAsync(DateTimeOffset now, TimeSpan age, int most,
        CancellationToken cancellationToken) =>
        ReadAsync(
        $"""
        SELECT {FlowAnalysisRow.Columns} FROM flow_analysis
        WHERE periodic = 1 AND (updated_at <= $before OR updated_at > $now) ORDER BY updated_at LIMIT $most
        """,
        [("before", now - age), ("now", now), ("most", most)]);

    public Task<ImmutableArray<FlowAnalysisId>> WithoutStatisticsAsync(TimeSpan interval, int most, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT id FROM flow_analysis
            WHERE periodic = 1 AND updated_at >= created_at + $interval AND trace IS NOT NULL AND statistics IS NULL
                AND (instr(inclusions, $load) > 0 OR instr(inclusions, $interfaces) > 0)
            ORDER BY updated_at LIMIT $most
            """;
        return Task.FromResult(database.Read(session => session.List(
            Sql, FlowAnalysisRow.Id, ("interval", interval), ("most", most),
            ("load", Inclusions.DeviceStatistics), ("interfaces", Inclusions.InterfaceStatistics))));
    }

    private Task<ImmutableArray<FlowAnalysisRecord>> ReadAsync(string sql, (string Name, object? Value)[] parameters) =>
        Task.FromResult(database.Read(session => session.List(sql, FlowAnalysisRow.Read, parameters)));
}
