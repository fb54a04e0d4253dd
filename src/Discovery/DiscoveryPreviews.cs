using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>Says what a discovery would cost, without a packet.</summary>
public sealed class DiscoveryPreviews
{
    private readonly AccessOptions _access;
    private readonly DeviceReach _reach;

    internal DiscoveryPreviews(AccessOptions access, DeviceReach reach) => (_access, _reach) = (access, reach);

    /// <exception cref="ArgumentException">The plan's addresses cannot be read.</exception>
    public async Task<DiscoveryEstimate> EstimateAsync(DiscoveryPlan plan, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        DiscoveryScope scope = plan.Scope(problems) ?? throw new ArgumentException(string.Join(' ', problems), nameof(plan));
        ImmutableArray<AccessCandidate> candidates = await _access.ForAsync(plan, plan.OwnPace(), cancellationToken);
        DeviceCredential[] credentials = [.. candidates.Take(Asking.Most).Select(candidate => candidate.Settings.Credential)];
        return DiscoveryEstimate.Of(plan, scope, credentials, plan.OwnPace() ?? _reach.Pace);
    }
}
