namespace Towpath.Snmp;

/// <summary>
/// The requests of one operation: takes the agent's turn for each, learns the v3 engine first, once again when it is in doubt, and follows
/// its clock once.
/// </summary>
internal sealed class Conversation(
    ExchangeTable exchanges, Exchange exchange, Device device, MessageSecurity security, SnmpTarget target, TimeSpan time,
    Action<string>? notice) : IDisposable
{
    /// <summary>Agents are known that drop a request of more than 8 variables, or of more than 6, without a word.</summary>
    private const int FewVariables = 4;

    private readonly long _end = End(exchanges.Time, time);
    private AuthoritativeEngine? _asked;
    private bool _discovered;
    private bool _isTrial; // the requests are of few variables, to see whether that is answered

    /// <summary>The last answer.</summary>
    public Exchange Answer { get; } = exchange;

    public SnmpTarget Target { get; } = target;

    /// <summary>The operation's time is over; no request is sent, or waited for, any more.</summary>
    public bool IsOver => exchanges.Time.GetTimestamp() >= _end;

    public async ValueTask<SnmpStatus> AskAsync(Request request, CancellationToken cancellationToken)
    {
        await device.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SnmpStatus status = await AskOnceAsync(request).ConfigureAwait(false);
            if (status is SnmpStatus.UnknownEngine or SnmpStatus.NotInTimeWindow)
                status = await RecoverAsync(request, status).ConfigureAwait(false);
            if (_discovered && status == SnmpStatus.Ok) TellSetBackClock();
            if (_isTrial && status == SnmpStatus.Ok) device.Answered().MostVariables = FewVariables;
            return status;
        }
        finally
        {
            device.Turn.Release();
        }
    }

    /// <summary>How many variables to ask for at once.</summary>
    public int MostVariables => _isTrial ? FewVariables : device.Known?.MostVariables ?? int.MaxValue;

    /// <summary>
    /// A request had no answer. True when it is worth another one of fewer variables: the agent has answered before, so it is there, and it
    /// may drop what is too much for it. Once, and whoever is silent to that, too, is silent.
    /// </summary>
    /// <param name="variables">So many were asked for.</param>
    public bool TryFewerVariables(int variables)
    {
        if (_isTrial || variables <= FewVariables || device.Known is null || IsOver) return false;
        return _isTrial = true;
    }

    /// <summary>Nothing came back that only one who saw the request can have sent.</summary>
    public bool IsSilent(SnmpStatus status) => status == SnmpStatus.Timeout && device.Misfit is null;

    /// <summary>Asked in SNMPv3, and the agent has told its engine.</summary>
    public bool SpeaksV3 => Target.Credential is SnmpCredential.V3 && device.Engine is not null;

    /// <summary>Words for the operator; null when all is well.</summary>
    public string? ReasonOf(SnmpStatus status)
    {
        if (status == SnmpStatus.Timeout && device.Misfit is { } misfit) return Reasons.OfMisfit(misfit, Target);
        if (status == SnmpStatus.NotInTimeWindow && device.Clock is { Refusals: > 0 }) return Reasons.OfUntimely(Target);
        if (status != SnmpStatus.Timeout) return Reasons.Of(status, Target);
        string? silence = SpeaksV3 ? Reasons.OfSilenceAfterDiscovery(Target) : Reasons.Of(status, Target);
        return device.Noise is { } noise ? $"{silence} {Reasons.OfNoise(noise, Target)}" : silence;
    }

    public void Dispose() => exchanges.Return(Answer);

    /// <summary>An engine may have another id and, known by that, another time than it first says: one recovery of each kind.</summary>
    private async ValueTask<SnmpStatus> RecoverAsync(Request request, SnmpStatus status)
    {
        bool rediscovered = false, resynchronised = false;
        while (true)
        {
            if (status == SnmpStatus.UnknownEngine) device.EngineInDoubt = true;
            if (device.EngineInDoubt && !rediscovered) rediscovered = true;
            else if (HasSetClock() && !resynchronised) resynchronised = true;
            else return status;
            status = await AskOnceAsync(request).ConfigureAwait(false);
        }

        bool HasSetClock() => status == SnmpStatus.NotInTimeWindow && device.Engine != _asked; // the signed report
    }

    private async ValueTask<SnmpStatus> AskOnceAsync(Request request)
    {
        if (security.NeedsDiscovery(device))
        {
            SnmpStatus discovered = await AskAsync(new EngineDiscovery(exchanges.Time), EngineDiscovery.Request).ConfigureAwait(false);
            if (discovered != SnmpStatus.Ok) return discovered;
            _discovered = true;
        }
        await security.PrepareAsync(device).ConfigureAwait(false);
        _asked = device.Engine;
        return await AskAsync(security, request).ConfigureAwait(false);
    }

    private ValueTask<SnmpStatus> AskAsync(MessageSecurity how, Request request) =>
        Answer.AskAsync(how, request, Target.Timeout, Target.Retries, _end);

    private void TellSetBackClock()
    {
        _discovered = false;
        if (device.Clock?.TakeSetBack(exchanges.Time) is not { } clock) return;
        exchanges.Counters.CountClockSetBack();
        if (!clock.HasRestarted) notice?.Invoke(Reasons.OfSetBackClock(clock, Target));
    }

    private static long End(TimeProvider clock, TimeSpan time)
    {
        long now = clock.GetTimestamp();
        double ticks = time.TotalSeconds * clock.TimestampFrequency;
        return ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue;
    }
}
