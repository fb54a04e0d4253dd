using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// One line an event: time in UTC, level, who says it, what. What a device or a client has written into it cannot begin a second line, move
/// a terminal's cursor or turn the reading direction: such characters are written as blanks.
/// </summary>
internal sealed class LogLine(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "towpath";

    public const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z '";

    private const string FirstFrame = "\n   at ";

    /// <summary>So long a line is nobody's message; the rest of it is left out.</summary>
    private const int MostLetters = 4000;

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = entry.Formatter(entry.State, entry.Exception);
        var line = new StringBuilder();
        line.Append(time.GetUtcNow().UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
        line.Append(LevelOf(entry.LogLevel)).Append(' ').Append(entry.Category).Append(": ");
        AppendPlain(line, entry.Exception is { } outside && IsOutsides(outside) ? WithoutStack(message) : message);
        if (entry.Exception is { } problem) Append(line, message, problem);
        textWriter.WriteLine(line.ToString());
    }

    private static void Append(StringBuilder line, string message, Exception problem)
    {
        if (!IsOutsides(problem)) AppendPlain(line.Append(" | "), problem.ToString());
        else if (!message.Contains(problem.Message, StringComparison.Ordinal)) AppendPlain(line.Append(" | "), Words(problem));
    }

    /// <summary>A database, a disk or a network fails: where the program noticed it says nothing.</summary>
    private static bool IsOutsides(Exception problem) =>
        Chain(problem).Any(one => one is SocketException or TimeoutException or StorageUnavailableException
            or DbException { IsTransient: true } or IOException and not (FileNotFoundException or DirectoryNotFoundException));

    private static string Words(Exception problem) =>
        string.Join(" ---> ", Chain(problem).Select(one => $"{one.GetType()}: {WithoutStack(one.Message)}"));

    private static IEnumerable<Exception> Chain(Exception problem)
    {
        for (Exception? one = problem; one is not null; one = one.InnerException) yield return one;
    }

    /// <summary>The scheduler's messages have those of their reasons in them, with stacks.</summary>
    private static string WithoutStack(string message) =>
        message.IndexOf(FirstFrame, StringComparison.Ordinal) is > 0 and var end ? message[..end].TrimEnd() : message;

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
