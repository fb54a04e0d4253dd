namespace Towpath.Commands.Tests;

/// <summary>Exit codes and one-line errors, without a controller.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("", "Required command")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("devcies", "Did you mean 'devices'?")]
    [InlineData("changse", "Did you mean 'changes'?")]
    [InlineData("discover lsit --community", "--community")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --verfy", "Did you mean '--verify'?")]
    [InlineData("devices --jsno", "There is no option '--jsno'. Did you mean '--json'?")]
    [InlineData("device --coverge", "There is no option '--coverge'. Did you mean '--coverage'?")]
    [InlineData("collect all --frobnicate", "There is no option '--frobnicate'. See 'towpath collect --help'.")]
    [InlineData("completion tcsh", "tcsh")]
    [InlineData("devices -o xml", "xml")]
    [InlineData("trace", "SRC")]
    [InlineData("trace 10.1.1.1", "DST")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --protocol GRE", "GRE")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --dest-port 70000", "0 to 65535")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --timeout 0", "above 0")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --verify --no-verify", "contradict")]
    [InlineData("trace --save before", "--from")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --from flows.csv", "not both")]
    [InlineData("trace --from /nowhere/flows.csv", "/nowhere")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --watch 0", "above 0")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --watch 5 --reverse", "--reverse")]
    [InlineData("credentials add lab", "--community, --v3-user")]
    [InlineData("changes --path 10.1.1.1", "--path")]
    [InlineData("serve --http 65536", "0 to 65535")]
    [InlineData("serve --http eighty", "eighty")]
    [InlineData("serve --http 0 --https 0", "Keep one")]
    [InlineData("serve --map 10.0.0.0/8", "10.0.0.0/8=127.0.0.0/8")]
    [InlineData("serve --map 10.0.0.0/8=192.0.2.0/24", "not inside 127.0.0.0/8")]
    [InlineData("serve --map 10.0.0.0/8=127.1.0.0/16", "smaller")]
    [InlineData("serve --keep 5m", "1h")]
    [InlineData("serve --keep forever", "90s, 30m, 12h or 7d")]
    [InlineData("serve --keep-most 5", "at least 1000")]
    [InlineData("simulate --network a --walks b", "exclude each other")]
    [InlineData("simulate --network /nowhere/campus.json", "/nowhere")]
    [InlineData("simulate --walks /nowhere", "/nowhere")]
    [InlineData("simulate --devices 4", "5 to 12000")]
    [InlineData("simulate --devices 40 --walks b", "exclude each other")]
    [InlineData("demo --network /nowhere/campus.json", "/nowhere")]
    [InlineData("demo --http 0 --https 0", "Keep one")]
    [InlineData("task --wait", "ID")]
    [InlineData("discover 10.1.1.1", "--community")]
    [InlineData("discover 10.1.1.1 --v3-user towpath", "--v3-level noAuthNoPriv")]
    [InlineData("discover 10.1.1.1 --v3-user towpath --v3-level authPriv", "TOWPATH_AUTH_PASSPHRASE")]
    [InlineData("discover 10.1.1.1 --v3-user towpath --v3-level none", "noAuthNoPriv")]
    [InlineData("events --since yesterday", "90s, 30m, 12h or 7d")]
    [InlineData("events --since 0h", "90s, 30m, 12h or 7d")]
    [InlineData("arp core-1", "no address, prefix or MAC address; --device names a device")]
    [InlineData("mac 10.1.1.1", "no MAC address")]
    [InlineData("routes core-1 core-2", "'core-2' is no IPv4 address")]
    [InlineData("vlans --where 20", "vlan=20")]
    [InlineData("links -o xml", "xml")]
    [InlineData("interfaces --ago yesterday", "90s, 30m, 12h or 7d")]
    [InlineData("interfaces --unused-for 12h", "whole days")]
    [InlineData("interfaces --unused-for month", "--unused-for month: write it like 90s, 30m, 12h or 7d. See 'towpath interfaces --help'.")]
    [InlineData("interfaces --unused-for", "'--unused-for'")]
    [InlineData("interfaces --errors --ago yesterday", "--ago")]
    [InlineData("changes --since yesterday", "See 'towpath changes --help'.")]
    [InlineData("device add --community", "See 'towpath device add --help'.")]
    [InlineData("discover 10.1.1.1 --timeout soon", "--timeout soon: give a number.")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --watch often", "--watch often: give a number.")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --protocol gre", "'gre' is none of TCP, UDP, ICMP.")]
    [InlineData("interfaces --errors --ago 2h", "leave out --ago")]
    [InlineData("interfaces --unused-for 30d --ago 2h", "leave out --ago")]
    [InlineData("find", "TEXT")]
    [InlineData("status --older 0d", "90s, 30m, 12h or 7d")]
    [InlineData("credentials", "Required command")]
    [InlineData("login controller", "no http or https address")]
    [InlineData("reset-password", "data folder")]
    [InlineData("backup", "FILE")]
    [InlineData("backup /nowhere/backup", "no data folder of a server")]
    [InlineData("restore /nowhere/backup", "There is no backup /nowhere/backup")]
    public async Task A_wrong_command_line_is_one_line_and_code_2(string arguments, string reason)
    {
        Ended ended = await _tool.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        ended.IsRefused(2, reason);
    }

    [Theory]
    [InlineData("devices")]
    [InlineData("events")]
    [InlineData("changes")]
    [InlineData("status")]
    [InlineData("credentials list")]
    [InlineData("routes")]
    [InlineData("where 10.1.1.1")]
    [InlineData("find core")]
    [InlineData("trace 10.1.1.1 10.1.1.2 --json")]
    [InlineData("task")]
    [InlineData("discover list")]
    public async Task Without_a_login_it_says_how_to_log_in_and_ends_with_4(string arguments) =>
        (await _tool.RunAsync(arguments.Split(' '))).IsRefused(4, "towpath login URL");

    [Fact]
    public async Task A_controller_that_is_not_there_ends_with_3()
    {
        (string, string)[] nobody = [("TOWPATH_URL", $"http://127.0.0.1:{FreePort.Tcp()}"), ("TOWPATH_USER", "admin"),
            ("TOWPATH_PASSWORD", "secret-word")];

        Ended ended = await _tool.RunAsync(nobody, null, ["devices"]);

        ended.IsRefused(3, "not reachable");
        Assert.DoesNotContain("secret-word", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        Ended help = await _tool.RunAsync("--help");

        Assert.Equal(0, help.Code);
        Assert.All(
            ["demo", "serve", "simulate", "login <URL>", "discover", "status", "devices", "changes, events", "find, search <TEXT>",
                "trace <SRC> <DST>", "verify <DIR>", "task", "credentials", "reset-password", "table", "routes", "arp", "mac", "interfaces",
                "vlans", "neighbors", "links", "hosts, where", "--json", "completion <bash|fish|zsh>"],
            name => Assert.Contains($"  {name} ", help.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "towpath find 10.1.15.117")]
    [InlineData("routes", "towpath routes 'core*' 192.0.2.7")]
    [InlineData("discover list", "TOWPATH_URL")]
    public async Task Help_has_examples_the_environment_and_the_exit_codes(string command, string example)
    {
        Ended help = await _tool.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains(example, help.Output, StringComparison.Ordinal);
        Assert.Contains("TOWPATH_PASSWORD", help.Output, StringComparison.Ordinal);
        Assert.Contains("3 nobody answers   4 not logged in", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_fits_eighty_columns_where_it_is_the_same_for_all_and_shows_defaults_as_they_are_typed()
    {
        string[] lines = (await _tool.RunAsync("demo", "--help")).Lines;

        Assert.All(lines.SkipWhile(line => line != "Examples:"), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.EndsWith("By default 10.0.0.0/8=127.0.0.0/8.", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_example_of_the_help_is_a_command_line_of_its_command() =>
        Assert.All(HelpText.Examples, of => Assert.All(of.Value, example =>
        {
            string[] words = [.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(example.Replace('\'', '"'))
                .TakeWhile(word => word != ">")];
            System.CommandLine.ParseResult parsed = CommandLine.Root().Parse(words);
            Assert.Null(CommandLine.Problem(parsed));
            Assert.StartsWith(of.Key, CommandLine.NameOf(parsed.CommandResult), StringComparison.Ordinal);
        }));

    [Fact]
    public void Every_command_has_an_example() =>
        Assert.All(Names(CommandLine.Root(), ""), name => Assert.Contains(name, HelpText.Examples));

    private static IEnumerable<string> Names(System.CommandLine.Command command, string name) =>
        command.Subcommands.SelectMany(below => Names(below, $"{name} {below.Name}".Trim())).Prepend(name);

    [Theory]
    [InlineData("towpath dev", "devices")]
    [InlineData("towpath trace 10.1.1.1 10.1.1.2 --st", "--stats")]
    [InlineData("towpath interfaces -o ", "csv")]
    public async Task Bash_completes_what_the_command_knows(string typed, string completed)
    {
        string script = (await _tool.RunAsync("completion", "bash")).Output;
        string ask = $"{script}\nPATH='{AppContext.BaseDirectory}':$PATH\nCOMP_LINE='{typed}'\nCOMP_POINT={typed.Length}\n"
            + $"COMP_WORDS=({typed} {(typed.EndsWith(' ') ? "''" : "")})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}}-1))\n_towpath\n"
            + "printf '%s\\n' \"${COMPREPLY[@]}\"";

        Assert.Contains(completed, await SaidByAsync("bash", "-c", ask));
    }

    [Theory]
    [InlineData("zsh", "compdef _towpath towpath")]
    [InlineData("fish", "complete -c towpath")]
    public async Task Other_shells_have_a_script_too(string shell, string line)
    {
        Ended script = await _tool.RunAsync("completion", shell);

        Assert.Contains(line, script.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
    }

    /// <summary>As the completion system calls it: the first time by running the file, then the function.</summary>
    [ShellTheory("zsh")]
    [InlineData("towpath tra", "trace")]
    [InlineData("towpath devices -o ''", "csv")]
    [InlineData("towpath trace --from ./flo", "files")]
    public async Task Zsh_completes_what_the_command_knows(string typed, string completed)
    {
        string script = (await _tool.RunAsync("completion", "zsh")).Output;
        string file = Path.Combine(Directory.CreateDirectory(_tool.DataFolder).FullName, "_towpath");
        await File.WriteAllTextAsync(file, script);
        string ask = $"path=('{AppContext.BaseDirectory}' $path) fpath=('{_tool.DataFolder}' $fpath)\n"
            + "compadd() { print -l -- ${(P)2}; }; _files() { print files; }; compdef() { :; }\n"
            + $"words=({typed}) CURRENT=${{#words}}\nautoload -Uz _towpath; _towpath; print second; _towpath";

        string[] words = await SaidByAsync("zsh", "-f", "-c", ask);

        Assert.Contains(completed, words.TakeWhile(word => word != "second"));
        Assert.Contains(completed, words.SkipWhile(word => word != "second"));
    }

    [ShellTheory("fish")]
    [InlineData("towpath tra", "trace")]
    [InlineData("towpath devices -o ", "csv")]
    [InlineData("towpath trace --from /etc/host", "/etc/hosts")]
    public async Task Fish_completes_what_the_command_knows(string typed, string completed)
    {
        string script = (await _tool.RunAsync("completion", "fish")).Output;

        Assert.Contains(completed, await SaidByAsync("fish", "--no-config", "-c",
            $"set -gx HOME '{_tool.ConfigFolder}'; set -gx PATH '{AppContext.BaseDirectory}' $PATH\n{script}\ncomplete -C \"{typed}\""));
    }

    private async Task<string[]> SaidByAsync(string shell, params string[] arguments)
    {
        using System.Diagnostics.Process asked = _tool.Start(shell, [], arguments);
        Task<string> error = asked.StandardError.ReadToEndAsync(); // both at once: a full pipe would stop the shell
        string[] words = [.. (await asked.StandardOutput.ReadToEndAsync()).Split('\n').Select(line => line.Split('\t')[0])];
        Assert.Equal("", await error);
        Assert.DoesNotContain("/?", words);
        return words;
    }
}

/// <summary>Runs where the shell is installed.</summary>
internal sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute(string shell)
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, shell)));
        if (!isThere) Skip = $"needs {shell}";
    }
}
