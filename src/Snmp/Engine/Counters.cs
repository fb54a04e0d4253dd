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

    public SnmpEngineStatistics Read() => new(
        Interlocked.Read(ref _sent), Interlocked.Read(ref _retransmissions), Enum.GetValues<Reception>().Sum(Of),
        Of(Reception.Unreadable), Of(Reception.Unexpected), Of(Reception.Foreign), Of(Reception.WrongDigest),
        Of(Reception.Unsigned), Of(Reception.Untimely), Interlocked.Read(ref _clocksSetBack));

    private long Of(Reception reception) => Interlocked.Read(ref _receptions[(int)reception]);
}
