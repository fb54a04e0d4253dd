using System.Text;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// Rows as a file of comma-separated values (RFC 4180), with a header line, written as they come.
/// </summary>
/// <param name="name">Of the file, without <c>.csv</c>.</param>
internal sealed class CsvAnswer(string name, IReadOnlyList<string> columns, IAsyncEnumerable<IEnumerable<string?>> rows) : IResult
{
    private const int Piece = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        TableScans scans = httpContext.RequestServices.GetRequiredService<TableScans>();
        CancellationToken gone = httpContext.RequestAborted;
        HttpResponse response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        StringBuilder text = Line(new StringBuilder(), columns);
        await using IAsyncEnumerator<IEnumerable<string?>> left = rows.GetAsyncEnumerator(gone);
        bool isMore = true;
        while (isMore)
        {
            // A client that reads slowly holds no place.
            isMore = await scans.RunAsync(() => FillAsync(text, left), gone, isBegun: response.HasStarted);
            await response.WriteAsync(text.ToString(), gone);
            text.Clear();
        }
    }

    /// <summary>False when no row is left.</summary>
    private static async Task<bool> FillAsync(StringBuilder text, IAsyncEnumerator<IEnumerable<string?>> left)
    {
        while (text.Length < Piece)
        {
            if (!await left.MoveNextAsync()) return false;
            Line(text, left.Current);
        }
        return true;
    }

    /// <summary>Without a text for the line: there may be millions.</summary>
    private static StringBuilder Line(StringBuilder text, IEnumerable<string?> cells)
    {
        string before = "";
        foreach (string? cell in cells)
        {
            text.Append(before).Append(CsvText.Cell(cell));
            before = ",";
        }
        return text.Append("\r\n");
    }
}
