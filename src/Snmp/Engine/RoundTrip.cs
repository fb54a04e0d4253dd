namespace Towpath.Snmp;

/// <summary>How long to wait for one agent before sending again: RFC 6298 with a floor of 100 ms. Thread safe.</summary>
internal sealed class RoundTrip
{
    /// <summary>An agent answers when its CPU has time: a floor below that would only add to its load.</summary>
    private static readonly TimeSpan s_floor = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private TimeSpan _smoothed, _variation;
    private int _backoff;

    /// <summary>The wait before the next retransmission, never above <paramref name="longest"/>, which is also the wait for an unknown agent.</summary>
    /// <param name="retransmissions">How often this request was sent again already; each doubles the wait.</param>
    public TimeSpan Wait(TimeSpan longest, int retransmissions)
    {
        lock (_gate)
        {
            if (_smoothed == default) return longest;
            TimeSpan wait = _smoothed + 4 * _variation;
            if (wait < s_floor) wait = s_floor;
            wait *= 1 << Math.Min(_backoff + retransmissions, 10);
            return wait < longest ? wait : longest;
        }
    }

    /// <param name="retransmissions">
    /// Above 0, nobody knows which of the copies was answered (Karn): the sample does not count, but the backed-off wait stays
    /// until one does, or an agent that became slow would be asked everything twice for ever.
    /// </param>
    public void Answered(TimeSpan took, int retransmissions)
    {
        lock (_gate)
        {
            if (retransmissions > 0)
            {
                _backoff = Math.Min(_backoff + retransmissions, 10);
                return;
            }
            _backoff = 0;
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
}
