using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>An event on one line: the row, then what of it is other than it was.</summary>
internal static class EventText
{
    /// <summary><c>network 10.1.0.0, prefixLength 16: metric 10 -> 20</c>.</summary>
    public static string Of(EventItem happened)
    {
        string row = happened.Row is { Count: > 0 } key ? string.Join(", ", key.Select(cell => $"{cell.Key} {cell.Value}")) : "";
        string change = string.Join(", ", Changes(happened));
        return string.Join(": ", new[] { row, change, happened.Reason ?? "" }.Where(part => part.Length > 0));
    }

    private static IEnumerable<string> Changes(EventItem happened) => (happened.Before, happened.After) switch
    {
        ({ } before, { } after) => before.Keys.Union(after.Keys)
            .Select(column => (column, Was: before.GetValueOrDefault(column, "none"), Is: after.GetValueOrDefault(column, "none")))
            .Where(cell => cell.Was != cell.Is)
            .Select(cell => $"{cell.column} {cell.Was} -> {cell.Is}"),
        ({ } gone, null) => gone.Select(cell => $"{cell.Key} {cell.Value}"),
        (null, { } come) => come.Select(cell => $"{cell.Key} {cell.Value}"),
        _ => [],
    };
}
