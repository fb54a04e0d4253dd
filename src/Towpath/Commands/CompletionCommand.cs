using System.CommandLine;

namespace Towpath.Commands;

/// <summary><c>towpath completion SHELL</c>: a script that makes the shell ask the command itself what fits.</summary>
internal static class CompletionCommand
{
    // The directive [suggest:POSITION] is the parser's own: it answers the words that fit at this place of the line.
    private const string Bash = """
        # towpath: completion for bash. In ~/.bashrc: source <(towpath completion bash)
        _towpath() {
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(towpath "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _towpath towpath
        """;

    private const string Zsh = """
        #compdef towpath
        # towpath: completion for zsh. In ~/.zshrc, after compinit: source <(towpath completion zsh)
        _towpath() {
            local -a words_that_fit
            words_that_fit=("${(@f)$(towpath "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a words_that_fit
        }
        compdef _towpath towpath
        """;

    private const string Fish = """
        # towpath: completion for fish. towpath completion fish > ~/.config/fish/completions/towpath.fish
        complete -c towpath -a '(towpath "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a script that completes commands and options in a shell.") { shell };
        command.SetAction(arguments => Console.Out.WriteLine(arguments.GetRequiredValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
