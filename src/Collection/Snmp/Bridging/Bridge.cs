using Towpath.Network;

namespace Towpath.Collection;

/// <summary>The bridge tables of the device's own context, then of each VLAN's: ports first, because the others speak of ports.</summary>
internal static class Bridge
{
    public static SnmpSource Source { get; } =
        new([Dot1dBasePortTable.Spec, Dot1dTpFdbTable.Spec, Dot1dStpPortTable.Spec], ReadAsync)
        {
            After = [Vlan.VtpVlanTable],
            Besides = [EntLogicalTable.Told],
            IsLedTo = run => run.Draft.ContextVlans.Count > 0,
        };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        await Dot1dBasePortTable.ReadAsync(run, cancellationToken);
        await Dot1dTpFdbTable.ReadAsync(run, cancellationToken);
        await Dot1dStpPortTable.ReadAsync(run, cancellationToken);
        await VlanContexts.ReadAsync(run, cancellationToken);
    }
}
