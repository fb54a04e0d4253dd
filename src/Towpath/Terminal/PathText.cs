using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>A traced path for people.</summary>
internal static class PathText
{
    private static readonly (string Word, string Letters)[] ShortWords =
        [("GigabitEthernet", "Gi"), ("TenGigabitEthernet", "Te"), ("FastEthernet", "Fa"), ("TwentyFiveGigE", "Twe"), ("FortyGigabitEthernet", "Fo"), ("HundredGigE", "Hu")];

    /// <summary><c>name: ip</c>, one element a line; hosts have the name None.</summary>
    public static IEnumerable<string> Lines(FlowAnalysisResult result) =>
        (result.NetworkElementsInfo ?? []).Select(element => $"{element.Name ?? "None"}: {element.Ip}");

    public static void Write(Screen screen, FlowAnalysisResult result, bool statistics)
    {
        IReadOnlyList<NetworkElementInfo> elements = result.NetworkElementsInfo ?? [];
        string[] headers = ["ELEMENT", "ADDRESS", "ROLE", "IN", "OUT", "LINK TO NEXT", "TUNNEL"];
        string[] more = ["CPU 5 MIN", "MEMORY", "PACKETS IN", "PACKETS OUT"];
        screen.Table(
            statistics ? [.. headers, .. more] : headers,
            elements.Select(element => (IReadOnlyList<string?>)(statistics ? [.. Row(element), .. Load(element)] : Row(element))));
        foreach (NetworkElementInfo failed in elements.Where(element => element.DeviceStatsCollectionFailureReason is not null).DistinctBy(element => element.Id))
            screen.Line($"No statistics of {failed.Name}: {failed.DeviceStatsCollectionFailureReason}");
        if (result.PathGraph is not { } graph) return;

        screen.Line();
        screen.Line(graph.Ending is { Kind: "Delivered" }
            ? "Delivered."
            : $"The path ends: {graph.Ending.Kind}{(graph.Ending.Reason is { } reason ? $", {reason}" : "")}");
        int others = graph.Edges.Count - graph.Shown.Count;
        if (others > 0) screen.Line($"Equal-cost branches: {others} more edges, in pathGraph of --json.");
    }

    private static string?[] Row(NetworkElementInfo element) =>
    [
        element.Name ?? element.Type, element.Ip, element.Role, Port(element.IngressInterface), Port(element.EgressInterface),
        element.LinkInformationSource, element.Tunnels is { Count: > 0 } tunnels ? string.Join(", ", tunnels) : null,
    ];

    private static string?[] Load(NetworkElementInfo element)
    {
        MemoryStatistics? memory = element.DeviceStatistics?.MemoryStatistics;
        return
        [
            element.DeviceStatsCollection is "FAILED" ? "FAILED" : Percent(element.DeviceStatistics?.CpuStatistics?.FiveMinUsageInPercentage),
            memory is { MemoryUsage: { } used, TotalMemory: > 0 and { } total } ? Percent(100.0 * used / total) : null,
            Count(element.IngressInterface?.PhysicalInterface?.InterfaceStatistics?.InputPackets),
            Count(element.EgressInterface?.PhysicalInterface?.InterfaceStatistics?.OutputPackets),
        ];
    }

    private static string? Port(ElementInterface? use) => use is null
        ? null
        : string.Join(" ", new[] { use.PhysicalInterface }.Concat(use.VirtualInterface ?? []).Select(port => port?.Name).OfType<string>().Select(Short));

    /// <summary>As engineers write it: <c>Gi1/0/26</c>.</summary>
    private static string Short(string port)
    {
        foreach ((string word, string letters) in ShortWords)
        {
            if (port.StartsWith(word, StringComparison.Ordinal) && port.Length > word.Length && char.IsAsciiDigit(port[word.Length])) return letters + port[word.Length..];
        }
        return port;
    }

    private static string? Percent(double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} %") : null;

    private static string? Count(long? packets) => packets?.ToString(CultureInfo.InvariantCulture);
}
