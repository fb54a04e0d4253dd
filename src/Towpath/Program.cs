using System.CommandLine;
using Towpath.Commands;

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

ParseResult arguments = root.Parse(args);
if (CommandLine.Problem(arguments) is { } problem) return Failure.Report(new UsageException(problem));

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
