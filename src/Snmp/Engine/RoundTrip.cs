namespace Towpath.Snmp;

/// <summary>
/// How long to wait for one agent before sending again: RFC 6298 with a floor of 100 ms. Every answer is a sample, since it tells which
/// transmission it answers; so an agent that became slow is known as slow after one answer. Thread safe.
/// </summary>
internal sealed class RoundTrip
{
    /// <summary>An agent answers when its CPU has time: a floor below that would only add to its load.</summary>
    private static readonly TimeSpan s_floor = TimeSpan.FromMilliseconds(100);

    /// <summary>For an agent that has not answered yet, once: that its first request gets lost must not cost a whole timeout.</summary>
    private static readonly TimeSpan s_unknown = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private TimeSpan _smoothed, _variation;
    private int _owed;

    /// <summary>
    /// The wait before the next transmission, or for the last one's answer: at most <paramref name="longest"/> for each answer that the
    /// agent owes.
    /// </summary>
    /// <param name="retransmissions">How often this request was sent again already; each doubles the wait.</param>
    /// <param name="last">Nothing will be sent again: who is slow today gets the whole time once.</param>
    public TimeSpan Wait(TimeSpan longest, int retransmissions, bool last)
    {
        lock (_gate)
        {
            TimeSpan wait = last ? longest : _smoothed == default ? Unknown(longest, retransmissions)
                : Known() * (1 << Math.Min(retransmissions, 10));
            return (wait < longest ? wait : longest) * (1 + _owed);
        }
    }

    /// <param name="took">From the transmission that is answered.</param>
    /// <param name="owed">
    /// How often the request was sent once more after that transmission. An agent that does one after the other answers these, too, before
    /// the next request; those before it are done or lost.
    /// </param>
    public void Answered(TimeSpan took, int owed)
    {
        lock (_gate)
        {
            _owed = owed;
            if (took < TimeSpan.FromMicroseconds(1)) took = TimeSpan.FromMicroseconds(1);
            if (_smoothed == default)
            {
                _smoothed = took;
                _variation = took / 2;
                return;
            }
            _variation = 0.75 * _variation + 0.25 * (_smoothed - took).Duration();
            _smoothed = 0.875 * _smoothed + 0.125 * took;
        }
    }

    /// <summary>A request had no answer in all its time: nothing of what was owed is waited for any more.</summary>
    public void TimedOut()
    {
        lock (_gate) _owed = 0;
    }

    private static TimeSpan Unknown(TimeSpan longest, int retransmissions) => retransmissions == 0 ? s_unknown : longest;

    private TimeSpan Known()
    {
        TimeSpan wait = _smoothed + 4 * _variation;
        return wait > s_floor ? wait : s_floor;
    }
}
