using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Towpath.Tasks;

/// <summary>
/// A place among the changes of all tasks, which every process understands: whoever goes on from there misses none. It is no exact place,
/// since processes commit side by side; what was changed shortly before it comes again.
/// </summary>
/// <param name="ChangedAt">Epoch milliseconds: earlier changes are known.</param>
/// <param name="Row">Tasks that were accepted before this row had ended by then.</param>
public readonly record struct TaskCursor(long ChangedAt, long Row) : IParsable<TaskCursor>
{
    public static TaskCursor Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out TaskCursor cursor) ? cursor : throw new FormatException($"'{s}' is no place among the tasks.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TaskCursor result)
    {
        result = default;
        if (s?.Split('-') is not [var at, var row] || !Number(at, out long changedAt) || !Number(row, out long first)) return false;
        result = new TaskCursor(changedAt, first);
        return true;

        static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ChangedAt}-{Row}");
}
