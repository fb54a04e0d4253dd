using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath find TEXT</c>: what has this name, address, MAC address, serial number or description.</summary>
internal static class FindCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("TEXT")
        {
            Description = "A part of a name, serial number or description; an address, a prefix, or some digits of a MAC address.",
        };
        var command = new Command("find", "Finds devices, interfaces, hosts, modules, VLANs.") { text };
        command.Aliases.Add("search");
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(text), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string text, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        List<SearchHit> hits = await client.Tables.SearchAsync(text, cancellationToken).ToListAsync(cancellationToken);
        if (screen.Json) Screen.WriteJson<IReadOnlyList<SearchHit>>(hits);
        else
        {
            screen.Table(["KIND", "NAME", "DEVICE", "FIELD", "VALUE"],
                hits.Select(IReadOnlyList<string?> (hit) => [hit.Kind, hit.Name, hit.DeviceName, hit.Field, hit.Value]));
        }
        return ExitCode.Done;
    }
}
