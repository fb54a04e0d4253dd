using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Towpath.Snmp;

/// <summary>
/// One request and its answer, one after another for the operation that rented it. Whoever awaits an answer continues on the thread that
/// received it: that is what makes walks fast.
/// </summary>
internal sealed class Exchange(ExchangeTable table, int slot) : IValueTaskSource<SnmpStatus>
{
    /// <summary>Bindings of 1,200 octets, and the longest names and digests around them.</summary>
    private const int MaxMessageOctets = 2_048;

    /// <summary>The variable bindings of an answer that fills a datagram.</summary>
    private const int UsualVarBindOctets = 1_536;

    /// <summary>Makes end points of what the socket tells.</summary>
    private static readonly IPEndPoint s_anyAddress = new(IPAddress.Any, 0);
    private static readonly IPEndPoint s_anyAddress6 = new(IPAddress.IPv6Any, 0);

    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<SnmpStatus> _completion; // its continuations run inline

    private Device _device = null!;
    private Pacer? _pacer;
    private CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;

    private bool _waiting;
    private MessageSecurity _security = null!;
    private Request _request = null!;
    private TimeSpan _timeout;
    private int _retries;
    private long _end;
    private int _sent; // so many of the transmissions below
    private readonly int[] _numbers = new int[SnmpTarget.MaxRetries + 1];
    private readonly long[] _sentAt = new long[SnmpTarget.MaxRetries + 1];
    private long _deadline = long.MaxValue;
    private int _tickets = 1;
    private int _ticket; // of the wait for the pace; 0 outside of it
    private SnmpStatus _failure;

    private byte[] _varBinds = []; // made for the first answer: thousands may wait for silent addresses
    private int _varBindsLength;

    /// <summary>Timestamp of the next retransmission; the largest one while nothing waits.</summary>
    public long Deadline => Volatile.Read(ref _deadline);

    public ErrorStatus ErrorStatus { get; private set; }

    public int ErrorIndex { get; private set; }

    /// <summary>The octets of the whole answer.</summary>
    public int AnswerOctets { get; private set; }

    /// <summary>How long the agent took for the answer, since the transmission that it answers was sent.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>The variable bindings of the answer; they stay until the next request.</summary>
    public ReadOnlySpan<byte> VarBinds => _varBinds.AsSpan(0, _varBindsLength);

