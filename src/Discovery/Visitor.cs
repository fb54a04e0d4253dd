using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>Asks an address whether anybody is there, and collects who answered. Any number at once.</summary>
/// <param name="isExpected">Somebody says that there is a device, so its silence is worth a question more.</param>
internal sealed class Visitor(
    DeviceCollector collector, Devices devices, TimeProvider time, ImmutableArray<AccessCandidate> candidates, bool isExpected)
{
    private static readonly DeviceCredential s_nobody =
        new DeviceCredential.SnmpV3("", AuthenticationProtocol.None, "", PrivacyProtocol.None, "");

    /// <returns>With a contact, or why there is none.</returns>
    public async Task<Visit> AskAsync(Ipv4Address address, CancellationToken cancellationToken)
    {
        var asking = new Asking(candidates, address);
        var visit = new Visit(address, time.GetUtcNow(), JobOutcome.NoCredential, null)
        {
            Asking = asking,
            Known = devices.ManagedAt(address) is { } id ? devices.Find(id) : null,
        };
        while (asking.Next() is { } candidate)
        {
            DeviceAccess access = candidate.AccessTo(address);
            ProbeResult probe = await collector.AskAsync(access, cancellationToken);
            if (probe.Reply == Reply.Answer)
            {
                var contact = new Contact(access, candidate.Settings, probe.Took, new AgentKind(probe.SysObjectId, probe.SysDescr));
                return visit with { Contact = contact, Credential = candidate.Credential };
            }

            asking.Failed(candidate, probe);
            // A later silence must not hide what an earlier credential was told.
            JobOutcome outcome = probe.Reply == Reply.None ? JobOutcome.NoAnswer : JobOutcome.Failed;
            if (visit.Outcome != JobOutcome.Failed)
                visit = visit with { Outcome = outcome, Reason = probe.Reason, IsSilent = probe.IsSilent };
        }
        if (isExpected && visit.IsSilent) visit = await HearAsync(visit, cancellationToken);
        visit = visit with { Reason = asking.NotAsked() ?? visit.Reason + asking.LeftOut() };
        return visit with { Lost = await FindLostAsync(visit, cancellationToken) };
    }

    /// <param name="onSlow">See <see cref="DeviceCollector.CollectAsync(DeviceAccess, Action, CancellationToken)"/>.</param>
    public async Task<Visit> CollectAsync(Visit visit, Contact contact, Action onSlow, CancellationToken cancellationToken)
    {
        CollectionResult result = await collector.CollectAsync(contact.Access, onSlow, cancellationToken);
        if (result.Snapshot is { } snapshot)
            return visit with { Contact = null, Outcome = JobOutcome.Collected, Reason = null,
                Device = new CollectedDevice(visit.Address, snapshot, contact.Settings) { Counters = result.Counters } };
        visit = visit with { Contact = null, Outcome = JobOutcome.Failed, Reason = result.Reason };
        return visit with { Lost = await FindLostAsync(visit, cancellationToken) };
    }

    /// <summary>
    /// An agent stays silent on a wrong community, and on a version that it does not speak. It tells everybody who asks in SNMPv3 who it is
    /// (RFC 3414 section 4), without a secret being sent; and an old one may know the same community in SNMPv1.
    /// </summary>
    private async Task<Visit> HearAsync(Visit visit, CancellationToken cancellationToken)
    {
        if (visit.Asking.Asked[0] is not { IsV3: false } first) return visit;
        DeviceAccess access = first.AccessTo(visit.Address) with { Retries = 0 };
        if (await AnswersAsync(s_nobody))
        {
            return Heard($"{access.Name} speaks SNMPv3, but does not answer to this community: it is a wrong one, or none is allowed "
                + "there. Check the community, or discover the device with an SNMPv3 user.");
        }
        if (access.Credential is DeviceCredential.SnmpV2c { Community: var community }
            && await AnswersAsync(new DeviceCredential.SnmpV1(community)))
        {
            return Heard($"{access.Name} knows this community, but answers in SNMPv1 only. Allow SNMPv2c or SNMPv3 on the device: "
                + "large counters and big tables need them.");
        }
        return visit;

        async Task<bool> AnswersAsync(DeviceCredential credential) =>
            (await collector.AskAsync(access with { Credential = credential }, cancellationToken))
                .Reply is not (Reply.None or Reply.NotSent);

        Visit Heard(string reason) => visit with { Outcome = JobOutcome.Failed, IsSilent = false, Reason = reason };
    }

    /// <summary>
    /// The device managed at the address, unless it answers. A refusal of credentials that it was never read with says nothing. Its own
    /// counts among those that the address is sent.
    /// </summary>
    private async Task<LostDevice?> FindLostAsync(Visit visit, CancellationToken cancellationToken)
    {
        if (visit is not { Outcome: JobOutcome.NoAnswer or JobOutcome.Failed, Reason: { } reason }) return null;
        if (visit.Known is not { } known || await devices.AccessAsync(known.Id, cancellationToken) is not { } access) return null;
        if (visit.Asking.Asked.Any(candidate => candidate.Settings.Credential == access.Credential
            && candidate.AccessTo(visit.Address).SnmpPort == access.SnmpPort)) return new LostDevice(known, reason);
        if (!visit.Asking.Allows(access.Credential)) return null;
        ProbeResult probe = await collector.AskAsync(access, cancellationToken);
        return probe.Reason is null ? null : new LostDevice(known, probe.Reason);
    }
}
