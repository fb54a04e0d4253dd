using System.CommandLine;
using Spectre.Console;
using Towpath.Client;

namespace Towpath.Commands;

/// <summary>
/// Answers go to standard output, everything said on the way to standard error. Colors and moving bars appear on a terminal only, and not with
/// NO_COLOR. What devices and controllers said is never taken for markup or terminal commands.
/// </summary>
internal sealed class Screen
{
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Answer in JSON.", Recursive = true };

    private readonly TextWriter _answers = Console.Out;

    private Screen(bool json)
    {
        Json = json;
        Out = Make(Console.Out, Console.IsOutputRedirected);
        Error = Make(Console.Error, Console.IsErrorRedirected);
    }

    public bool Json { get; }

    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    public static Screen For(ParseResult arguments) => new(arguments.GetValue(JsonOption));

    /// <summary>An answer, as a line.</summary>
    public void Line(string text = "") => _answers.WriteLine(Plain(text));

    /// <summary>Said on the way; not with <c>--json</c>.</summary>
    public void Say(string text)
    {
        if (!Json) Console.Error.WriteLine(Plain(text));
    }

    /// <summary>An answer, as JSON.</summary>
    public static void WriteJson<T>(T value) => Console.Out.WriteLine(TowpathClient.Serialize(value));

    /// <summary>An answer, as a table without borders: rows can be searched and cut.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(cell => string.IsNullOrEmpty(cell) ? "-" : Plain(cell)).ToArray())];
        if (Out.Profile.Capabilities.Ansi) DrawTable(headers, cells);
        else WriteColumns([[.. headers], .. cells]);
    }

    /// <summary>One line without control characters: what a device calls itself cannot steer a terminal.</summary>
    public static string Plain(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    private void DrawTable(IReadOnlyList<string> headers, string[][] rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string header in headers) table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (string[] row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        Out.Write(table);
    }

    // A file has no edge to wrap at, and nobody wants blanks at its lines' ends.
    private void WriteColumns(string[][] rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows) _answers.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static IAnsiConsole Make(TextWriter writer, bool redirected)
    {
        bool plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
    }
}
