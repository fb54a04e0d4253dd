using System.Text.Json;

namespace Towpath.Discovery.Tests;

public sealed class DiscoveryPlanTests
{
    [Fact]
    public void A_plan_that_was_stored_before_it_could_state_ranges_keeps_to_private_space_and_the_usual_budget()
    {
        const string Stored = """
            {"Name":"campus","Kind":4,"AddressList":"192.0.2.1","FilterList":["192.0.2.9"],"Level":3,"Retries":1,"TimeoutSeconds":5,
             "PreferLoopback":false,"CredentialIds":[],"ProtectedAccess":"","Shown":"{}"}
            """;
        DiscoveryPlan plan = JsonSerializer.Deserialize<DiscoveryPlan>(Stored)!;
        Assert.Equal((0, 2_000, null), (plan.WithinList.Length, plan.Budget, plan.OwnPace()));
        string? why = plan.Scope([])!.WhyNotAnnounced(Network.Ipv4Address.Parse("192.0.2.7"));
        Assert.Contains("outside of private", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_reads_back_as_it_was_stored()
    {
        var plan = new DiscoveryPlan("x", DiscoveryKind.Lldp, "10.0.0.1")
        {
            FilterList = ["10.0.0.9"],
            Level = 3,
            Retries = 1,
            TimeoutSeconds = 5,
            ProtectedAccess = "",
            Shown = "{}",
            WithinList = ["203.0.113.0/24"],
            Budget = 7,
            Pace = "50,5",
            SnmpPort = 1161,
        };
        DiscoveryPlan read = JsonSerializer.Deserialize<DiscoveryPlan>(JsonSerializer.Serialize(plan))!;
        Assert.Equal((3, 1, 5, "10.0.0.9"), (read.Level, read.Retries, read.TimeoutSeconds, Assert.Single(read.FilterList)));
        Assert.Equal(("203.0.113.0/24", 7, "50,5", 1161),
            (Assert.Single(read.WithinList), read.Budget, read.OwnPace()?.ToString(), read.SnmpPort));
    }
}
