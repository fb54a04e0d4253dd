using Microsoft.Extensions.Logging;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary>The words of <c>--log-level</c>.</summary>
internal static class LogLevels
{
    private static readonly LogLevel[] s_levels = Enum.GetValues<LogLevel>();

    /// <param name="given">Each a level, or the beginning of a name and a level: <c>Towpath.Snmp=debug</c>.</param>
    /// <exception cref="UsageException">One is neither.</exception>
    public static TowpathServerOptions Apply(IReadOnlyList<string> given, TowpathServerOptions options)
    {
        var parts = new List<(string Part, LogLevel Level)>();
        foreach (string word in given)
        {
            string[] halves = word.Split('=', 2, StringSplitOptions.TrimEntries);
            LogLevel level = LevelOf(halves[^1])
                ?? throw new UsageException(
                    $"--log-level {word}: say trace, debug, information, warning, error or none, or Towpath.Snmp=debug.");
            if (halves.Length == 1) options = options with { LogLevel = level };
            else if (halves[0].Length > 0) parts.Add((halves[0], level));
            else throw new UsageException($"--log-level {word}: name a part before the '=', for instance Towpath.Snmp.");
        }
        return options with { LogLevels = parts };
    }

    private static LogLevel? LevelOf(string word)
    {
        foreach (LogLevel level in s_levels)
        {
            if (string.Equals(level.ToString(), word, StringComparison.OrdinalIgnoreCase)) return level;
        }
        return null;
    }
}
