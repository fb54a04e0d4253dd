namespace Towpath.Storage;

/// <summary>
/// The texts of statements. There is one text for both engines, a constant with parameters like <c>$name</c>, whose values are given by
/// their names without the sign, in the same order each time. It is standard SQL where that is possible. An engine puts in its own word
/// for these, and for nothing else:
/// <list type="number">
/// <item><c>GREATEST(a, b)</c> and <c>LEAST(a, b)</c>. Neither may be null: the engines differ then.</item>
/// <item><c>strpos(text, part)</c>, a place from 1, or 0.</item>
/// <item><see cref="Ids"/>.</item>
/// <item><c>INDEXED BY index</c>, a hint of SQLite's that others leave out.</item>
/// </list>
/// A parameter stands beside a column, or in a <c>CAST(... AS BIGINT)</c>: PostgreSQL takes its type from there. Flags are the numbers 0
/// and 1 and are compared as such.
/// </summary>
internal static class Sql
{
    /// <summary>The different ids in the rows' column <c>device</c>, with commas between them; null when there are none.</summary>
    public const string Ids = "string_agg(DISTINCT CAST(device AS TEXT), ',')";

    /// <summary>The parameters of an INSERT into these columns, each with its column's name.</summary>
    public static string Parameters(string columns) => string.Join(", ", Names(columns).Select(column => "$" + column));

    /// <summary>Inserts the row, or writes all of it over the one that has the same key.</summary>
    public static string Save(string table, string columns, params string[] key)
    {
        IEnumerable<string> others = Names(columns).Except(key).Select(column => $"{column} = excluded.{column}");
        return $"INSERT INTO {table} ({columns}) VALUES ({Parameters(columns)}) "
            + $"ON CONFLICT ({string.Join(", ", key)}) DO UPDATE SET {string.Join(", ", others)}";
    }

    private static string[] Names(string columns) => columns.Split(',', StringSplitOptions.TrimEntries);
}
