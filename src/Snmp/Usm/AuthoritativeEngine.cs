namespace Towpath.Snmp;

/// <summary>
/// An agent's v3 engine as we know it: its id and its clock (snmpEngineBoots, snmpEngineTime in seconds; RFC 3414 section 2.2).
/// </summary>
/// <param name="observedAt">Our timestamp when it said <paramref name="time"/>.</param>
internal sealed class AuthoritativeEngine(byte[] id, int boots, int time, long observedAt)
{
    public byte[] Id { get; } = id;

    public int Boots { get; } = boots;

    public int TimeNow(TimeProvider clock) => (int)Math.Min(int.MaxValue, time + (long)clock.GetElapsedTime(observedAt).TotalSeconds);
}
