using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>A traced path for people.</summary>
internal static class PathText
{
    private static readonly (string Word, string Letters)[] s_shortWords =
        [("GigabitEthernet", "Gi"), ("TenGigabitEthernet", "Te"), ("FastEthernet", "Fa"), ("TwentyFiveGigE", "Twe"),
            ("FortyGigabitEthernet", "Fo"), ("HundredGigE", "Hu")];

    // On a narrow terminal the ports and the doubt are what is looked for.
    private static readonly Column<Row>[] s_path =
    [
        new("element", row => row.Element.Name ?? row.Element.Type), new("address", row => row.Element.Ip),
        new("role", row => row.Element.Role, 2), new("in", row => Port(row.Element.IngressInterface)),
        new("out", row => Port(row.Element.EgressInterface)), new("linkToNext", row => row.Element.LinkInformationSource, 2),
        new("sure", row => row.Doubt is null ? null : $"{row.Doubt.Percent} %"),
        new("tunnel", row => row.Element.Tunnels is { Count: > 0 } tunnels ? string.Join(", ", tunnels) : null, 3),
    ];

    private static readonly Column<Row> s_read = new("read", row => row.Read, 1);

    private static readonly Column<Row>[] s_load =
    [
        new("cpu5Min", row => row.Element.DeviceStatsCollection is "FAILED" ? "FAILED"
            : PercentOf(row.Element.DeviceStatistics?.CpuStatistics?.FiveMinUsageInPercentage), 3),
        new("memory", row => MemoryOf(row.Element.DeviceStatistics?.MemoryStatistics), 4),
        new("rateIn", row => Rate(In(row)?.InputRatebps), 1), new("rateOut", row => Rate(Out(row)?.OutputRatebps), 1),
        new("usedIn", row => PercentOf(In(row)?.InputUtilizationInPercentage), 1),
        new("usedOut", row => PercentOf(Out(row)?.OutputUtilizationInPercentage), 1),
        new("errorsIn", row => Count(In(row)?.InputErrors), 1), new("errorsOut", row => Count(Out(row)?.OutputErrors), 1),
        new("dropsIn", row => Count(In(row)?.InputQueueDrops ?? In(row)?.InputDiscards), 1),
        new("dropsOut", row => Count(Out(row)?.OutputDrop), 1),
        new("packetsIn", row => Count(In(row)?.InputPackets), 6), new("packetsOut", row => Count(Out(row)?.OutputPackets), 6),
    ];

    /// <summary>Who asks how full a path is wants that on a narrow terminal, too.</summary>
    private static Column<Row> BehindLoad(Column<Row> column) =>
        column.Name == "element" ? column : column with { Rank = column.Rank + 2 };

    private sealed record Row(NetworkElementInfo Element, Accuracy? Doubt, string? Read);

    /// <summary><c>name: ip</c>, one element a line; hosts have the name None.</summary>
    public static IEnumerable<string> Lines(FlowAnalysisResult result) =>
        (result.NetworkElementsInfo ?? []).Select(element => $"{element.Name ?? "None"}: {element.Ip}");

    public static void Write(Screen screen, FlowAnalysisResult result, bool statistics)
    {
        IReadOnlyList<NetworkElementInfo> elements = result.NetworkElementsInfo ?? [];
        var ages = new PathAges(result);
        Accuracy?[] doubts = [.. elements.Select((element, position) => Doubt(result, element, position))];
        Row[] rows = [.. elements.Select((element, at) => new Row(element, doubts[at], ages.Of(at)))];
        Column<Row>[] path = [.. s_path, .. ages.AreShown ? [s_read] : Array.Empty<Column<Row>>()];
        var listing = new Listing<Row>(statistics ? [.. path.Select(BehindLoad), .. s_load] : path);
        if (rows.Length > 0 || !screen.IsText) listing.Show(screen, rows);
        if (!screen.IsText) return;
        foreach (NetworkElementInfo device in elements.DistinctBy(element => element.Id))
            if (WhyNoStatistics(device) is { } why) screen.Line($"No statistics of {device.Name}: {why}");
        if (elements.Count == 0) return;

        screen.Line();
        for (int i = 0; i < elements.Count; i++)
            foreach (string note in ages.Notes(i)) screen.Line($"{i + 1} {elements[i].Name ?? elements[i].Ip} {note}");
        if (result.PathGraph is not { } graph)
        {
            WriteReasons(screen, elements, doubts);
            return;
        }
        screen.Line(graph.Ending.Kind == "Delivered" ? "Delivered."
            : $"The path ends: {graph.Ending.Kind}{(graph.Ending.Reason is { } reason ? $", {reason}" : "")}");
        if (Percent(graph.Ending.Confidence ?? 1) is { } sure)
            screen.Line($"As a whole {sure} % sure{(graph.Ending.Kind == "Unknown" ? ", as far as here" : "")}.");
        WriteReasons(screen, elements, doubts);
        int guesses = graph.Edges.Count(edge => edge.Candidate is true);
        int others = graph.Edges.Count - graph.Shown.Count - guesses;
        if (guesses > 0) screen.Line($"Guesses of where it goes on: {guesses} edges, in pathGraph of --json.");
        if (others > 0) screen.Line($"Equal-cost branches: {others} more edges, in pathGraph of --json.");
    }

