using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The question whether a device is there, and whether its tables have changed: one GET of seven objects, see <see cref="ChangeSigns"/>.
/// Who is silent to it is asked for sysUpTime alone: agents are known that drop a request of more than four.
/// </summary>
internal static class PulseQuestion
{
    private static readonly ObjectIdentifier s_ifTableLastChange = ObjectIdentifier.Parse("1.3.6.1.2.1.31.1.5.0");
    private static readonly ObjectIdentifier s_entLastChangeTime = ObjectIdentifier.Parse("1.3.6.1.2.1.47.1.4.1.0");
    private static readonly ObjectIdentifier s_lldpLastChange = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.2.1.0");
    private static readonly ObjectIdentifier s_stpTopChanges = ObjectIdentifier.Parse("1.3.6.1.2.1.17.2.4.0");

    private static readonly ObjectIdentifier[] s_all =
    [
        SystemGroup.SysUpTime, s_ifTableLastChange, s_entLastChangeTime, s_lldpLastChange, s_stpTopChanges,
        DeviceScalars.InetCidrRouteNumber, DeviceScalars.IpCidrRouteNumber,
    ];

    public static async Task<Pulse> AskAsync(ISnmpSession session, CancellationToken cancellationToken)
    {
        SnmpResponse answer = await session.GetAsync(s_all, cancellationToken);
        if (answer.Status == SnmpStatus.Timeout) answer = await session.GetAsync([SystemGroup.SysUpTime], cancellationToken);
        if (answer.Status != SnmpStatus.Ok) return new Pulse(null, answer.Reason ?? $"{session.Target.Name}: {answer.Status}.", default);

        var values = new ScalarAnswers(answer);
        var signs = new ChangeSigns(values.Ticks(SystemGroup.SysUpTime), values.Number(s_ifTableLastChange),
            values.Number(s_entLastChangeTime), values.Number(s_lldpLastChange), values.Number(s_stpTopChanges),
            values.Number(DeviceScalars.InetCidrRouteNumber) ?? values.Number(DeviceScalars.IpCidrRouteNumber));
        return new Pulse(signs, null, answer.Took);
    }
}
