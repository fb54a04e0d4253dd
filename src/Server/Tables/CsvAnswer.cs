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
        await Task.Yield(); // looking through tables takes longer than the threads that serve sockets have
        CancellationToken gone = httpContext.RequestAborted;
        HttpResponse response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        StringBuilder text = Line(new StringBuilder(), columns);
        await foreach (IEnumerable<string?> row in rows.WithCancellation(gone))
        {
            Line(text, row);
            if (text.Length < Piece) continue;
            await response.WriteAsync(text.ToString(), gone);
            text.Clear();
        }
        await response.WriteAsync(text.ToString(), gone);
    }

    private static StringBuilder Line(StringBuilder text, IEnumerable<string?> cells) =>
        text.Append(CsvText.Line(cells)).Append("\r\n");
}
