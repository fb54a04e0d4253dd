using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Towpath.Commands;

/// <summary>The commands; what is wrong with a command line, in one sentence, and what was meant.</summary>
internal static partial class CommandLine
{
    /// <summary>All commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Discovers a network, and traces the path that a packet takes through it.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            SimulateCommand.Create(),
            LoginCommand.Create(),
            ProfileCommand.CreateLogout(),
            TokenCommand.CreateWhoami(),
            ProfileCommand.Create(),
            TokenCommand.Create(),
            DiscoverCommand.Create(),
            StatusCommand.Create(),
            DevicesCommand.Create(),
            DeviceCommand.Create(),
            CollectCommand.Create(),
            EventsCommand.Create(),
            FindCommand.Create(),
            TraceCommand.Create(),
            VerifyCommand.Create(),
            TaskCommand.Create(),
            CredentialsCommand.Create(),
            ResetPasswordCommand.Create(),
            CompletionCommand.Create(),
            BackupCommand.Create(),
            BackupCommand.CreateRestore(),
            DiagnoseCommand.Create(),
        };
        foreach (Command table in TableCommand.CreateAll()) root.Subcommands.Add(table);
        root.Options.Add(Screen.JsonOption);

        HelpText.AddTo(root);
        return root;
    }

    /// <summary>Null when nothing is.</summary>
    public static string? Problem(ParseResult arguments)
    {
        CommandResult at = arguments.CommandResult;
        string help = $"See '{string.Join(' ', Lineage(at).Reverse().Select(Typed))} --help'.";
        if (Taken(at) is { } option) return $"There is no option '{option}'.{Meant(at, option)} {help}";
        if (arguments.Action is not ParseErrorAction) return null;

        // A word that was not understood says more than the one that is missing because of it.
        string? unknown = arguments.UnmatchedTokens.Count > 0 ? arguments.UnmatchedTokens[0] : null;
        string problem = (arguments.Errors.LastOrDefault(error => unknown is not null
            && error.Message.Contains(unknown, StringComparison.Ordinal)) ?? arguments.Errors[0]).Message;
        return $"{InPlainWords(problem)}{(unknown is null ? "" : Meant(at, unknown))} {help}";
    }

    /// <summary>The names of the command and of those above it, but for the root's: <c>credentials add</c>.</summary>
    public static string NameOf(CommandResult command) =>
        string.Join(' ', Lineage(command).Reverse().Skip(1).Select(one => one.Command.Name));

    /// <summary>The parser lists choices on lines of their own, and calls a number by the name of its type.</summary>
    private static string InPlainWords(string problem)
    {
        Match choices = Choices().Match(problem);
        if (choices.Success)
        {
            IEnumerable<string> words = choices.Groups["choice"].Captures.Select(choice => choice.Value);
            return $"'{choices.Groups["given"].Value}' is none of {string.Join(", ", words)}.";
        }
        Match type = WrongType().Match(problem);
        return type.Success ? $"{type.Groups["name"].Value} {type.Groups["given"].Value}: give a number." : problem;
    }

    [GeneratedRegex(@"^Argument '(?<given>.*)' not recognized\. Must be one of:(\s+'(?<choice>[^']*)')+\s*$", RegexOptions.Singleline)]
    private static partial Regex Choices();

    [GeneratedRegex(@"^Cannot parse argument '(?<given>.*)' for (option|command) '(?<name>.*)' as expected type '.*Int.*'\.$",
        RegexOptions.Singleline)]
    private static partial Regex WrongType();

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

    /// <summary>A command by the name it was called by.</summary>
    private static string Typed(CommandResult command) => command.Command is RootCommand ? "towpath" : command.IdentifierToken.Value;
}
