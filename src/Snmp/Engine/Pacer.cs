namespace Towpath.Snmp;

/// <summary>
/// Keeps a <see cref="SnmpPace"/>: who may not send yet waits in the lane of its subnet, and the lanes take turns. It neither blocks nor
/// has a clock: the engine's timer calls <see cref="Release"/>. Thread safe.
/// </summary>
internal sealed class Pacer(int perSecond, int perSubnet)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Lane> _lanes = [];
    private readonly PriorityQueue<Lane, long> _waiting = new(); // lanes in which somebody waits, by when they may send
    private Bucket _all = new(perSecond);
    private int _sweepAt = 1_024;

    /// <summary>Nobody waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate) return _waiting.Count == 0;
        }
    }

    /// <summary>True: send now. False: the exchange is called when its turn comes.</summary>
    /// <param name="ticket">Given back with the call; an exchange that does not wait by this ticket any more is passed over.</param>
    public bool TryPass(Exchange exchange, int ticket, ulong subnet, TimeProvider time)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_lanes.TryGetValue(subnet, out Lane? lane))
            {
                if (_lanes.Count >= _sweepAt) Sweep(now);
                _lanes[subnet] = lane = new Lane(perSubnet);
            }
            bool isFirst = lane.Waiting.Count == 0;
            bool othersAreDue = _waiting.TryPeek(out _, out long due) && due <= now;
            long freeAt = lane.Bucket.FreeAt(time.TimestampFrequency);
            if (isFirst && !othersAreDue && freeAt <= now && _all.TryTake(now, time.TimestampFrequency))
            {
                lane.Bucket.TryTake(now, time.TimestampFrequency);
                return true;
            }
            lane.Waiting.Enqueue((exchange, ticket));
            if (isFirst) _waiting.Enqueue(lane, freeAt);
            return false;
        }
    }

    /// <summary>Calls those whose turn it is.</summary>
    public void Release(TimeProvider time)
    {
        // Outside of the gate: an exchange that asks to pass holds its own first.
        while (TakeNext(time) is { Exchange: { } exchange } next) exchange.Pass(next.Ticket);
    }

    private (Exchange? Exchange, int Ticket) TakeNext(TimeProvider time)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            while (_waiting.TryPeek(out Lane? lane, out long due) && due <= now)
            {
                while (lane.Waiting.TryPeek(out (Exchange Exchange, int Ticket) first) && !first.Exchange.WaitsBy(first.Ticket))
                    lane.Waiting.Dequeue();
                if (lane.Waiting.Count > 0 && !_all.TryTake(now, time.TimestampFrequency)) return default;
                _waiting.Dequeue();
                if (!lane.Waiting.TryDequeue(out (Exchange Exchange, int Ticket) next)) continue;
                lane.Bucket.TryTake(now, time.TimestampFrequency);
                if (lane.Waiting.Count > 0) _waiting.Enqueue(lane, lane.Bucket.FreeAt(time.TimestampFrequency));
                return next;
            }
            return default;
        }
    }

    private void Sweep(long now)
    {
        foreach ((ulong subnet, Lane lane) in _lanes)
        {
            if (lane.Waiting.Count == 0 && lane.Bucket.IsFull(now)) _lanes.Remove(subnet);
        }
        _sweepAt = Math.Max(1_024, 2 * _lanes.Count);
    }

    private sealed class Lane(int perSecond)
    {
        public Bucket Bucket = new(perSecond);

        public Queue<(Exchange Exchange, int Ticket)> Waiting { get; } = new();
    }

    /// <summary>
    /// A token bucket of a fiftieth of its rate, so that a late timer costs nothing; it fills that much slower, so that no second sees more
    /// than the rate.
    /// </summary>
    private struct Bucket(int perSecond)
    {
        private readonly int _size = Math.Max(1, perSecond / 50);
        private long _fullAt;

        public readonly bool IsFull(long now) => _fullAt <= now;

        public readonly long FreeAt(long frequency) => _fullAt - (_size - 1) * Interval(frequency);

        public bool TryTake(long now, long frequency)
        {
            if (FreeAt(frequency) > now) return false;
            _fullAt = Math.Max(_fullAt, now) + Interval(frequency);
            return true;
        }

        private readonly long Interval(long frequency)
        {
            int refill = perSecond - (_size - 1);
            return (frequency + refill - 1) / refill;
        }
    }
}
