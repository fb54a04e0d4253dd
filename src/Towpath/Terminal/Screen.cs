using System.CommandLine;
using Spectre.Console;
using Towpath.Client;

namespace Towpath.Commands;

/// <summary>
/// Answers go to standard output, everything said on the way to standard error. Colors and moving bars appear on a terminal only, and not
/// with NO_COLOR. What devices and controllers said is never taken for markup or terminal commands.
/// </summary>
internal sealed class Screen
{
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Answer in JSON.", Recursive = true };

    private static readonly bool s_noColor = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    private readonly TextWriter _answers = Console.Out;
    private readonly bool _bold = !Console.IsOutputRedirected && !s_noColor
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private Screen(bool json)
    {
        Json = json;
        Error = Make(Console.Error, Console.IsErrorRedirected);
    }

    public bool Json { get; }

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

    /// <summary>An answer, as columns without borders: rows can be searched and cut, and a narrow terminal wraps rows, not cells.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        string[][] cells = [[.. headers],
            .. rows.Select(row => row.Select(cell => string.IsNullOrEmpty(cell) ? "-" : Plain(cell)).ToArray())];
        int[] widths = [.. headers.Select((_, column) => cells.Max(row => row[column].Length))];
        string[] lines = [.. cells.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];

        _answers.WriteLine(_bold ? $"\e[1m{lines[0]}\e[0m" : lines[0]);
        foreach (string line in lines.Skip(1)) _answers.WriteLine(line);
    }

    /// <summary>One line without control characters: what a device calls itself cannot steer a terminal.</summary>
    public static string Plain(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    private static IAnsiConsole Make(TextWriter writer, bool redirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        ColorSystem = redirected || s_noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
    });
}
