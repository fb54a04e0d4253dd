namespace Towpath.Snmp;

/// <summary>The requests of one operation: takes the agent's turn for each, learns the v3 engine first and once again when the agent says so.</summary>
internal sealed class Conversation(ExchangeTable exchanges, Exchange exchange, Device device, MessageSecurity security, SnmpTarget target) : IDisposable
{
    /// <summary>The last answer.</summary>
    public Exchange Answer { get; } = exchange;

    public SnmpTarget Target { get; } = target;

    public async ValueTask<SnmpStatus> AskAsync(Request request, CancellationToken cancellationToken)
    {
        await device.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SnmpStatus status = await AskOnceAsync(request).ConfigureAwait(false);
            return security.MayRecover(device, status) ? await AskOnceAsync(request).ConfigureAwait(false) : status;
        }
        finally
        {
            device.Turn.Release();
        }
    }

    /// <summary>Nothing came back that an agent might have sent.</summary>
    public bool IsSilent(SnmpStatus status) => status == SnmpStatus.Timeout && device.Misfit is null;

    /// <summary>Asked in SNMPv3, and the agent has told its engine.</summary>
    public bool SpeaksV3 => Target.Credential is SnmpCredential.V3 && device.Engine is not null;

    /// <summary>Words for the operator; null when all is well.</summary>
    public string? ReasonOf(SnmpStatus status)
    {
        if (status == SnmpStatus.Timeout && device.Misfit is { } misfit) return Reasons.OfMisfit(misfit, Target);
        return SpeaksV3 && status == SnmpStatus.Timeout ? Reasons.OfSilenceAfterDiscovery(Target) : Reasons.Of(status, Target);
    }

    public void Dispose() => exchanges.Return(Answer);

    private async ValueTask<SnmpStatus> AskOnceAsync(Request request)
    {
        if (security.NeedsDiscovery(device))
        {
            SnmpStatus discovered = await Answer.AskAsync(new EngineDiscovery(exchanges.Time), EngineDiscovery.Request, Target.Timeout, Target.Retries).ConfigureAwait(false);
            if (discovered != SnmpStatus.Ok) return discovered;
        }
        await security.PrepareAsync(device).ConfigureAwait(false);
        return await Answer.AskAsync(security, request, Target.Timeout, Target.Retries).ConfigureAwait(false);
    }
}
