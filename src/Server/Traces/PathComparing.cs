using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// Finds where two shown paths part. Of a trace and the one back the second is read backwards: what was left by is entered by. Equal-cost
/// branches that are not shown are not compared, so two directions may differ here though each could go the other's way.
/// </summary>
internal static class PathComparing
{
    /// <param name="isReverse">The other trace goes from the destination to the source.</param>
    public static PathComparison Compare(FlowAnalysisResult one, FlowAnalysisResult other, bool isReverse)
    {
        Step[] here = [.. (one.NetworkElementsInfo ?? []).Select(Step.Of)], there = [.. (other.NetworkElementsInfo ?? []).Select(Step.Of)];
        if (isReverse) there = [.. Enumerable.Reverse(there).Select(step => step.Backwards())];
        int common = 0;
        while (common < here.Length && common < there.Length && here[common].IsLike(there[common])) common++;
        return new PathComparison
        {
            IsReverse = isReverse,
            CommonElements = common,
            FirstDifference = common == here.Length && common == there.Length
                ? null : Difference(common == 0 ? null : here[common - 1], At(here, common), At(there, common)),
        };
    }

    private static PathDifference Difference(Step? after, Step? here, Step? there)
    {
        if (here is null || there is null || here.Id != there.Id) return Of("element", here?.Name, there?.Name);
        return !Step.AreLike(here.Ingress, there.Ingress)
            ? Of("ingressInterface", here.At(here.Ingress), there.At(there.Ingress))
            : Of("egressInterface", here.At(here.Egress), there.At(there.Egress));

        PathDifference Of(string what, string? one, string? other) => new() { What = what, After = after?.Name, Here = one, There = other };
    }

    private static Step? At(Step[] steps, int at) => at < steps.Length ? steps[at] : null;

    /// <summary>An element of a path: what it is, and the ports that are used there; null where the trace names none.</summary>
    /// <param name="Name">For people.</param>
    private sealed record Step(string Id, string Name, string? Ingress, string? Egress)
    {
        public static Step Of(NetworkElementInfo element) => new(element.Id, element.Name ?? element.Ip ?? element.Id,
            element.IngressInterface?.PhysicalInterface?.Name, element.EgressInterface?.PhysicalInterface?.Name);

        /// <summary>A port that one path does not name is no difference.</summary>
        public static bool AreLike(string? port, string? other) => port is null || other is null || port == other;

        public bool IsLike(Step other) => Id == other.Id && AreLike(Ingress, other.Ingress) && AreLike(Egress, other.Egress);

        public Step Backwards() => this with { Ingress = Egress, Egress = Ingress };

        public string At(string? port) => port is null ? Name : $"{Name} {port}";
    }
}
