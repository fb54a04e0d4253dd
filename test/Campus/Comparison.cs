namespace Towpath.Campus.Tests;

/// <summary>Compares all branches of one pair.</summary>
internal static class Comparison
{
    /// <summary>Null when the sets of paths are equal.</summary>
    public static string? Differs(Walker walker, CampusLab lab, Node from, Node to)
    {
        string[] walked = [.. walker.All(from, to).Select(PathText.Of).Distinct().Order(StringComparer.Ordinal)];
        string[] traced = [.. TraceText.All(lab.Trace(from, to), lab.Network).Distinct().Order(StringComparer.Ordinal)];
        return walked.SequenceEqual(traced)
            ? null
            : $"{from.Name} -> {to.Name}\nwalked\n{string.Join("\n", walked.Except(traced))}\ntraced\n{string.Join("\n", traced.Except(walked))}";
    }
}
