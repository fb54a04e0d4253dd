using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath find TEXT</c>: what has this name, address, MAC address, serial number or description.</summary>
internal static class FindCommand
{
    private static readonly Listing<SearchHit> s_hits = new(
        new("kind", hit => hit.Kind), new("name", hit => hit.Name), new("device", hit => hit.DeviceName),
        new("field", hit => hit.Field), new("value", hit => hit.Value));

    public static Command Create()
    {
        var text = new Argument<string>("TEXT")
        {
            Description = "A part of a name, serial number or description; an address, a prefix, or some digits of a MAC address.",
        };
        var command = new Command("find", "Finds devices, interfaces, hosts, modules, VLANs.") { text }.WithAnswerOptions();
        command.Aliases.Add("search");
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(text), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string text, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        List<SearchHit> hits = await client.Tables.SearchAsync(text, cancellationToken).ToListAsync(cancellationToken);
        s_hits.Show(screen, hits);
        return ExitCode.Done;
    }
}
