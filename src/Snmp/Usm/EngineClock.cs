namespace Towpath.Snmp;

/// <summary>
/// snmpEngineBoots and snmpEngineTime of an agent's engine as its signed messages have told them: what is older than that is not believed
/// (RFC 3414 section 3.2, 7b). After three such messages a new discovery of the engine may set the clock back. Thread safe.
/// </summary>
internal sealed class EngineClock(byte[] engineId)
{
    private const int WindowSeconds = 150;
    private const int EnoughRefusals = 3;

    private readonly Lock _gate = new();
    private int _boots = -1, _time; // the latest received
    private long _heardAt;
    private int _refusals;
    private (int Boots, long Time, long HeardAt)? _before; // it was set back

    public byte[] EngineId { get; } = engineId;

    /// <summary>Signed messages that were too old, one after the other.</summary>
    public int Refusals
    {
        get
        {
            lock (_gate) return _refusals;
        }
    }

    /// <summary>So many messages were too old that the engine must be discovered again.</summary>
    public bool IsInDoubt => Refusals >= EnoughRefusals;

    /// <summary>For a message whose signature is right.</summary>
    public bool IsTimely(int boots, int time, TimeProvider clock)
    {
        lock (_gate)
        {
            bool newer = boots > _boots || (boots == _boots && time > _time);
            // Boots stay at the largest number once they are there; then nothing is timely any more (RFC 3414 section 2.2.2).
            bool timely = boots < int.MaxValue && (newer || (boots == _boots && time >= TimeNow(clock) - WindowSeconds));
            _refusals = timely ? 0 : _refusals + 1;
            if (timely && newer) (_boots, _time, _heardAt) = (boots, time, clock.GetTimestamp());
            return timely;
        }
    }

    /// <summary>A discovery tells this. Nothing signs it, so it counts only after enough signed messages have told the like.</summary>
    public void Discovered(int boots, int time, TimeProvider clock)
    {
        lock (_gate)
        {
            if (_refusals < EnoughRefusals) return;
            _before = (_boots, TimeNow(clock), _heardAt);
            (_boots, _time, _heardAt, _refusals) = (boots, time, clock.GetTimestamp(), 0);
        }
    }

    /// <summary>Once for each time that signed messages confirm that the clock was set back; null when it was not.</summary>
    public SetBackClock? TakeSetBack(TimeProvider clock)
    {
        lock (_gate)
        {
            if (_before is not { } before) return null;
            _before = null;
            bool isBack = _boots < before.Boots || (_boots == before.Boots && TimeNow(clock) < before.Time);
            // An engine that has restarted since it was heard last has run for no longer than that.
            bool hasRestarted = TimeNow(clock) <= clock.GetElapsedTime(before.HeardAt).TotalSeconds + WindowSeconds;
            return isBack ? new SetBackClock(before.Boots, _boots, hasRestarted) : null;
        }
    }

    private long TimeNow(TimeProvider clock) => _time + (long)clock.GetElapsedTime(_heardAt).TotalSeconds;
}

/// <summary>snmpEngineBoots before and now; an engine's boots only ever grow.</summary>
/// <param name="HasRestarted">Its snmpEngineTime allows a restart since it was heard last: it may have forgotten its boots then.</param>
internal sealed record SetBackClock(int Before, int Now, bool HasRestarted);
