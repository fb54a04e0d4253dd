using System.Globalization;

namespace Towpath.Storage;

/// <summary>A <see cref="Selection"/> as what follows <c>FROM table</c>.</summary>
internal sealed record SqlSelection(
    string Where, string OrderAndPage, (string Name, object? Value)[] Filters, (string Name, object? Value)[] Page)
{
    public (string Name, object? Value)[] Parameters => [.. Filters, .. Page];

    /// <param name="special">
    /// The SQL of a condition, by its column and its parameter, where it is not a comparison of the column; null: it is one.
    /// </param>
    /// <param name="arrival">The column whose numbers grow as rows are added.</param>
    public static SqlSelection Of(Selection selection, Func<string, string, string?>? special = null, string arrival = "rowid")
    {
        var conditions = new List<string>();
        var filters = new List<(string, object?)>();
        foreach (Condition condition in selection.Conditions)
        {
            string parameter = string.Create(CultureInfo.InvariantCulture, $"p{filters.Count}");
            conditions.Add(special?.Invoke(condition.Column, $"${parameter}") ?? Text(condition, $"${parameter}"));
            if (condition.Value is not null) filters.Add((parameter, condition.Value));
        }
        // Where nulls stand is SQLite's own rule; PostgreSQL has the other one.
        (string direction, string nulls) = selection.Descending ? ("DESC", "NULLS LAST") : ("ASC", "NULLS FIRST");
        string first = selection.SortBy is { } column ? $"{column} {direction} {nulls}, " : "";
        return new SqlSelection(
            conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions),
            $" ORDER BY {first}{arrival} {direction} LIMIT $take OFFSET $skip",
            [.. filters], [("take", selection.Take), ("skip", selection.Skip)]);
    }

    private static string Text(Condition condition, string parameter) => condition.Comparison switch
    {
        Comparison.Equal => $"{condition.Column} = {parameter}",
        Comparison.EqualIgnoringCase => $"lower({condition.Column}) = lower({parameter})",
        Comparison.Less => $"{condition.Column} < {parameter}",
        Comparison.AtMost => $"{condition.Column} <= {parameter}",
        Comparison.AtLeast => $"{condition.Column} >= {parameter}",
        Comparison.Greater => $"{condition.Column} > {parameter}",
        Comparison.Contains => $"strpos({condition.Column}, {parameter}) > 0",
        Comparison.IsSet => $"{condition.Column} IS NOT NULL",
        Comparison.IsNotSet => $"{condition.Column} IS NULL",
        var other => throw new ArgumentException($"There is no SQL for {other}."),
    };
}