    /// <summary>One reason a device: that of its own failure, of an interface's, or of what it does not tell. Null: it told all.</summary>
    internal static string? WhyNoStatistics(NetworkElementInfo device)
    {
        string? own = device.DeviceStatsCollectionFailureReason;
        if (device.DeviceStatsCollection is "FAILED" && own is not null) return own;
        return new[] { device.IngressInterface, device.EgressInterface }
            .SelectMany(side => new[] { side?.PhysicalInterface }.Concat(side?.VirtualInterface ?? []))
            .Select(port => port?.InterfaceStatsCollectionFailureReason).FirstOrDefault(reason => reason is not null) ?? own;
    }

    /// <summary>One line for each element of which the controller says so, or that is less sure than seen from one side.</summary>
    private static void WriteReasons(Screen screen, IReadOnlyList<NetworkElementInfo> elements, Accuracy?[] doubts)
    {
        const int SeenFromOneSide = 95;
        for (int i = 0; i < elements.Count; i++)
            if (doubts[i] is { } doubt && (doubt.Percent < SeenFromOneSide || elements[i].AccuracyList is { Count: > 0 }))
                screen.Line($"{i + 1} {elements[i].Name ?? elements[i].Ip}: {doubt.Percent} % sure. {doubt.Reason}");
    }

    /// <summary>
    /// The doubt about the step to the next element; null where nothing is in doubt. Other controllers tell only what stands in the list.
    /// </summary>
    private static Accuracy? Doubt(FlowAnalysisResult result, NetworkElementInfo element, int position)
    {
        Accuracy? listed = element.AccuracyList?.MinBy(doubt => doubt.Percent);
        if (listed is not null || result.PathGraph is not { } graph || position >= graph.Shown.Count) return listed;
        PathEdge step = graph.Edges[graph.Shown[position]];
        return Percent(step.Confidence ?? 1) is { } percent ? new Accuracy { Percent = percent, Reason = step.Reason } : null;
    }

    /// <summary>Null for what is certain.</summary>
    private static int? Percent(double confidence) => (int)Math.Round(confidence * 100) is < 100 and var percent ? percent : null;

    public static string? Port(ElementInterface? use) => use is null
        ? null
        : string.Join(" ", new[] { use.PhysicalInterface }.Concat(use.VirtualInterface ?? []).Select(port => port?.Name).OfType<string>()
            .Select(Short));

    /// <summary>As engineers write it: <c>Gi1/0/26</c>.</summary>
    private static string Short(string port)
    {
        foreach ((string word, string letters) in s_shortWords)
        {
            if (port.StartsWith(word, StringComparison.Ordinal) && port.Length > word.Length && char.IsAsciiDigit(port[word.Length]))
                return letters + port[word.Length..];
        }
        return port;
    }

    private static InterfaceStatistics? In(Row row) => row.Element.IngressInterface?.PhysicalInterface?.InterfaceStatistics;

    private static InterfaceStatistics? Out(Row row) => row.Element.EgressInterface?.PhysicalInterface?.InterfaceStatistics;

    /// <summary>Of bits a second: <c>1.2 Mbit/s</c>.</summary>
    private static string? Rate(long? bits) => bits switch
    {
        null => null,
        < 1_000 => $"{bits} bit/s",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bits / 1e3:0.#} kbit/s"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bits / 1e6:0.#} Mbit/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bits / 1e9:0.#} Gbit/s"),
    };

    private static string? MemoryOf(MemoryStatistics? memory) =>
        memory is { MemoryUsage: { } used, TotalMemory: > 0 and { } total } ? PercentOf(100.0 * used / total) : null;

    private static string? PercentOf(double? value) =>
        value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} %") : null;

    private static string? Count(long? packets) => packets?.ToString(CultureInfo.InvariantCulture);
}
