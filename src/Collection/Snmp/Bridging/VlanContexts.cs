using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Cisco switches keep one BRIDGE-MIB a VLAN, each in its own SNMP context. The VLANs are those of vtpVlanTable, or of entLogicalTable
/// where that is hidden. The default context is VLAN 1's: a table that VLAN 1's context has answered whole drops its rows without a VLAN,
/// the same ones again.
/// </summary>
internal static class VlanContexts
{
    private const int SilentContextsTolerated = 2; // each costs a full timeout with repetitions
    private static readonly ObjectIdentifier s_baseNumPorts = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.2.0"); // dot1dBaseNumPorts, RFC 4188

    public static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        if (run.Draft.ContextVlans.Count == 0 && IsCisco(run)) await EntLogicalTable.ReadAsync(run, cancellationToken);

        int silent = 0, asked = 0;
        foreach (VlanId vlan in run.Draft.ContextVlans)
        {
            if (run.Lost is not null) return;
            if (asked++ == run.Limits.VlanContexts)
            {
                run.Note(FdbEntry.Dot1dTpFdbTable, vlan, ReadingOutcome.Truncated, 0,
                    $"{run.Draft.ContextVlans.Count} VLANs, over the limit of {run.Limits.VlanContexts}: the contexts from this one on were not asked.");
                return;
            }
            if (await ReadContextAsync(run, vlan, cancellationToken))
            {
                silent = 0;
            }
            else if (++silent == SilentContextsTolerated)
            {
                run.Note(FdbEntry.Dot1dTpFdbTable, vlan, ReadingOutcome.NoAnswer, 0,
                    $"{silent} VLAN contexts in a row did not answer; the others were not asked. {Remedy(run.Session)}");
                return;
            }
        }
    }

    /// <summary>
    /// False when the context does not answer at all: a refusal is an answer, and fast. One GET finds that out, and spares the walks of a
    /// VLAN without ports.
    /// </summary>
    private static async Task<bool> ReadContextAsync(CollectionRun run, VlanId vlan, CancellationToken cancellationToken)
    {
        ISnmpSession context = run.Session.ForVlan(vlan.Value);
        SnmpResponse ports = await run.GetAsync(context, [s_baseNumPorts], cancellationToken);
        if (ports.Status != SnmpStatus.Ok)
        {
            bool silent = ports.Status is SnmpStatus.Timeout or SnmpStatus.Unreachable;
            run.Note(BridgePort.Dot1dBasePortTable, vlan, silent ? ReadingOutcome.NoAnswer : ReadingOutcome.Refused, 0,
                $"{ports.Reason} {Remedy(run.Session)}");
            return !silent;
        }
        if (new ScalarAnswers(ports).Number(s_baseNumPorts) == 0)
        {
            run.Note(BridgePort.Dot1dBasePortTable, vlan, ReadingOutcome.Empty, 0, null);
            return true;
        }
        await Dot1dBasePortTable.ReadAsync(run, context, vlan, cancellationToken);
        TableReading learned = await Dot1dTpFdbTable.ReadAsync(run, context, vlan, cancellationToken);
        TableReading spanning = await Dot1dStpPortTable.ReadAsync(run, context, vlan, cancellationToken);
        if (vlan.Value == 1) DropDefaultContext(run.Draft, learned, spanning);
        return true;
    }

    private static void DropDefaultContext(SnapshotDraft draft, TableReading learned, TableReading spanning)
    {
        if (learned.Outcome == ReadingOutcome.Answered)
            draft.Of(FdbEntry.Layout).RemoveAll(entry => entry.Vlan.IsNone && entry.Source == FdbEntry.Dot1dTpFdbTable);
        if (spanning.Outcome == ReadingOutcome.Answered) draft.Of(StpPort.Layout).RemoveAll(port => port.Vlan.IsNone);
    }

    private static string Remedy(ISnmpSession session) => session.Target.Credential is SnmpCredential.V3 v3
        ? $"Let the group of user {v3.User} into the VLAN contexts, on IOS: snmp-server group GROUP v3 {(v3.Priv != PrivProtocol.None ? "priv" : v3.Auth != AuthProtocol.None ? "auth" : "noauth")} context vlan- match prefix"
        : "Let the community be used with @VLAN behind it: no access list or view may exclude community@VLAN.";

    private static bool IsCisco(CollectionRun run) => run.Draft.Identity.SysObjectId.StartsWith("1.3.6.1.4.1.9.", StringComparison.Ordinal);
}
