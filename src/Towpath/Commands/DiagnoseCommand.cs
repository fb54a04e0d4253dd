using System.CommandLine;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary><c>towpath diagnose</c>: a report for whoever helps, on the server's own machine.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        Option<string> data = Arguments.Data("towpath");
        Option<string?> database = Arguments.Database();
        Option<string?> passwordFile = Arguments.DatabasePasswordFile();
        var log = new Option<string?>("--log")
        {
            Description = "A file with what the server wrote to standard error: its last lines are added.",
            HelpName = "FILE",
        };
        var command = new Command("diagnose", "Says how a server is, without secrets: versions, disk, database, counts, health.")
        {
            data, database, passwordFile, log,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var options = new TowpathServerOptions
            {
                DataFolder = arguments.GetRequiredValue(data),
                Database = arguments.GetValue(database),
                DatabasePasswordFile = arguments.GetValue(passwordFile),
            };
            IReadOnlyList<string> report = await Diagnosis.ReportAsync(options, arguments.GetValue(log), cancellationToken);
            Screen screen = Screen.For(arguments);
            if (screen.Json) Screen.WriteJson(report);
            else foreach (string line in report) screen.Verbatim(line);
            return ExitCode.Done;
        });
        return command;
    }
}
