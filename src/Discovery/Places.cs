namespace Towpath.Discovery;

/// <summary>
/// Places at the devices, shared by all discoveries of this process. One that runs alone has them all; one that comes later gets its share
/// as fast as the others leave theirs, because a place that is left goes to whoever waits and has the fewest. Work aside counts as if it
/// had a place: while others are at work, a discovery that has found as many devices that invent rows as its share of places finds no more.
/// Parts of one discovery share what it has. Safe for concurrent use.
/// </summary>
internal sealed class Places(int count, TimeProvider time)
{
    // A guest that was offered a place is about to take it; one that is busy with something else must not keep it from the others.
    private static readonly TimeSpan s_offered = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Discovery> _discoveries = [];
    // in the order of their coming; somebody waits only while no place is free, or it has enough
    private readonly List<Guest> _waiting = [];
    private readonly PriorityQueue<Place, long> _staying = new(); // by the timestamp at which they are left at the latest
    private readonly int _all = count;
    private int _free = count;
    private ITimer? _timer;
    private long _timerDue;

    /// <param name="discovery">Its id.</param>
    public Guest Enter(int discovery)
    {
        lock (_lock)
        {
            Discovery? of = _discoveries.Find(one => one.Id == discovery);
            if (of is null) _discoveries.Add(of = new Discovery(discovery));
            var guest = new Guest(this, of);
            of.Guests.Add(guest);
            return guest;
        }
    }

    private Place? TryTake(Guest guest)
    {
        lock (_lock)
        {
            LeaveDue();
            if (guest.Offered is { HasLeft: false } offered)
            {
                guest.Offered = null;
                offered.HasLeft = true; // its time as an offer is over; the place is still taken
                return new Place(guest);
            }
            if (_free > 0 && !HasEnough(guest)) return Give(guest);
            if (!_waiting.Contains(guest)) _waiting.Add(guest);
            WakeInTime();
            return null;
        }
    }

    private Place Give(Guest guest)
    {
        _free--;
        guest.Of.Held++;
        return new Place(guest);
    }

    private void Stay(Place place, TimeSpan most)
    {
        lock (_lock) _staying.Enqueue(place, time.GetTimestamp() + (long)(most.TotalSeconds * time.TimestampFrequency));
    }

    private void Leave(Place place)
    {
        lock (_lock)
        {
            Free(place);
            Offer();
        }
    }

    private void Leave(Guest guest)
    {
        lock (_lock)
        {
            if (!guest.Of.Guests.Remove(guest)) return;
            if (guest.Of.Guests.Count == 0) _discoveries.Remove(guest.Of);
            _waiting.Remove(guest);
            foreach ((Place place, _) in _staying.UnorderedItems)
            {
                if (place.Guest == guest) Free(place);
            }
            Offer();
            foreach (Guest other in _discoveries.SelectMany(one => one.Guests)) other.Wake(); // the share of each has grown
        }
    }

    private void LeaveDue()
    {
        long now = time.GetTimestamp();
        while (_staying.TryPeek(out Place? first, out long until) && (first.HasLeft || until <= now)) Free(_staying.Dequeue());
        Offer();
    }

    private void Free(Place place)
    {
        if (place.HasLeft) return;
        place.HasLeft = true;
        place.Guest.Of.Held--;
        _free++;
    }

    private void Offer()
    {
        while (_free > 0 && _waiting.Where(guest => !HasEnough(guest)).MinBy(guest => guest.Of.Held + guest.Of.Aside) is { } next)
        {
            _waiting.Remove(next);
            next.Offered = Give(next);
            Stay(next.Offered, s_offered);
            next.Wake();
        }
        WakeInTime();
    }

    private bool HasEnough(Guest guest) =>
        _discoveries.Count > 1 && guest.Of.Aside is > 0 and var aside && guest.Of.Held + aside >= _all / _discoveries.Count;

    /// <summary>A place that is left because its time is over is left by nobody else.</summary>
    private void WakeInTime()
    {
        if (_waiting.Count == 0 || !_staying.TryPeek(out _, out long until) || _timer is not null && _timerDue <= until) return;
        _timer?.Dispose();
        _timerDue = until;
        TimeSpan wait = time.GetElapsedTime(time.GetTimestamp(), until);
        var rounded = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
        _timer = time.CreateTimer(_ => Ring(), null, rounded, Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            LeaveDue();
        }
    }

    internal sealed class Discovery(int id)
    {
        public int Id => id;

        public List<Guest> Guests { get; } = [];

        public int Held { get; set; }

        public int Aside => Guests.Sum(guest => guest.Aside);
    }

    /// <summary>One discovery, or a part of it.</summary>
    internal sealed class Guest(Places places, Discovery of) : IDisposable
    {
        private TaskCompletionSource _changed = New();

        /// <summary>Completes when <see cref="TryTake"/> is worth trying again: read it before that.</summary>
        public Task Changed => Volatile.Read(ref _changed).Task;

        internal Discovery Of => of;

        /// <summary>Work that goes on without a place, because it costs next to nothing; see <see cref="Turns{T}"/>.</summary>
        internal int Aside { get; set; }

        internal Place? Offered { get; set; }

        /// <summary>How much of something that takes memory this one may have: the more discoveries, the less each; always one.</summary>
        public int Share(int most) => PartOf(most / Math.Max(1, places._discoveries.Count));

        /// <summary>How much of what its discovery may have; always one.</summary>
        public int PartOf(int most) => Math.Max(1, most / Math.Max(1, of.Guests.Count));

        /// <summary>Null when none is free; this one waits for it then.</summary>
        public Place? TryTake() => places.TryTake(this);

        /// <summary>Leaves all its places.</summary>
        public void Dispose() => places.Leave(this);

        internal void Wake() => Interlocked.Exchange(ref _changed, New()).TrySetResult();

        internal void Stay(Place place, TimeSpan most) => places.Stay(place, most);

        internal void Leave(Place place) => places.Leave(place);

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Taken by one guest until it is left, or its time is over.</summary>
    internal sealed class Place(Guest guest)
    {
        internal Guest Guest => guest;

        internal bool HasLeft { get; set; }

        /// <summary>Leaves by itself after that time.</summary>
        public void Stay(TimeSpan most) => guest.Stay(this, most);

        public void Leave() => guest.Leave(this);
    }
}
