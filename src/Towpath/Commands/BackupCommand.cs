using System.CommandLine;
using System.Globalization;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary><c>towpath backup</c> and <c>towpath restore</c>: on the server's own machine, by its own user.</summary>
internal static class BackupCommand
{
    private sealed record Taken(string File, long Octets);

    private sealed record Restored(string Data, DateTimeOffset TakenAt);

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Is made, and must not be there yet." };
        Option<string> data = Arguments.Data("towpath");
        Option<string?> database = Arguments.Database();
        var command = new Command("backup", "Writes a backup of a server, which may be running: database, keys and certificate.")
        {
            file, data, database,
        };
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(file);
            long octets = Backup.Take(OptionsOf(arguments, data, database), path);
            Screen screen = Screen.For(arguments);
            if (screen.Json) Screen.WriteJson(new Taken(Path.GetFullPath(path), octets));
            else
                screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFullPath(path)}: {octets / 1e6:0.0} MB. ")
                    + "It holds the keys of all stored credentials; keep it as secret as those.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateRestore()
    {
        var file = new Argument<string>("FILE") { Description = "A backup." };
        Option<string> data = Arguments.Data("towpath");
        Option<string?> database = Arguments.Database();
        var command = new Command("restore", "Makes the data folder of a server from a backup, once all of it has been checked.")
        {
            file, data, database,
        };
        command.SetAction(arguments =>
        {
            TowpathServerOptions options = OptionsOf(arguments, data, database);
            DateTimeOffset takenAt = Restore.Run(options, arguments.GetRequiredValue(file));
            Screen screen = Screen.For(arguments);
            string folder = Path.GetFullPath(options.DataFolder);
            if (screen.Json) Screen.WriteJson(new Restored(folder, takenAt));
            else screen.Line(string.Create(CultureInfo.InvariantCulture,
                $"{folder} is as it was at {takenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Start it with: towpath serve --data {folder}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static TowpathServerOptions OptionsOf(ParseResult arguments, Option<string> data, Option<string?> database) =>
        new() { DataFolder = arguments.GetRequiredValue(data), Database = arguments.GetValue(database) };
}
