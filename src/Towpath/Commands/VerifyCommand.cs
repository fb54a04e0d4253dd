using System.CommandLine;

namespace Towpath.Commands;

/// <summary>
/// <c>towpath verify DIR...</c>: recorded networks collected and traced, and compared with what others worked out from the same walks.
/// </summary>
internal static class VerifyCommand
{
    private sealed record Answer(IReadOnlyList<Findings> Networks, int Flows, int Agreeing);

    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR") { Description = "A folder of recorded walks, or a folder of such folders.",
            Arity = ArgumentArity.OneOrMore };
        var command = new Command("verify", "Collects recorded networks and compares their traces with a reference.") { folders };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(folders), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string[] paths, CancellationToken cancellationToken)
    {
        var all = new List<Findings>();
        foreach (NetworkFolder folder in paths.SelectMany(NetworkFolder.Under).ToArray())
        {
            screen.Say($"Collecting {folder.Name}");
            all.Add(Findings.Of(folder, await RecordedNetwork.CollectAsync(folder, cancellationToken)));
        }
        if (screen.Json)
            Screen.WriteJson(new Answer(all, Total(all, one => one.IsOfFlows).Checked, Total(all, one => one.IsOfFlows).Agreeing));
        else Show(screen, all);
        return all.TrueForAll(network => network.Disagreements.Count == 0) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(Screen screen, List<Findings> networks)
    {
        screen.Table(["NETWORK", "DEVICES", "FACTS", "LINKS", "FLOWS"], networks.Select(IReadOnlyList<string?> (network) =>
            [network.Network, $"{network.Devices}", $"{network.Facts}", $"{network.Links}", Agreement.Sum("", network.Flows).ToString()]));
        screen.Line();
        screen.Table(["CLASS", "AGREE"], networks.SelectMany(network => network.Agreements).GroupBy(agreement => agreement.Class)
            .Select(IReadOnlyList<string?> (same) => [same.Key, Agreement.Sum(same.Key, same).ToString()]));
        screen.Line();
        foreach (Findings network in networks)
            foreach (Disagreement disagreement in network.Disagreements)
                screen.Line($"{network.Network} {disagreement.Class} {disagreement.What}: {disagreement.Reason}");
        screen.Line($"{Said(networks, one => one.IsOfFlows)} flows, {Said(networks, one => one.Class == Findings.Link)} links and "
            + $"{Said(networks, one => one.Class == Findings.HiddenDevice)} hidden devices agree in {networks.Count} networks.");
    }

    private static string Said(List<Findings> networks, Func<Agreement, bool> which) =>
        Total(networks, which) is var total ? $"{total.Agreeing} of {total.Checked}" : "";

    private static Agreement Total(List<Findings> networks, Func<Agreement, bool> which) =>
        Agreement.Sum("", networks.SelectMany(network => network.Agreements).Where(which));
}
