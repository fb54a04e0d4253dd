using Towpath.Network;

namespace Towpath.Discovery.Tests;

public sealed class DiscoveryEstimateTests
{
    private static readonly DeviceCredential s_v2 = new DeviceCredential.SnmpV2c("public");
    private static readonly DeviceCredential s_v3 =
        new DeviceCredential.SnmpV3("u", AuthenticationProtocol.None, "", PrivacyProtocol.None, "");

    [Fact]
    public void A_subnet_takes_as_long_as_its_own_pace_allows()
    {
        // 254 addresses, 3 attempts of 2 s: 762 datagrams at 20 a second, then the last address's silence.
        DiscoveryEstimate estimate = Of(DiscoveryKind.Cidr, "10.0.0.0/24", s_v2);
        Assert.Equal((254, 1, 762L), (estimate.Addresses, estimate.Credentials, estimate.Datagrams));
        Assert.Equal(762 / 20.0 + 6, estimate.Duration.TotalSeconds, 3);
    }

    [Fact]
    public void Many_subnets_share_the_pace_of_all_and_every_credential_counts()
    {
        DiscoveryEstimate estimate = Of(DiscoveryKind.Cidr, "10.0.0.0/17", s_v2, s_v3);
        Assert.Equal((32_766, 2, 32_766 * 6L), (estimate.Addresses, estimate.Credentials, estimate.Datagrams));
        Assert.Equal(32_766 * 6 / 200.0 + 12, estimate.Duration.TotalSeconds, 3);
    }

    [Fact]
    public void A_crawl_costs_its_budget_at_most_perhaps_all_in_one_subnet()
    {
        // Who is expected and silent is asked twice more where no SNMPv3 user was given.
        DiscoveryEstimate estimate = Of(DiscoveryKind.Lldp, "10.0.0.1", s_v2);
        Assert.Equal((2_000, 10_000L), (estimate.Addresses, estimate.Datagrams));
        Assert.Equal(256 * 5 / 20.0 + 10, estimate.Duration.TotalSeconds, 3);
        Assert.Equal(6_000, Of(DiscoveryKind.Lldp, "10.0.0.1", s_v3).Datagrams);
    }

    [Fact]
    public void Without_a_pace_it_takes_as_long_as_the_silence()
    {
        DiscoveryEstimate estimate = Of(SearchPace.Unlimited, DiscoveryKind.Cidr, "10.0.0.0/24", s_v2);
        Assert.Equal(254 / 2_000.0 + 6, estimate.Duration.TotalSeconds, 3);
    }

    private static DiscoveryEstimate Of(DiscoveryKind kind, string addresses, params DeviceCredential[] credentials) =>
        Of(new SearchPace(), kind, addresses, credentials);

    private static DiscoveryEstimate Of(SearchPace pace, DiscoveryKind kind, string addresses, params DeviceCredential[] credentials)
    {
        var plan = new DiscoveryPlan("x", kind, addresses)
        {
            Level = 16, Retries = 2, TimeoutSeconds = 2, ProtectedAccess = "", Shown = "{}",
        };
        return DiscoveryEstimate.Of(plan, plan.Scope([])!, credentials, pace);
    }
}
