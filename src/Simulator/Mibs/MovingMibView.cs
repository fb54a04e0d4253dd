using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Instances of which some are computed when they are read. The set of instances is fixed.</summary>
internal sealed class MovingMibView : IMibView
{
    private readonly MibCell[] _cells;
    private readonly Func<TimeSpan> _uptime;

    /// <param name="cells">In walk order, each instance once.</param>
    public MovingMibView(MibCell[] cells, Func<TimeSpan> uptime) => (_cells, _uptime) = (cells, uptime);

    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value)
    {
        int position = FirstAtOrAfter(oid);
        bool found = position < _cells.Length && _cells[position].Instance.SubIdentifiers.SequenceEqual(oid);
        value = found ? Value(position) : default;
        return found;
    }

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        int position = FirstAtOrAfter(oid);
        if (position < _cells.Length && _cells[position].Instance.SubIdentifiers.SequenceEqual(oid)) position++;
        bool found = position < _cells.Length;
        next = found ? new VarBind(_cells[position].Instance, Value(position)) : default;
        return found;
    }

    private SnmpValue Value(int position) => _cells[position].Moving is { } moving ? moving(_uptime()) : _cells[position].Fixed;

    private int FirstAtOrAfter(ReadOnlySpan<uint> oid)
    {
        int low = 0;
        int high = _cells.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ObjectIdentifier.Compare(_cells[middle].Instance.SubIdentifiers, oid) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>
/// Two views as one, as a switch shows a VLAN's own tables among those of the whole box. Where both have an instance, the first counts.
/// </summary>
internal sealed class LayeredMibView(IMibView own, IMibView shared) : IMibView
{
    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value) => own.TryGet(oid, out value) || shared.TryGet(oid, out value);

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        bool hasOwn = own.TryGetNext(oid, out VarBind first);
        bool hasShared = shared.TryGetNext(oid, out VarBind second);
        next = hasOwn && (!hasShared || first.Oid.CompareTo(second.Oid) <= 0) ? first : second;
        return hasOwn || hasShared;
    }
}
