using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Instances of which some are computed when they are read. The set of instances is fixed.</summary>
internal sealed class MovingMibView : IMibView
{
    private readonly ObjectIdentifier[] _oids;
    private readonly SnmpValue[] _fixed;
    private readonly MovingValue?[] _moving;
    private readonly Func<TimeSpan> _uptime;

    public MovingMibView(Dictionary<ObjectIdentifier, (SnmpValue Fixed, MovingValue? Moving)> cells, Func<TimeSpan> uptime)
    {
        _oids = [.. cells.Keys.Order()];
        _fixed = [.. _oids.Select(oid => cells[oid].Fixed)];
        _moving = [.. _oids.Select(oid => cells[oid].Moving)];
        _uptime = uptime;
    }

    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value)
    {
        int position = FirstAtOrAfter(oid);
        bool found = position < _oids.Length && _oids[position].SubIdentifiers.SequenceEqual(oid);
        value = found ? Value(position) : default;
        return found;
    }

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        int position = FirstAtOrAfter(oid);
        if (position < _oids.Length && _oids[position].SubIdentifiers.SequenceEqual(oid)) position++;
        bool found = position < _oids.Length;
        next = found ? new VarBind(_oids[position], Value(position)) : default;
        return found;
    }

    private SnmpValue Value(int position) => _moving[position] is { } moving ? moving(_uptime()) : _fixed[position];

    private int FirstAtOrAfter(ReadOnlySpan<uint> oid)
    {
        int low = 0;
        int high = _oids.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ObjectIdentifier.Compare(_oids[middle].SubIdentifiers, oid) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>Two views as one, as a switch shows a VLAN's own tables among those of the whole box. Where both have an instance, the first counts.</summary>
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
