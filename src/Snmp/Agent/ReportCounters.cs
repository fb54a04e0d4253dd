namespace Towpath.Snmp;

/// <summary>The usmStats counters and snmpUnknownContexts of one agent: they wrap at 32 bits. Thread safe.</summary>
internal sealed class ReportCounters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectIdentifier, uint> _counts = [];

    /// <summary>The count including this one.</summary>
    public uint Increment(ObjectIdentifier counter)
    {
        lock (_gate) return _counts[counter] = _counts.GetValueOrDefault(counter) + 1;
    }
}
