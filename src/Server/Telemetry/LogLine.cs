using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Towpath.Server;

/// <summary>
/// One line an event: time in UTC, level, who says it, what. What a device or a client has written into it cannot begin a second line, move
/// a terminal's cursor or turn the reading direction: such characters are written as blanks.
/// </summary>
internal sealed class LogLine(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "towpath";

    public const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z '";

    /// <summary>So long a line is nobody's message; the rest of it is left out.</summary>
    private const int MostLetters = 4000;

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = entry.Formatter(entry.State, entry.Exception);
        var line = new StringBuilder();
        line.Append(time.GetUtcNow().UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
        line.Append(LevelOf(entry.LogLevel)).Append(' ').Append(entry.Category).Append(": ");
        AppendPlain(line, message);
        if (entry.Exception is not null) AppendPlain(line.Append(" | "), entry.Exception.ToString());
        textWriter.WriteLine(line.ToString());
    }

    private static void AppendPlain(StringBuilder line, string text)
    {
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, MostLetters))) line.Append(IsPlain(letter) ? letter : ' ');
        if (text.Length > MostLetters) line.Append(" ...");
    }

    /// <summary>Not: controls, line and paragraph separators, marks that change the direction.</summary>
    private static bool IsPlain(char letter) => char.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        LogLevel.Debug => "debug",
        _ => "trace",
    };
}
