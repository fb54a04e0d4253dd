using System.Globalization;
using System.Text.Json;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>The path of a flow, as far as it is compared: the elements with their ports, and the ending.</summary>
internal sealed record KnownPath(NamedFlow Flow, IReadOnlyList<string> Elements, string Ending);

/// <summary>
/// The change window: <c>trace --from flows.csv --save NAME</c> before, <c>--compare NAME</c> after. What is saved is one file of JSON.
/// </summary>
internal static class ChangeWindow
{
    // A controller traces in milliseconds; eight at a time keep it busy and leave it room for others.
    private const int AtATime = 8;

    private const string Refused = "refused: ";

    private sealed record Difference(NamedFlow Flow, string Was, string Now, string Where);

    private static readonly Listing<KnownPath> s_paths = new(
        new("flow", path => path.Flow.ToString()), new("ending", path => path.Ending),
        new("elements", path => path.Elements.Count.ToString(CultureInfo.InvariantCulture)),
        new("path", path => string.Join(" > ", path.Elements), Column<KnownPath>.Wide));

    private static readonly Listing<Difference> s_differences = new(
        new("flow", one => one.Flow.ToString()), new("was", one => one.Was), new("now", one => one.Now),
        new("firstDifference", one => one.Where));

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <param name="save">Under which name; null: not saved.</param>
    /// <param name="compare">With what; null: with nothing.</param>
    public static async Task<int> RunAsync(
        Screen screen, string file, string? save, string? compare, FlowAnalysisOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamedFlow> flows = FlowFile.Read(file);
        Dictionary<NamedFlow, KnownPath>? before = compare is null ? null : Load(compare);
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        var paths = new KnownPath[flows.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, flows.Count), limits,
            async (at, token) => paths[at] = await PathAsync(client, flows[at], options, token));
        if (save is not null)
        {
            Save(save, paths);
            screen.Say($"{paths.Length} paths are saved as '{save}'. After the change: 'towpath trace --from {file} --compare {save}'.");
        }
        if (before is null)
        {
            s_paths.Show(screen, paths);
            return paths.Any(path => path.Ending.StartsWith(Refused, StringComparison.Ordinal)) ? ExitCode.Failed : ExitCode.Done;
        }
        Difference[] differences = [.. paths.Select(path => Compare(before.GetValueOrDefault(path.Flow), path)).OfType<Difference>()];
        if (differences.Length > 0 || !screen.IsText) s_differences.Show(screen, differences);
        if (screen.IsText) screen.Line($"{paths.Length - differences.Length} of {paths.Length} flows take the path that they took.");
        return differences.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>A trace that fails ends somewhere, too.</summary>
    private static async Task<KnownPath> PathAsync(
        TowpathClient client, NamedFlow flow, FlowAnalysisOptions options, CancellationToken cancellationToken)
    {
        options = options with { Protocol = flow.Protocol, SourcePort = flow.SourcePort, DestPort = flow.DestPort };
        try
        {
            FlowAnalysisReference analysis =
                await client.FlowAnalysis.InitiateFlowAnalysisAsync(flow.Source, flow.Destination, options, cancellationToken);
            Traced traced = await Traced.OfAsync(client, analysis, null, cancellationToken);
            string ending = traced.Result.PathGraph?.Ending.Kind ?? traced.Result.Request.Status;
            return new KnownPath(flow, [.. (traced.Result.NetworkElementsInfo ?? []).Select(Element)], ending);
        }
        catch (ApiException refused) when (refused is not NotAllowedException)
        {
            return new KnownPath(flow, [], $"{Refused}{Failure.Words(refused)}");
        }
    }

    private static string Element(NetworkElementInfo element)
    {
        string name = element.Name ?? element.Ip ?? "?";
        return $"{name} {PathText.Port(element.IngressInterface)}/{PathText.Port(element.EgressInterface)}".TrimEnd('/').TrimEnd();
    }

    private static Difference? Compare(KnownPath? before, KnownPath now)
    {
        if (before is null) return new Difference(now.Flow, "not traced", now.Ending, "-");
        int same = before.Elements.Zip(now.Elements).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same == before.Elements.Count && same == now.Elements.Count && before.Ending == now.Ending) return null;
        string where = $"{before.Elements.ElementAtOrDefault(same) ?? "the end"} -> {now.Elements.ElementAtOrDefault(same) ?? "the end"}";
        return new Difference(now.Flow, before.Ending, now.Ending, where);
    }

    private static void Save(string name, KnownPath[] paths)
    {
        string file = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, TowpathClient.Serialize(paths));
    }

    private static Dictionary<NamedFlow, KnownPath> Load(string name)
    {
        string file = PathOf(name);
        if (!File.Exists(file)) throw new UsageException($"Nothing is saved as '{name}': 'towpath trace --from FILE --save {name}' does.");
        try
        {
            KnownPath[] paths = JsonSerializer.Deserialize<KnownPath[]>(File.ReadAllText(file), s_json) ?? [];
            return paths.DistinctBy(path => path.Flow).ToDictionary(path => path.Flow);
        }
        catch (JsonException broken)
        {
            throw new UsageException($"{file} cannot be read: {broken.Message} Save it again.", broken);
        }
    }

    private static string PathOf(string name)
    {
        bool isPlain = name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        if (!isPlain || name.Length == 0 || name[0] == '.')
            throw new UsageException($"'{name}' is no name to save under: take letters, digits, '-', '_' and '.'.");
        return Path.Combine(Arguments.DefaultFolder("towpath-paths"), $"{name}.json");
    }
}
