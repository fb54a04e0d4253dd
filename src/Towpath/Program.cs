using System.CommandLine;
using System.CommandLine.Invocation;
using Towpath.Commands;

var root = new RootCommand("Discovers a network, and traces the path that a packet takes through it.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    SimulateCommand.Create(),
    LoginCommand.Create(),
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
};
foreach (Command table in TableCommand.CreateAll()) root.Subcommands.Add(table);
root.Options.Add(Screen.JsonOption);

ParseResult arguments = root.Parse(args);
if (arguments.Action is ParseErrorAction)
{
    string command = string.Join(' ', CommandPath(arguments.CommandResult.Command));
    // A word that was not understood says more than the one that is missing because of it.
    string? unknown = arguments.UnmatchedTokens.Count > 0 ? arguments.UnmatchedTokens[0] : null;
    string problem = (arguments.Errors.LastOrDefault(error => unknown is not null
        && error.Message.Contains(unknown, StringComparison.Ordinal)) ?? arguments.Errors[0]).Message;
    return Failure.Report(new UsageException($"{problem} See '{command} --help'."));
}

try
{
    // The longest a clean stop takes: requests under way end, everything accepted is flushed.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
    return await arguments.InvokeAsync(invocation);
}
catch (Exception failure) when (!Failure.WantsTheStack)
{
    return Failure.Report(failure);
}

static IEnumerable<string> CommandPath(Command command) =>
    command.Parents.OfType<Command>().SelectMany(CommandPath).Append(command is RootCommand ? "towpath" : command.Name);