    public void Begin(Device device, Pacer? pacer, CancellationToken cancellationToken)
    {
        _device = device;
        _pacer = pacer;
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static exchange => ((Exchange)exchange!).Cancel(), this);
    }

    /// <summary>It is used again, perhaps never: nothing is held on to, neither a device nor who waited.</summary>
    public void Finish()
    {
        _registration.Dispose();
        _completion.Reset();
        (_device, _pacer, _security, _request) = (null!, null, null!, null!);
        (_registration, _cancellationToken) = (default, default);
    }

    /// <summary>
    /// Sends a request and repeats it until the answer comes: all waits but the last adapt to the agent, and none is above
    /// <paramref name="timeout"/>, or a multiple of it for an agent that owes answers. The request must not change meanwhile.
    /// </summary>
    /// <param name="end">Timestamp at which it has timed out in any case.</param>
    public ValueTask<SnmpStatus> AskAsync(MessageSecurity security, Request request, TimeSpan timeout, int retries, long end)
    {
        _completion.Reset();
        if (table.Time.GetTimestamp() >= end) return ValueTask.FromResult(SnmpStatus.Timeout);
        bool sent;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(table.Closed, typeof(SnmpEngine));
            _cancellationToken.ThrowIfCancellationRequested();
            _security = security;
            _request = request;
            _timeout = timeout;
            _retries = retries;
            _end = end;
            _sent = 0;
            _failure = SnmpStatus.Timeout;
            _device.Misfit = _device.Noise = null;
            _varBindsLength = 0;
            _waiting = true;
            sent = TryTransmit();
            if (!sent) Stop();
        }
        if (!sent) _completion.SetResult(SnmpStatus.Unreachable);
        return new ValueTask<SnmpStatus>(this, _completion.Version);
    }

    /// <param name="number">The number of the transmission that is answered.</param>
    public Reception Receive(int number, int id, ReadOnlySpan<byte> datagram, SocketAddress from, Span<byte> scratch)
    {
        SnmpStatus status;
        lock (_gate)
        {
            int transmission = _numbers.AsSpan(0, _sent).IndexOf(number);
            if (!_waiting || transmission < 0) return Reception.Unexpected;
            if (!from.Equals(_device.Address))
            {
                if (_device.Misfit?.Kind != MisfitKind.OtherSource)
                    _device.Misfit = new Misfit(MisfitKind.OtherSource,
                        (from.Family == AddressFamily.InterNetworkV6 ? s_anyAddress6 : s_anyAddress).Create(from));
                return Reception.Foreign;
            }
            Verdict verdict = _security.Open(_device, datagram, scratch, id, out Pdu pdu, out status);
            switch (verdict)
            {
                case Verdict.Foreign:
                    _device.Misfit = Misfit.Of(datagram, _security.Version);
                    return Reception.Foreign;
                case Verdict.WrongDigest or Verdict.Unsigned or Verdict.Untimely:
                    _failure = status;
                    return verdict switch
                    {
                        Verdict.WrongDigest => Reception.WrongDigest,
                        Verdict.Unsigned => Reception.Unsigned,
                        _ => Reception.Untimely,
                    };
            }
            Keep(pdu, datagram.Length);
            _device.Answered();
            Took = table.Time.GetElapsedTime(_sentAt[transmission]);
            _device.RoundTrip.Answered(Took, _sent - 1 - transmission);
            Stop();
        }
        _completion.SetResult(status);
        return Reception.Taken;
    }

    /// <summary>The deadline has passed: once more, or enough.</summary>
    public void Expire(long now)
    {
        lock (_gate)
        {
            if (!_waiting || now < _deadline) return;
            if (now < _end && _sent <= _retries)
            {
                if (TryTransmit()) return;
                _failure = SnmpStatus.Unreachable;
            }
            if (_sent > _retries) _device.RoundTrip.TimedOut();
            Stop();
        }
        _completion.SetResult(_failure);
    }

    /// <summary>True while it waits for the pace by this ticket.</summary>
    public bool WaitsBy(int ticket) => Volatile.Read(ref _ticket) == ticket;

    /// <summary>The pace lets it send now.</summary>
    public void Pass(int ticket)
    {
        lock (_gate)
        {
            if (!_waiting || _ticket != ticket) return;
            Volatile.Write(ref _ticket, 0);
            if (TrySend()) return;
            Stop();
        }
        _completion.SetResult(SnmpStatus.Unreachable);
    }

    public void Close() => Break(new ObjectDisposedException(typeof(SnmpEngine).FullName));

    private void Cancel() => Break(new OperationCanceledException(_cancellationToken));

    private void Break(Exception exception)
    {
        lock (_gate)
        {
            if (!_waiting) return;
            Stop();
        }
        _completion.SetException(exception);
    }

    /// <summary>Whoever stops the wait, under the lock, completes it outside.</summary>
    private void Stop()
    {
        _waiting = false;
        Volatile.Write(ref _ticket, 0);
        Volatile.Write(ref _deadline, long.MaxValue);
        foreach (int number in _numbers.AsSpan(0, _sent)) table.GiveBack(number);
        _sent = 0;
    }

    /// <summary>Sends, or waits for the pace: no timeout runs meanwhile.</summary>
    private bool TryTransmit()
    {
        if (_pacer is null || _device.Known is not null) return TrySend();
        Volatile.Write(ref _deadline, _end);
        int ticket = _tickets += 2; // never 0, also when it overflows
        Volatile.Write(ref _ticket, ticket);
        if (!_pacer.TryPass(this, ticket, _device.Subnet, table.Time))
        {
            table.Watch(_pacer);
            return true;
        }
        Volatile.Write(ref _ticket, 0);
        return TrySend();
    }

    private bool TrySend()
    {
        Span<byte> message = stackalloc byte[MaxMessageOctets];
        // An id of its own for each transmission: the answer tells which of them it answers.
        int number = _numbers[_sent] = table.TakeNumber(slot);
        int length = _security.Wrap(_device, message, table.IdOf(number), _request);
        long now = _sentAt[_sent] = table.Time.GetTimestamp();
        TimeSpan wait = _device.RoundTrip.Wait(_timeout, _sent, last: _sent == _retries);
        Volatile.Write(ref _deadline, Math.Min(_end, now + (long)(wait.TotalSeconds * table.Time.TimestampFrequency)));
        table.Counters.CountSent(again: _sent > 0);
        _sent++;
        try
        {
            _device.Transport.Send(message[..length], _device.Address);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.NoBufferSpaceAvailable)
        {
            return true; // lost before it left: too many neighbors are looked for at once
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Keep(in Pdu pdu, int octets)
    {
        ErrorStatus = pdu.ErrorStatus;
        ErrorIndex = pdu.ErrorIndex;
        AnswerOctets = octets;
        _varBindsLength = pdu.VarBinds.Length;
        if (_varBinds.Length < _varBindsLength) _varBinds = new byte[Math.Max(_varBindsLength, UsualVarBindOctets)];
        pdu.VarBinds.CopyTo(_varBinds);
    }

    SnmpStatus IValueTaskSource<SnmpStatus>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<SnmpStatus>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<SnmpStatus>.OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
