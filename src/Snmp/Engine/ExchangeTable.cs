using System.Net;

namespace Towpath.Snmp;

/// <summary>
/// The exchanges in flight, found by the ids of their transmissions: each id is the keyed permutation of a number, and numbers count up.
/// One timer looks after all their deadlines and their pace. Thread safe.
/// </summary>
internal sealed class ExchangeTable : IDisposable
{
    private const int MaxSlots = ushort.MaxValue;

    /// <summary>A power of two above what all exchanges can have in flight, 11 transmissions each.</summary>
    private const int Places = 1 << 20;

    /// <summary>How precisely deadlines are kept.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly Exchange?[] _slots = new Exchange?[MaxSlots];
    private readonly Stack<Exchange> _free = new();
    private readonly SemaphoreSlim _vacancies = new(MaxSlots, MaxSlots);
    private readonly RequestIds _ids = new();
    // by the end of a number: 1 and the slot of the exchange that it waits for, 0 for none
    private readonly ushort[] _places = new ushort[Places];
    private readonly HashSet<Pacer> _pacers = []; // in which somebody may wait
    private readonly ITimer _timer;
    private readonly Lock _sweep = new();
    private int _made, _rented, _lastNumber;
    private bool _ticking;

    public ExchangeTable(TimeProvider time, Counters counters)
    {
        Time = time;
        Counters = counters;
        _timer = time.CreateTimer(static table => ((ExchangeTable)table!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeProvider Time { get; }

    public Counters Counters { get; }

    public bool Closed { get; private set; }

    /// <summary>Waits while 65,535 are out. Give it back with <see cref="Return"/>.</summary>
    /// <param name="pacer">Until the device has answered; null: not paced.</param>
    public async ValueTask<Exchange> RentAsync(Device device, Pacer? pacer, CancellationToken cancellationToken)
    {
        await _vacancies.WaitAsync(cancellationToken).ConfigureAwait(false);
        Exchange? exchange;
        lock (_free)
        {
            if (!_free.TryPop(out exchange)) _slots[_made] = exchange = new Exchange(this, _made++);
        }
        Interlocked.Increment(ref _rented);
        if (!Volatile.Read(ref _ticking)) StartTicking();
        exchange.Begin(device, pacer, cancellationToken);
        return exchange;
    }

    public void Return(Exchange exchange)
    {
        exchange.Finish();
        Interlocked.Decrement(ref _rented);
        lock (_free) _free.Push(exchange);
        _vacancies.Release();
    }

    /// <summary>A number whose id leads back to the slot until it is given back. It comes once in 2^31 times.</summary>
    public int TakeNumber(int slot)
    {
        while (true) // a place that is taken by one who waits long is passed over
        {
            int number = Interlocked.Increment(ref _lastNumber) & int.MaxValue;
            if (Interlocked.CompareExchange(ref _places[number & (Places - 1)], (ushort)(slot + 1), (ushort)0) == 0) return number;
        }
    }

    public void GiveBack(int number) => Volatile.Write(ref _places[number & (Places - 1)], 0);

    public int IdOf(int number) => _ids.Of(number);

    /// <summary>Somebody may wait in it.</summary>
    public void Watch(Pacer pacer)
    {
        lock (_pacers) _pacers.Add(pacer);
    }

    /// <summary>Called for each datagram that carries a readable id.</summary>
    public Reception Receive(int id, ReadOnlySpan<byte> datagram, SocketAddress from, Span<byte> scratch)
    {
        if (id < 0) return Reception.Unexpected;
        int number = _ids.NumberOf(id);
        int slot = Volatile.Read(ref _places[number & (Places - 1)]) - 1;
        return slot < 0 ? Reception.Unexpected : _slots[slot]!.Receive(number, id, datagram, from, scratch);
    }

    public void Dispose()
    {
        Closed = true;
        _timer.Dispose();
        foreach (Exchange? exchange in _slots.AsSpan(0, Volatile.Read(ref _made))) exchange?.Close();
    }

    private void Tick()
    {
        if (!_sweep.TryEnter()) return; // the last one still runs
        try
        {
            long now = Time.GetTimestamp();
            foreach (Exchange? exchange in _slots.AsSpan(0, Volatile.Read(ref _made)))
            {
                if (exchange is not null && exchange.Deadline <= now) exchange.Expire(now);
            }
            ReleasePaced();
            if (Volatile.Read(ref _rented) == 0) StopTicking();
        }
        finally
        {
            _sweep.Exit();
        }
    }

    private void ReleasePaced()
    {
        Pacer[] pacers;
        lock (_pacers)
        {
            if (_pacers.Count == 0) return;
            pacers = [.. _pacers];
        }
        foreach (Pacer pacer in pacers) pacer.Release(Time);
        lock (_pacers) _pacers.RemoveWhere(static pacer => pacer.IsIdle);
    }

    private void StartTicking()
    {
        lock (_timer)
        {
            Volatile.Write(ref _ticking, true);
            if (!Closed) _timer.Change(s_tick, s_tick);
        }
    }

    /// <summary>An idle engine wakes nobody. Somebody may rent meanwhile: say that nothing ticks first, then look again.</summary>
    private void StopTicking()
    {
        lock (_timer)
        {
            Volatile.Write(ref _ticking, false);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _rented) == 0 && !Closed) _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            else Volatile.Write(ref _ticking, true);
        }
    }
}
