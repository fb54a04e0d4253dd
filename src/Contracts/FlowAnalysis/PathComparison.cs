namespace Towpath.Contracts;

/// <summary>
/// Two traces side by side: answer of <c>/flow-analysis/{id}/comparison?with={otherId}</c>. Towpath's own.
/// </summary>
public sealed record PathComparison
{
    /// <summary>The other trace goes the opposite way, from the destination to the source, and was read backwards.</summary>
    public required bool IsReverse { get; init; }

    /// <summary>So many elements from the start are the same, with the interfaces between them.</summary>
    public required int CommonElements { get; init; }

    /// <summary>Absent where the paths are the same.</summary>
    public PathDifference? FirstDifference { get; init; }
}

/// <summary>The first place where two paths part.</summary>
public sealed record PathDifference
{
    /// <summary>element, ingressInterface or egressInterface.</summary>
    public required string What { get; init; }

    /// <summary>The last element that both paths share; absent where they differ from the start.</summary>
    public string? After { get; init; }

    /// <summary>The element, or the element and its interface, on this path; absent where it has ended.</summary>
    public string? Here { get; init; }

    /// <summary>On the other path; absent where that has ended.</summary>
    public string? There { get; init; }
}
