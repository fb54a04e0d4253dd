namespace Towpath.Campus.Tests;

/// <summary>Compares all branches of one pair.</summary>
internal static class Comparison
{
    /// <summary>Null when the sets of paths are equal.</summary>
    public static string? Differs(Walker walker, CampusLab lab, Node from, Node to)
    {
        Walked? real = CampusProofTests.Conversations(walker).Where(talk => (talk.From, talk.To) == (from, to)).Select(talk => walker.One(from, talk.Header)).FirstOrDefault();
        string[] walked = [.. walker.All(from, to).Where(path => real is null || LeavesTheUnknownAs(path, real)).Select(PathText.Of).Distinct().Order(StringComparer.Ordinal)];
        string[] traced = [.. TraceText.All(lab.Trace(from, to), lab.Network).Distinct().Order(StringComparer.Ordinal)];
        return walked.SequenceEqual(traced)
            ? null
            : $"{from.Name} -> {to.Name}\nwalked\n{string.Join("\n", walked.Except(traced))}\ntraced\n{string.Join("\n", traced.Except(walked))}";
    }

    // Which of its branches a device without an agent takes is told by a flow record behind it, when there is a conversation;
    // its other branches are not part of the answer then.
    private static bool LeavesTheUnknownAs(Walked path, Walked real)
    {
        var seen = Exits(real).ToHashSet();
        return Exits(path).All(exit => seen.Contains(exit) || !seen.Any(other => other.Unknown == exit.Unknown));
    }

    private static IEnumerable<(Node Unknown, Node Next, Port? In)> Exits(Walked path) =>
        path.Elements.Zip(path.Elements.Skip(1)).Where(pair => pair.First.Node.Hidden && !pair.Second.Node.Hidden).Select(pair => (pair.First.Node, pair.Second.Node, pair.Second.In));
}
