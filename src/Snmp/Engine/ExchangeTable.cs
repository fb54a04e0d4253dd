using System.Net;
using System.Security.Cryptography;

namespace Towpath.Snmp;

/// <summary>
/// The exchanges in flight, found by request-id: 16 bits of slot and 15 random ones, masked with the engine's secret. One timer looks
/// after all their deadlines. Thread safe.
/// </summary>
internal sealed class ExchangeTable : IDisposable
{
    private const int MaxSlots = 1 << 16;
    private const int NonceBits = 15;
    private const int MaxNonce = (1 << NonceBits) - 1;

    /// <summary>How precisely deadlines are kept.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly Exchange?[] _slots = new Exchange?[MaxSlots];
    private readonly Stack<Exchange> _free = new();
    private readonly SemaphoreSlim _vacancies = new(MaxSlots, MaxSlots);
    private readonly int _mask = RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly ITimer _timer;
    private readonly Lock _sweep = new();
    private int _made, _rented;
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

    /// <summary>Waits while 65,536 are out. Give it back with <see cref="Return"/>.</summary>
    public async ValueTask<Exchange> RentAsync(Device device, CancellationToken cancellationToken)
    {
        await _vacancies.WaitAsync(cancellationToken).ConfigureAwait(false);
        Exchange? exchange;
        lock (_free)
        {
            if (!_free.TryPop(out exchange)) _slots[_made] = exchange = new Exchange(this, _made++);
        }
        Interlocked.Increment(ref _rented);
        if (!Volatile.Read(ref _ticking)) StartTicking();
        exchange.Begin(device, cancellationToken);
        return exchange;
    }

    public void Return(Exchange exchange)
    {
        exchange.Finish();
        Interlocked.Decrement(ref _rented);
        lock (_free) _free.Push(exchange);
        _vacancies.Release();
    }

    public int NewId(int slot, int nonce) => ((slot << NonceBits) | (nonce & MaxNonce)) ^ _mask;

    /// <summary>How many nonces further than this one the id's is, around the end of their range.</summary>
    public int CountFrom(int nonce, int id) => ((id ^ _mask) - nonce) & MaxNonce;

    /// <summary>Called for each datagram that carries a readable id.</summary>
    public Reception Receive(int id, ReadOnlySpan<byte> datagram, SocketAddress from, Span<byte> scratch)
    {
        if (id < 0 || Volatile.Read(ref _slots[(id ^ _mask) >> NonceBits]) is not { } exchange) return Reception.Unexpected;
        return exchange.Receive(id, datagram, from, scratch);
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
            if (Volatile.Read(ref _rented) == 0) StopTicking();
        }
        finally
        {
            _sweep.Exit();
        }
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
