using Towpath.FlowAnalysis;

namespace Towpath.Storage.Sqlite;

/// <summary>A filter as SQL. The text depends on which filters are set, never on their values, so the statements stay few and prepared.</summary>
internal sealed record FlowAnalysisQuery(string Where, string OrderAndPage, (string Name, object? Value)[] Parameters)
{
    public static FlowAnalysisQuery Of(FlowAnalysisFilter filter)
    {
        var conditions = new List<string>();
        var parameters = new List<(string, object?)>();

        When("periodic = $periodic", "$periodic", filter.PeriodicRefresh is { } periodic ? (periodic ? 1 : 0) : null);
        When("source = $source", "$source", filter.Source is { } source ? (long)source.Bits : null);
        When("destination = $destination", "$destination", filter.Destination is { } destination ? (long)destination.Bits : null);
        When("source_port = $sourcePort", "$sourcePort", filter.SourcePort);
        When("destination_port = $destinationPort", "$destinationPort", filter.DestinationPort);
        When("protocol = $protocol COLLATE NOCASE", "$protocol", filter.Protocol);
        When("created_at > $after", "$after", filter.CreatedAfter?.ToUnixTimeMilliseconds());
        When("created_at < $before", "$before", filter.CreatedBefore?.ToUnixTimeMilliseconds());
        When("updated_at = $updated", "$updated", filter.UpdatedAt?.ToUnixTimeMilliseconds());
        When("status = $status", "$status", filter.Status is { } status ? (int)status : null);
        When("task_id = $task", "$task", filter.TaskId is { } task ? FlowAnalysisRow.Key(task) : null);
        parameters.Add(("$take", filter.Take));
        parameters.Add(("$skip", filter.Skip));

        string direction = filter.Descending ? "DESC" : "ASC";
        return new FlowAnalysisQuery(
            conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions),
            $" ORDER BY {Column(filter.SortBy)} {direction}, rowid {direction} LIMIT $take OFFSET $skip",
            [.. parameters]);

        void When(string condition, string name, object? value)
        {
            if (value is null) return;
            conditions.Add(condition);
            parameters.Add((name, value));
        }
    }

    private static string Column(string sortBy) => sortBy switch
    {
        "lastUpdateTime" => "updated_at",
        "sourceIP" => "source",
        "destIP" => "destination",
        "status" => "status",
        "protocol" => "protocol",
        "sourcePort" => "source_port",
        "destPort" => "destination_port",
        _ => "created_at",
    };
}
