using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>One way to ask a device, tried in order.</summary>
internal sealed record AccessCandidate(AccessSettings Settings, DeviceReach Reach, TakenCredential Credential)
{
    /// <summary>The server's unless the discovery has its own.</summary>
    public SearchPace Pace { get; init; } = Reach.Pace;

    public bool IsV3 => Settings.Credential is DeviceCredential.SnmpV3;

    public DeviceAccess AccessTo(Ipv4Address address) => Reach.AccessTo(address, Settings.Credential, Settings.Retries,
        Settings.Timeout ?? TimeSpan.FromSeconds(2), Settings.SnmpPort) with { Pace = Pace };
}

/// <summary>
/// The credentials that a discovery may use: what came with it, then the stored ones it names, else all stored ones. SNMPv3 goes before
/// communities; a write community reads only where no other credential is given.
/// </summary>
internal sealed class AccessOptions(Credentials credentials, Secrets secrets, DeviceReach reach, ILogger<AccessOptions> logger)
{
    /// <param name="own">The discovery's own limit, which all its parts here share; null: the server's counts.</param>
    /// <exception cref="InvalidOperationException">The credentials that came with the discovery cannot be decrypted any more; no others
    /// take their place.</exception>
    public async Task<ImmutableArray<AccessCandidate>> ForAsync(
        DiscoveryPlan plan, SearchPace? own, CancellationToken cancellationToken)
    {
        SearchPace pace = own ?? reach.Pace; // one object is one limit
        List<AccessCandidate> candidates = [], writing = [];
        InlineAccess inline = secrets.Open<InlineAccess>([.. Convert.FromBase64String(plan.ProtectedAccess)])
            ?? throw new InvalidOperationException(
                $"The credentials that came with the discovery '{plan.Name}' cannot be decrypted: the data folder's keys are gone. Make it anew.");
        foreach (DeviceCredential credential in inline.Credentials()) Add(candidates, credential, null);
        if (inline.WriteCommunity is { Length: > 0 } community) Add(writing, new DeviceCredential.SnmpV2c(community), null);

        foreach (GlobalCredential stored in await StoredAsync(plan, isAnyGiven: candidates.Count + writing.Count > 0, cancellationToken))
        {
            bool writes = stored.Content.Kind == CredentialKind.SnmpV2WriteCommunity;
            if (stored.Content.ForReading() is { } credential) Add(writes ? writing : candidates, credential, stored);
        }
        return [.. (candidates.Count > 0 ? candidates : writing).OrderBy(candidate => !candidate.IsV3)];

        void Add(List<AccessCandidate> to, DeviceCredential credential, GlobalCredential? stored)
        {
            var settings = new AccessSettings(credential, stored?.Id, plan.Retries, TimeSpan.FromSeconds(plan.TimeoutSeconds))
            {
                Ranges = stored?.Ranges ?? CredentialRanges.Anywhere,
                SnmpPort = plan.SnmpPort,
            };
            var taken = new TakenCredential(stored?.Id, stored?.Name ?? credential.ToString());
            to.Add(new AccessCandidate(settings, reach, taken) { Pace = pace });
        }
    }

    private async Task<IEnumerable<GlobalCredential>> StoredAsync(DiscoveryPlan plan, bool isAnyGiven, CancellationToken cancellationToken)
    {
        if (plan.CredentialIds.Length == 0) return isAnyGiven ? [] : await credentials.ListAsync(null, cancellationToken);
        List<GlobalCredential> named = [];
        foreach (string id in plan.CredentialIds)
        {
            if (await credentials.FindAsync(Guid.Parse(id), cancellationToken) is { } stored) named.Add(stored);
            else logger.CredentialGone(plan.Name, id); // it was there when the discovery was accepted
        }
        return named;
    }
}
