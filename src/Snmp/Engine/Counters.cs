namespace Towpath.Snmp;

/// <summary>What became of a datagram.</summary>
internal enum Reception { Taken, Unreadable, Unexpected, Foreign, WrongDigest, Unsigned, Untimely }

/// <summary>The engine's counters; thread safe.</summary>
internal sealed class Counters
{
    private readonly long[] _receptions = new long[Enum.GetValues<Reception>().Length];
    private long _sent, _retransmissions, _clocksSetBack;

    public void CountSent(bool again)
    {
        Interlocked.Increment(ref _sent);
        if (again) Interlocked.Increment(ref _retransmissions);
    }

    public void Count(Reception reception) => Interlocked.Increment(ref _receptions[(int)reception]);

    public void CountClockSetBack() => Interlocked.Increment(ref _clocksSetBack);

    public SnmpEngineStatistics Read() => new()
    {
        Sent = Interlocked.Read(ref _sent),
        Retransmissions = Interlocked.Read(ref _retransmissions),
        Received = Enum.GetValues<Reception>().Sum(Of),
        Unreadable = Of(Reception.Unreadable),
        Unexpected = Of(Reception.Unexpected),
        Foreign = Of(Reception.Foreign),
        WrongDigest = Of(Reception.WrongDigest),
        Unsigned = Of(Reception.Unsigned),
        Untimely = Of(Reception.Untimely),
        ClocksSetBack = Interlocked.Read(ref _clocksSetBack),
    };

    private long Of(Reception reception) => Interlocked.Read(ref _receptions[(int)reception]);
}
