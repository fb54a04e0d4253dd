using System.CommandLine;
using System.Globalization;
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

    private static readonly int? s_width = Width();

    private readonly TextWriter _answers = Console.Out;
    private readonly bool _bold = !Console.IsOutputRedirected && !s_noColor
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private Screen(AnswerForm form, string[]? columns)
    {
        (Form, Columns) = (form, columns);
        Error = Make(Console.Error, Console.IsErrorRedirected);
    }

    public AnswerForm Form { get; }

    /// <summary>The columns that are asked for; null: those of the form.</summary>
    public string[]? Columns { get; }

    public bool Json => Form == AnswerForm.Json;

    /// <summary>For people to read.</summary>
    public bool IsText => Form is AnswerForm.Table or AnswerForm.Wide;

    public IAnsiConsole Error { get; }

    public static Screen For(ParseResult arguments) => new(AnswerOptions.FormOf(arguments), AnswerOptions.ColumnsOf(arguments));

    /// <summary>An answer, as a line.</summary>
    public void Line(string text = "") => _answers.WriteLine(Fitting(text));

    /// <summary>An answer that people copy, as a command, a path or a password: one line, however long, with all its spaces.</summary>
    public void Verbatim(string text) => _answers.WriteLine(Plain(text));

    /// <summary>Said on the way; not with <c>--json</c>.</summary>
    public void Say(string text)
    {
        if (!Json) Console.Error.WriteLine(Fitting(text));
    }

    /// <summary>An answer, as JSON.</summary>
    public static void WriteJson<T>(T value) => Console.Out.WriteLine(TowpathClient.Serialize(value));

    /// <summary>
    /// An answer, as columns that fit the terminal; through a pipe each row is one line. Without rows nothing is answered.
    /// </summary>
    public void Table(IReadOnlyList<Heading> headings, IEnumerable<IReadOnlyList<string?>> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(Shown).ToArray())];
        if (cells.Length == 0)
        {
            Say("None.");
            return;
        }
        TableLayout table = TableLayout.Of(headings, cells, s_width, mayLeaveOut: Form == AnswerForm.Table && Columns is null);
        for (int line = 0; line < table.Lines.Count; line++)
            _answers.WriteLine(_bold && line < table.HeadingLines ? $"\e[1m{table.Lines[line]}\e[0m" : table.Lines[line]);
        if (table.LeftOut.Count > 0) Say($"Too narrow for {string.Join(", ", table.LeftOut)}: '-o wide' shows all, --columns chooses.");
    }

    /// <inheritdoc cref="Table(IReadOnlyList{Heading}, IEnumerable{IReadOnlyList{string}})"/>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string?>> rows) =>
        Table([.. headings.Select(heading => new Heading(heading, 0))], rows);

    /// <summary>An answer of one thing: a value on each line.</summary>
    public void Values(IReadOnlyList<(string Name, string? Value)> values)
    {
        int names = values.Max(value => value.Name.Length) + 2;
        foreach ((string name, string? value) in values)
        {
            IReadOnlyList<string> lines = TableLayout.Wrap(Shown(value), s_width is { } width ? Math.Max(20, width - names) : int.MaxValue);
            _answers.WriteLine($"{name.PadRight(names)}{string.Join($"\n{new string(' ', names)}", lines)}");
        }
    }

    /// <summary>
    /// One line without control characters, and without those that turn the direction of writing: what a device calls itself cannot steer a
    /// terminal, nor look like something else.
    /// </summary>
    public static string Plain(string text) =>
        text.Any(IsUnseen) ? string.Concat(text.Select(letter => IsUnseen(letter) ? ' ' : letter)) : text;

    /// <summary>
    /// A sentence in lines that fit the terminal; what is indented stays so. A word that is longer stays whole for whoever copies it: the
    /// terminal breaks it.
    /// </summary>
    private static string Fitting(string text)
    {
        string plain = Plain(text);
        if (s_width is not { } width || plain.Length <= width) return plain;
        string indent = new(' ', Math.Min(plain.Length - plain.TrimStart().Length, width / 2));
        return string.Join('\n', TableLayout.Wrap(plain.TrimStart(), width - indent.Length, mayCut: false).Select(line => indent + line));
    }

    private static bool IsUnseen(char letter) => char.IsControl(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Shown(string? cell) => string.IsNullOrEmpty(cell) ? TableLayout.NoValue : Plain(cell);

    /// <summary>COLUMNS where it is set, as in a script that wants narrow tables, else the terminal's; null through a pipe.</summary>
    private static int? Width()
    {
        const int Narrowest = 20;
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int said))
            return Math.Max(Narrowest, said);
        return !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? Math.Max(Narrowest, width) : null;
    }

    private static IAnsiConsole Make(TextWriter writer, bool redirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        ColorSystem = redirected || s_noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
    });
}
