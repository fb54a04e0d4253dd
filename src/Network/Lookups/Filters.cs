using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The packet filters of one device. Safe for concurrent use.</summary>
public sealed class Filters
{
    private readonly Dictionary<(IfIndex, FilterDirection), ImmutableArray<FilterRule>> _lists;

    internal Filters(DeviceSnapshot snapshot) => _lists = snapshot.FilterRules
        .GroupBy(rule => (rule.Interface, rule.Direction))
        .ToDictionary(list => list.Key, list => list.OrderBy(rule => rule.Sequence).ToImmutableArray());

    public bool IsEmpty => _lists.Count == 0;

    /// <summary>In the order in which they are tried; empty where the interface filters nothing in this direction.</summary>
    public ImmutableArray<FilterRule> On(IfIndex index, FilterDirection direction) => _lists.GetValueOrDefault((index, direction), []);
}
