using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// ifOperStatus of one interface of ifTable, asked again, and ifAdminStatus where that has changed. One that is not there any more is down.
/// </summary>
internal static class InterfaceState
{
    public static async Task<RowAnswer> AskAsync(RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken)
    {
        if (known.Interfaces.FirstOrDefault(one => one.Index == key.Interface) is not { } before) return default;
        (ObjectIdentifier adminStatus, ObjectIdentifier operStatus) = IfTable.StateOf(key.Interface);
        ImmutableArray<VarBind> oper = await session.GetAsync([operStatus], default, cancellationToken);
        if (oper.IsDefault) return RowAnswer.Not(session.WhyNot);
        if (IfTable.IsUp(oper[0]) == before.OperUp) return new RowAnswer(known, null);
        ImmutableArray<VarBind> admin = await session.GetAsync([adminStatus], default, cancellationToken);
        if (admin.IsDefault) return RowAnswer.Not(session.WhyNot);
        Interface now = before with { AdminUp = IfTable.IsUp(admin[0]), OperUp = !before.OperUp };
        return new RowAnswer(known with { Interfaces = known.Interfaces.Replace(before, now) }, null);
    }
}
