using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>A fixed set of instances, found by binary search.</summary>
public sealed class SortedMibView : IMibView
{
    private readonly ObjectIdentifier[] _oids;
    private readonly SnmpValue[] _values;

    /// <summary>Takes them in any order; where an instance appears twice, as in hand-made recordings, the first counts.</summary>
    /// <exception cref="ArgumentException">An identifier that no message can carry.</exception>
    public SortedMibView(IEnumerable<VarBind> instances)
    {
        VarBind[] sorted = [.. instances.DistinctBy(instance => instance.Oid).OrderBy(instance => instance.Oid)];
        _oids = [.. sorted.Select(instance => instance.Oid)];
        _values = [.. sorted.Select(instance => instance.Value)];
        if (Array.Find(_oids, oid => !OidCodec.IsEncodable(oid.SubIdentifiers)) is { } odd)
            throw new ArgumentException($"{odd} is no object identifier that a message can carry.", nameof(instances));
    }

    public int Count => _oids.Length;

    /// <summary>All instances in walk order.</summary>
    public ImmutableArray<VarBind> ToVarBinds() => [.. _oids.Zip(_values, (oid, value) => new VarBind(oid, value))];

    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value)
    {
        int position = Search(oid);
        value = position >= 0 ? _values[position] : default;
        return position >= 0;
    }

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        int position = Search(oid);
        position = position >= 0 ? position + 1 : ~position;
        next = position < _oids.Length ? new VarBind(_oids[position], _values[position]) : default;
        return position < _oids.Length;
    }

    /// <summary>The position of <paramref name="oid"/>, or the complement of the first one behind it.</summary>
    private int Search(ReadOnlySpan<uint> oid)
    {
        int low = 0, high = _oids.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = ObjectIdentifier.Compare(_oids[middle].SubIdentifiers, oid);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
