using System.Globalization;

namespace Towpath.Contracts;

/// <summary>
/// Comma-separated values (RFC 4180), as tables are served and printed. Devices name themselves, so what a spreadsheet would take for a
/// formula gets an apostrophe in front.
/// </summary>
public static class CsvText
{
    /// <summary>A cell as it stands in the file; empty for null.</summary>
    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        string plain = IsFormula(value) ? $"'{value}" : value;
        return plain.AsSpan().ContainsAny("\",\r\n") ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }

    /// <summary>To the second, in UTC, for instance <c>2026-11-29T12:00:00Z</c>; null for null.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A line without its end.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell));

    private static bool IsFormula(string value) => (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
        && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
