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

    // The first word typed after a file of fpath was read runs the file: it completes then, and is only defined when it is sourced.
    private const string Zsh = """
        #compdef towpath
        # towpath: completion for zsh. In ~/.zshrc, after compinit: source <(towpath completion zsh)
        # Or in a folder of fpath: towpath completion zsh > FOLDER/_towpath
        _towpath() {
            local typed="${(j: :)words[1,CURRENT]}"
            local -a fitting=("${(@f)$(towpath "[suggest:${#typed}]" "$typed" 2>/dev/null)}")
            fitting=(${fitting:#})
            if (( $#fitting )); then compadd -a fitting; else _files; fi
        }
        if [[ "$funcstack[1]" = _towpath ]]; then _towpath "$@"; else compdef _towpath towpath; fi
        """;

    private const string Fish = """
        # towpath: completion for fish. towpath completion fish > ~/.config/fish/completions/towpath.fish
        function __towpath_fitting
            set -l typed (commandline -cp)
            set -l fitting (towpath "[suggest:"(string length -- "$typed")"]" "$typed" 2>/dev/null | string match -v '')
            if set -q fitting[1]
                printf '%s\n' $fitting
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c towpath -f -a '(__towpath_fitting)'
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
