using System.Text.RegularExpressions;

namespace Towpath.Campus.Tests;

/// <summary>Compares all branches of one pair.</summary>
internal static partial class Comparison
{
    private const string Gap = "\nUNKNOWN\n";

    /// <summary>Null when the sets of paths are equal.</summary>
    public static string? Differs(Walker walker, CampusLab lab, Node from, Node to) =>
        Differs(walker, lab, from, to, (walked, traced) => walked == traced);

    /// <summary>
    /// Where several unmanaged devices stand side by side, no table tells which near side leads to which far side: no real path may be
    /// missed, and every traced one must be a real way into UNKNOWN and a real way out of it.
    /// </summary>
    public static string? DiffersButForWaysThroughTheUnknown(Walker walker, CampusLab lab, Node from, Node to)
    {
        string[] walked = [.. walker.All(from, to).Select(PathText.Of)];
        var before = walked.Select(path => path.Split(Gap)[0]).ToHashSet();
        var behind = walked.Where(path => path.Contains(Gap, StringComparison.Ordinal)).Select(path => path.Split(Gap)[1]).ToHashSet();
        return Differs(walker, lab, from, to, (path, traced) => path == traced
            || traced.Split(Gap) is [var near, var far] && path.Split(Gap) is [_, _] && before.Contains(near) && behind.Contains(far)
                && path.StartsWith(near, StringComparison.Ordinal));
    }

    /// <summary>Where two gaps lie behind one another, one UNKNOWN may stand for both and for what lies between them.</summary>
    public static string? DiffersBeyondWhatUnknownStandsFor(Walker walker, CampusLab lab, Node from, Node to) =>
        Differs(walker, lab, from, to, (walked, traced) => walked == traced || BetweenGaps().Replace(walked, Gap) == traced);

    private static string? Differs(Walker walker, CampusLab lab, Node from, Node to, Func<string, string, bool> agree)
    {
        Walked? real = CampusProofTests.Conversations(walker).Where(talk => (talk.From, talk.To) == (from, to))
            .Select(talk => walker.One(from, talk.Header)).FirstOrDefault();
        string[] walked = [.. walker.All(from, to).Where(path => real is null || LeavesTheUnknownAs(path, real)).Select(PathText.Of)
            .Distinct()];
        string[] traced = [.. TraceText.All(lab.Trace(from, to), lab.Network).Distinct()];
        string[] missed = [.. walked.Where(path => !traced.Any(other => agree(path, other)))];
        string[] invented = [.. traced.Where(path => !walked.Any(other => agree(other, path)))];
        return missed.Length + invented.Length == 0
            ? null : $"{from.Name} -> {to.Name}\nmissed\n{string.Join("\n", missed)}\ninvented\n{string.Join("\n", invented)}";
    }

    [GeneratedRegex(@"\nUNKNOWN\n.*\nUNKNOWN\n", RegexOptions.Singleline)]
    private static partial Regex BetweenGaps();

    // Which of its branches a device without an agent takes is told by a flow record on the device behind it, when there is a conversation;
    // its other branches are not part of the answer then.
    private static bool LeavesTheUnknownAs(Walked path, Walked real)
    {
        var seen = Exits(real).ToHashSet();
        return Exits(path).All(exit => seen.Contains(exit) || !seen.Any(other => other.Unknown == exit.Unknown));
    }

    private static IEnumerable<(Node Unknown, Node Next, Port? In)> Exits(Walked path) =>
        path.Elements.Zip(path.Elements.Skip(1)).Where(pair => pair.First.Node.Hidden && (int?)pair.Second.Node.Json["topTalkers"] > 0)
            .Select(pair => (pair.First.Node, pair.Second.Node, pair.Second.In));
}
