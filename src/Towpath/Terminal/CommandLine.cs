using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Towpath.Commands;

/// <summary>What is wrong with a command line, in one sentence, and what was meant.</summary>
internal static class CommandLine
{
    /// <summary>Null when nothing is.</summary>
    public static string? Problem(ParseResult arguments)
    {
        CommandResult at = arguments.CommandResult;
        string help = $"See '{string.Join(' ', PathOf(at.Command))} --help'.";
        if (Taken(at) is { } option) return $"There is no option '{option}'.{Meant(at, option)} {help}";
        if (arguments.Action is not ParseErrorAction) return null;

        // A word that was not understood says more than the one that is missing because of it.
        string? unknown = arguments.UnmatchedTokens.Count > 0 ? arguments.UnmatchedTokens[0] : null;
        string problem = (arguments.Errors.LastOrDefault(error => unknown is not null
            && error.Message.Contains(unknown, StringComparison.Ordinal)) ?? arguments.Errors[0]).Message;
        return $"{problem}{(unknown is null ? "" : Meant(at, unknown))} {help}";
    }

    /// <summary>An argument would take a mistyped option for its value. After <c>--</c> everything is a value.</summary>
    private static string? Taken(CommandResult command) => command.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(text => text is ['-', '-', >= 'a' and <= 'z', ..] && !IsAfterTwoDashes(text));

    private static bool IsAfterTwoDashes(string text) => Environment.GetCommandLineArgs().SkipWhile(word => word != "--").Contains(text);

    private static string Meant(CommandResult at, string typed) => Suggestion.Of(typed, typed.StartsWith('-')
        ? Lineage(at).SelectMany(command => command.Command.Options.Where(option => command == at || option.Recursive))
            .SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal))
        : at.Command.Subcommands.SelectMany(command => command.Aliases.Append(command.Name)));

    private static IEnumerable<CommandResult> Lineage(CommandResult command) =>
        command.Parent is CommandResult parent ? Lineage(parent).Prepend(command) : [command];

    private static IEnumerable<string> PathOf(Command command) =>
        command.Parents.OfType<Command>().SelectMany(PathOf).Append(command is RootCommand ? "towpath" : command.Name);
}
