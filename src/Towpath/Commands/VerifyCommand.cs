using System.CommandLine;

namespace Towpath.Commands;

/// <summary><c>towpath verify DIR...</c>: recorded networks traced, and compared with what others worked out from the same walks.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR") { Description = "A folder of recorded walks, or a folder of such folders.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("verify", "Collects recorded networks and compares traces with their reference.") { folders };
        command.SetAction((arguments, cancellationToken) => RunAsync(Screen.For(arguments), arguments.GetRequiredValue(folders), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string[] paths, CancellationToken cancellationToken)
    {
        foreach (NetworkFolder folder in paths.SelectMany(NetworkFolder.Under))
        {
            RecordedNetwork network = await RecordedNetwork.CollectAsync(folder, cancellationToken);
            var check = new FlowCheck(network.Snapshot);
            var flows = ReferenceFlow.Read(folder) ?? [];
            int ok = 0;
            screen.Line($"{folder.Name} {network.Devices.Length} devices {network.Facts} facts {network.Snapshot.Links.Length} links");
            foreach (var flow in flows)
            {
                if (check.Differs(flow) is { } d) screen.Line($"  {flow} {flow.Outcome}: {d}"); else ok++;
            }
            screen.Line($"  {ok} of {flows.Count}");
        }
        return 0;
    }
}
