using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Values by key while they are gathered. Most keys of a network's indexes have one value: a list for each would be most of what they cost.
/// </summary>
/// <param name="capacity">About so many values are expected.</param>
internal sealed class Grouping<TKey, TValue>(int capacity = 0) where TKey : notnull
{
    private readonly Dictionary<TKey, Group> _groups = new(capacity);
    private readonly List<(TValue Value, int Next)> _values = new(capacity);

    public void Add(TKey key, TValue value)
    {
        ref Group group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out bool exists);
        int at = _values.Count;
        _values.Add((value, -1));
        if (exists) CollectionsMarshal.AsSpan(_values)[group.Last].Next = at;
        group = exists ? new Group(group.First, at, group.Count + 1) : new Group(at, at, 1);
    }

    /// <summary>Each key's values, in the order they were added or as <paramref name="arrange"/> puts those of one key.</summary>
    public Dictionary<TKey, ImmutableArray<TValue>> Freeze(Action<TValue[]>? arrange = null)
    {
        var frozen = new Dictionary<TKey, ImmutableArray<TValue>>(_groups.Count);
        foreach ((TKey key, Group group) in _groups)
        {
            var values = new TValue[group.Count];
            for (int i = 0, at = group.First; i < values.Length; i++) (values[i], at) = _values[at];
            if (values.Length > 1) arrange?.Invoke(values);
            frozen.Add(key, ImmutableCollectionsMarshal.AsImmutableArray(values));
        }
        return frozen;
    }

    private readonly record struct Group(int First, int Last, int Count);
}
