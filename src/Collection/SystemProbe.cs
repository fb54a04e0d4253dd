using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>One GET of the system group: is there an agent, and which credential does it accept?</summary>
public static class SystemProbe
{
    public static async Task<ProbeResult> AskAsync(ISnmpSession session, CancellationToken cancellationToken)
    {
        SystemGroup system = await SystemGroup.AskAsync(session, cancellationToken);
        return new ProbeResult(system.Status, system.Reason, system.SysName, system.SysObjectId, system.SysDescr, system.Uptime)
        {
            IsSilent = system.IsSilent,
            SpeaksV3 = system.SpeaksV3,
            Took = system.Took,
        };
    }
}

/// <param name="Reason">In words for the operator; null when the agent answered.</param>
/// <param name="SysName">Empty when not answered, like the other texts; at most 255 characters, no control characters.</param>
public sealed record ProbeResult(SnmpStatus Status, string? Reason, string SysName, string SysObjectId, string SysDescr, TimeSpan SysUpTime)
{
    /// <inheritdoc cref="SnmpResponse.IsSilent"/>
    public bool IsSilent { get; init; }

    /// <inheritdoc cref="SnmpResponse.SpeaksV3"/>
    public bool SpeaksV3 { get; init; }

    /// <inheritdoc cref="SnmpResponse.Took"/>
    public TimeSpan Took { get; init; }
}
