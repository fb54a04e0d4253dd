using System.Text.RegularExpressions;

namespace Towpath.Storage.Postgres;

/// <summary>
/// PostgreSQL's words for those that <see cref="Sql"/> lists: all but the hint are its own. Npgsql marks a parameter by @.
/// </summary>
internal static partial class PostgresWords
{
    public static string Of(string sql) => Parameter().Replace(Hint().Replace(sql, ""), "@$1");

    [GeneratedRegex(@"\$([a-z][a-z0-9_]*)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@" INDEXED BY [a-z_]+")]
    private static partial Regex Hint();
}
