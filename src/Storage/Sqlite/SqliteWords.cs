namespace Towpath.Storage.Sqlite;

/// <summary>SQLite's words for those that <see cref="Sql"/> lists.</summary>
internal static class SqliteWords
{
    public static string Of(string sql) => sql
        .Replace("GREATEST(", "max(", StringComparison.Ordinal)
        .Replace("LEAST(", "min(", StringComparison.Ordinal)
        .Replace("strpos(", "instr(", StringComparison.Ordinal)
        .Replace(Sql.Ids, "group_concat(DISTINCT hex(device))", StringComparison.Ordinal);
}
