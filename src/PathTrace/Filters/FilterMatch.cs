using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>What the packet filter on one side of an interface decided about the packet, as values.</summary>
/// <param name="List">The name of the list that stands there.</param>
/// <param name="Permits">False: it drops the packet.</param>
/// <param name="Rule">The rule that decided; null for the deny that stands unwritten at the list's end.</param>
public sealed record FilterMatch(IfIndex Interface, FilterDirection Direction, string List, bool Permits, FilterRule? Rule)
{
    /// <summary>As an engineer reads it: <c>rule 20 of WEB: deny tcp any any</c>.</summary>
    public override string ToString() => Text(Rule, List);

    internal static string Text(FilterRule? rule, string list) => rule?.ToString() ?? $"implicit deny at the end of {list}";
}
