using System.CommandLine;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary><c>towpath reset-password</c>: for whoever may read the data folder.</summary>
internal static class ResetPasswordCommand
{
    private sealed record Answer(string User, string Password);

    public static Command Create()
    {
        Option<string> data = Arguments.Data("towpath");
        Option<string?> database = Arguments.Database();
        Option<string?> passwordFile = Arguments.DatabasePasswordFile();
        var command = new Command("reset-password", "Makes a new administrator's password, on the server's own machine.")
        {
            data, database, passwordFile,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments),
            new TowpathServerOptions
            {
                DataFolder = arguments.GetRequiredValue(data),
                Database = arguments.GetValue(database),
                DatabasePasswordFile = arguments.GetValue(passwordFile),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, TowpathServerOptions options, CancellationToken cancellationToken)
    {
        string password = await TowpathServer.ResetPasswordAsync(options, cancellationToken);
        if (screen.Json) Screen.WriteJson(new Answer(Administrator.Name, password));
        else screen.Verbatim($"User {Administrator.Name}, password {password} (printed once)");
        return ExitCode.Done;
    }
}
