using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>The most that a discovery costs, if nobody answers: silence takes longest.</summary>
/// <param name="Addresses">For a crawl its budget: what will be announced is not known.</param>
/// <param name="Credentials">How many are tried at each address.</param>
/// <param name="Datagrams">With all repetitions.</param>
public sealed record DiscoveryEstimate(int Addresses, int Credentials, long Datagrams, TimeSpan Duration, SearchPace Pace)
{
    // As many new addresses as Survey begins in a second when no pace holds it back.
    private const int BegunInASecond = 2_000;

    // An expected device that is silent is asked in SNMPv3 and in SNMPv1 once more.
    private const int MoreForExpected = 2;

    private const int SubnetSize = 256;

    internal static DiscoveryEstimate Of(
        DiscoveryPlan plan, DiscoveryScope scope, IReadOnlyCollection<DeviceCredential> credentials, SearchPace pace)
    {
        bool isCrawl = scope.Kind.IsCrawl();
        int[] subnets = [.. scope.Given().CountBy(address => address.Bits / SubnetSize).Select(subnet => subnet.Value)];
        int given = subnets.Sum(), addresses = isCrawl ? Math.Max(plan.Budget, given) : given;
        // A crawl may find them all in one subnet, as far as they fit.
        int together = isCrawl ? Math.Min(addresses, SubnetSize) : subnets.Max();

        long attempts = (long)credentials.Count * (plan.Retries + 1);
        bool speaksV3 = credentials.Any(credential => credential is DeviceCredential.SnmpV3);
        if (credentials.Count > 0 && !speaksV3 && Survey.IsExpected(scope)) attempts += MoreForExpected;

        double paced = Math.Max((double)addresses * attempts / pace.PerSecond, (double)together * attempts / pace.PerSubnet);
        TimeSpan sending = TimeSpan.FromSeconds(Math.Max(paced, (double)addresses / BegunInASecond));
        TimeSpan lastSilence = attempts * TimeSpan.FromSeconds(plan.TimeoutSeconds);
        return new DiscoveryEstimate(addresses, credentials.Count, addresses * attempts, sending + lastSilence, pace);
    }
}
