using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Discovery;

/// <summary>One way to ask a device, tried in order.</summary>
internal sealed record AccessCandidate(AccessSettings Settings, SnmpReach Reach)
{
    public SnmpTarget TargetAt(Ipv4Address address) =>
        Reach.TargetAt(address, Settings.Credential, Settings.Retries, Settings.Timeout ?? TimeSpan.FromSeconds(2));
}

/// <summary>The credentials that a discovery may use: what came with it, then the stored ones it names, else all stored ones.</summary>
internal sealed class AccessOptions(Credentials credentials, Secrets secrets, SnmpReach reach)
{
    public async Task<ImmutableArray<AccessCandidate>> ForAsync(DiscoveryPlan plan, CancellationToken cancellationToken)
    {
        var candidates = ImmutableArray.CreateBuilder<AccessCandidate>();
        if (secrets.Open<InlineAccess>([.. Convert.FromBase64String(plan.ProtectedAccess)]) is { } inline)
        {
            foreach (SnmpCredential credential in inline.Credentials()) Add(credential, null);
        }
        foreach (Guid id in await IdsAsync())
        {
            if (await credentials.SnmpAsync(id, cancellationToken) is { } credential) Add(credential, id);
        }
        return candidates.ToImmutable();

        void Add(SnmpCredential credential, Guid? id) => candidates.Add(new AccessCandidate(
            new AccessSettings(credential, id, plan.Retries, TimeSpan.FromSeconds(plan.TimeoutSeconds)), reach));

        async Task<IEnumerable<Guid>> IdsAsync()
        {
            if (plan.CredentialIds.Length > 0) return plan.CredentialIds.Select(Guid.Parse);
            return candidates.Count > 0 ? [] : (await credentials.ListAsync(null, cancellationToken)).Select(stored => stored.Id);
        }
    }
}
