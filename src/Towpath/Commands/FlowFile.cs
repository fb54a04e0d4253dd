using System.Globalization;

namespace Towpath.Commands;

/// <summary>A flow of a file.</summary>
internal sealed record NamedFlow(string Source, string Destination, string? Protocol, int? SourcePort, int? DestPort)
{
    public override string ToString() => $"{Source} {Destination}{(Protocol is null ? "" : $" {Protocol}")}"
        + $"{(SourcePort is { } from ? $" from {from}" : "")}{(DestPort is { } to ? $" to {to}" : "")}";
}

/// <summary>
/// The flows of <c>trace --from FILE</c>, a line each: <c>source,destination[,protocol[,sourcePort[,destPort]]]</c>.
/// A first line that starts with <c>source</c>, empty lines and lines with <c>#</c> say nothing.
/// </summary>
internal static class FlowFile
{
    private const int Most = 10_000;

    /// <exception cref="UsageException">It cannot be read; all lines that are wrong are named.</exception>
    public static IReadOnlyList<NamedFlow> Read(string path)
    {
        var flows = new List<NamedFlow>();
        var problems = new List<string>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            bool isHeading = number == 1 && text.StartsWith("source", StringComparison.OrdinalIgnoreCase);
            if (text.Length == 0 || text[0] == '#' || isHeading) continue;
            if (Flow(text.Split(',', StringSplitOptions.TrimEntries)) is { } flow) flows.Add(flow);
            else problems.Add($"line {number} '{text}'");
            if (flows.Count > Most) throw new UsageException($"{path} has more than {Most} flows. Split it.");
        }
        if (problems.Count > 0)
        {
            string some = $"{string.Join(", ", problems.Take(5))}{(problems.Count > 5 ? " ..." : "")}";
            throw new UsageException($"{path}: {some}: write a flow like "
                + "10.1.1.5,10.2.1.9,TCP,,443 (source, destination, protocol, source port, destination port).");
        }
        return flows.Count > 0 ? flows : throw new UsageException($"{path} has no flow. A line is source,destination.");
    }

    private static NamedFlow? Flow(string[] cells)
    {
        if (cells is not [{ Length: > 0 } source, { Length: > 0 } destination, ..] || cells.Length > 5) return null;
        string? protocol = cells.ElementAtOrDefault(2) is { Length: > 0 } word ? word.ToUpperInvariant() : null;
        bool isRight = protocol is null or "TCP" or "UDP" or "ICMP";
        (int? from, int? to) = (Port(cells.ElementAtOrDefault(3)), Port(cells.ElementAtOrDefault(4)));
        return isRight && from != -1 && to != -1 ? new NamedFlow(source, destination, protocol, from, to) : null;
    }

    /// <summary>Null: none is given; -1: it is none.</summary>
    private static int? Port(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : -1;
    }
}
