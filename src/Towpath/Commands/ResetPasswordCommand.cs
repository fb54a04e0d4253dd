using System.CommandLine;
using Towpath.Client;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary><c>towpath reset-password</c>: for whoever may read the data folder.</summary>
internal static class ResetPasswordCommand
{
    private sealed record Answer(string User, string Password);

    public static Command Create()
    {
        Option<string> data = Arguments.Data("towpath");
        var command = new Command("reset-password", "Makes a new administrator's password, on the server's own machine.") { data };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(data), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string data, CancellationToken cancellationToken)
    {
        string password = await TowpathServer.ResetPasswordAsync(data, cancellationToken);
        if (ProfileFile.Default.Find(DemoLogin.ProfileName(data)) is { } demo)
            ProfileFile.Default.Save(DemoLogin.ProfileName(data), demo with { Password = password });
        if (screen.Json) Screen.WriteJson(new Answer(Administrator.Name, password));
        else screen.Line($"User {Administrator.Name}, password {password} (printed once)");
        return ExitCode.Done;
    }
}
