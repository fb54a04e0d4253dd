using System.Globalization;

namespace Towpath.Server;

/// <summary>The part of a list that is asked for.</summary>
/// <param name="Offset">1-based.</param>
/// <param name="Limit">1..500. More is refused, never cut silently.</param>
internal readonly record struct Paging(int Offset, int Limit)
{
    public const int MostRecords = 500;

    /// <summary>Rows to leave out at the front, from 0.</summary>
    public int Skip => Offset - 1;

    /// <summary>Reads <c>offset</c> (default 1) and <c>limit</c> (default 500) of the query.</summary>
    /// <exception cref="ApiException">400: one of them is no number or out of range.</exception>
    public static Paging FromQuery(HttpRequest request)
    {
        var problems = new List<string>();
        int offset = Read(request.Query["offset"], "offset", 1, 1, int.MaxValue, problems);
        int limit = Read(request.Query["limit"], "limit", MostRecords, 1, MostRecords, problems);
        return problems.Count == 0 ? new Paging(offset, limit) : throw ApiException.Malformed(problems);
    }

    /// <summary>Reads the path form <c>/{startIndex}/{recordsToReturn}</c>.</summary>
    /// <param name="firstIndex">1; the task ranges count from 0.</param>
    /// <exception cref="ApiException">400: one of them is no number or out of range; 404: neither is a number, so another resource is
    /// meant.</exception>
    public static Paging FromPath(string startIndex, string recordsToReturn, int firstIndex = 1)
    {
        if (!IsNumber(startIndex) && !IsNumber(recordsToReturn))
            throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND",
                $"There is no resource at .../{Texts.Shorten(startIndex)}/{Texts.Shorten(recordsToReturn)}; a range is two numbers.");
        var problems = new List<string>();
        int offset = Read(startIndex, "the start index", firstIndex, firstIndex, int.MaxValue - 1, problems);
        int limit = Read(recordsToReturn, "the number of records", MostRecords, 1, MostRecords, problems);
        return problems.Count == 0 ? new Paging(offset - firstIndex + 1, limit) : throw ApiException.Malformed(problems);
    }

    private static bool IsNumber(string text) =>
        text.AsSpan().TrimStart('-') is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    private static int Read(string? text, string name, int whenAbsent, int least, int most, List<string> problems)
    {
        if (string.IsNullOrEmpty(text)) return whenAbsent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            return value;
        problems.Add(most == int.MaxValue || most == int.MaxValue - 1
            ? $"{name} must be a number from {least} on, not '{Texts.Shorten(text)}'."
            : $"{name} must be a number from {least} to {most}, not '{Texts.Shorten(text)}'.");
        return whenAbsent;
    }
}
