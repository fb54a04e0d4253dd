using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Values by key while they are gathered. Most keys of a network's indexes have one value, and neighboring keys often the same one, which
/// then share one array.
/// </summary>
/// <param name="capacity">About so many keys are expected.</param>
internal sealed class Grouping<TKey, TValue>(int capacity = 0) where TKey : notnull
{
    private readonly Dictionary<TKey, ImmutableArray<TValue>> _groups = new(capacity);
    private readonly Dictionary<TKey, List<TValue>> _ofSeveral = [];
    private ImmutableArray<TValue> _last = [];

    public void Add(TKey key, TValue value)
    {
        ref ImmutableArray<TValue> group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out bool exists);
        if (!exists) group = Only(value);
        else if (_ofSeveral.TryGetValue(key, out List<TValue>? values)) values.Add(value);
        else _ofSeveral.Add(key, [group[0], value]);
    }

    /// <summary>Unless it is the one that was added to this key before.</summary>
    public void AddOnce(TKey key, TValue value)
    {
        bool isThere = _ofSeveral.TryGetValue(key, out List<TValue>? values) ? AreSame(values[^1], value)
            : _groups.TryGetValue(key, out ImmutableArray<TValue> group) && AreSame(group[0], value);
        if (!isThere) Add(key, value);
    }

    /// <summary>
    /// Each key's values, in the order they were added or as <paramref name="arrange"/> puts those of one key. Call once, at the end.
    /// </summary>
    public Dictionary<TKey, ImmutableArray<TValue>> Freeze(Action<TValue[]>? arrange = null)
    {
        foreach ((TKey key, List<TValue> gathered) in _ofSeveral)
        {
            TValue[] values = [.. gathered];
            arrange?.Invoke(values);
            _groups[key] = ImmutableCollectionsMarshal.AsImmutableArray(values);
        }
        if (_groups.Count < _groups.Capacity / 2) _groups.TrimExcess();
        return _groups;
    }

    private ImmutableArray<TValue> Only(TValue value) =>
        _last is [var last] && AreSame(last, value) ? _last : _last = [value];

    private static bool AreSame(TValue one, TValue other) => EqualityComparer<TValue>.Default.Equals(one, other);
}
