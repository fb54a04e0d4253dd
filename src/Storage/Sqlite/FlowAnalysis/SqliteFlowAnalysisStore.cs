using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Towpath.FlowAnalysis;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteFlowAnalysisStore(SqliteDatabase database) : IFlowAnalysisStore
{
    public ValueTask<FlowAnalysisRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => ValueTask.FromResult(database.Read(session =>
    {
        using SqliteDataReader row = session.Query(
            $"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis WHERE id = $id", ("$id", FlowAnalysisRow.Key(id)));
        return row.Read() ? FlowAnalysisRow.Read(row) : null;
    }));

    public ValueTask<StoredAnswer?> AnswerAsync(Guid id, CancellationToken cancellationToken)
    {
        return ValueTask.FromResult(database.Read(session =>
        {
            using SqliteDataReader row = session.Query(
                $"SELECT {FlowAnalysisRow.Columns}, trace, statistics FROM flow_analysis WHERE id = $id", ("$id", FlowAnalysisRow.Key(id)));
            return row.Read() ? new StoredAnswer(FlowAnalysisRow.Read(row), Octets(row, 0), Octets(row, 1)) : null;
        }));

        static byte[]? Octets(SqliteDataReader row, int answer) =>
            row.IsDBNull(FlowAnalysisRow.ColumnCount + answer) ? null : row.GetFieldValue<byte[]>(FlowAnalysisRow.ColumnCount + answer);
    }

    public Task<ImmutableArray<FlowAnalysisRecord>> ListAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken)
    {
        FlowAnalysisQuery query = FlowAnalysisQuery.Of(filter);
        return ReadAsync($"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis{query.Where}{query.OrderAndPage}", query.Parameters);
    }

    public Task<ImmutableArray<FlowAnalysisRecord>> DueAsync(DateTimeOffset now, TimeSpan age, int most, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {FlowAnalysisRow.Columns} FROM flow_analysis WHERE periodic = 1 AND (updated_at <= $before OR updated_at > $now) ORDER BY updated_at LIMIT $most",
        [("$before", (now - age).ToUnixTimeMilliseconds()), ("$now", now.ToUnixTimeMilliseconds()), ("$most", most)]);

    public Task<ImmutableArray<Guid>> WithoutStatisticsAsync(TimeSpan interval, int most, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT id FROM flow_analysis
            WHERE periodic = 1 AND updated_at >= created_at + $interval AND trace IS NOT NULL AND statistics IS NULL
                AND (instr(inclusions, $load) > 0 OR instr(inclusions, $interfaces) > 0)
            ORDER BY updated_at LIMIT $most
            """;
        return Task.FromResult(database.Read(session => session.List(
            Sql, row => new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true),
            ("$interval", (long)interval.TotalMilliseconds), ("$most", most),
            ("$load", Inclusions.DeviceStatistics), ("$interfaces", Inclusions.InterfaceStatistics))));
    }

    private Task<ImmutableArray<FlowAnalysisRecord>> ReadAsync(string sql, (string Name, object? Value)[] parameters) =>
        Task.FromResult(database.Read(session => session.List(sql, FlowAnalysisRow.Read, parameters)));
}
