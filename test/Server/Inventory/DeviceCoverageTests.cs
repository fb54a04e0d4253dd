using Towpath.Contracts;
using Towpath.Network;

namespace Towpath.Server.Tests;

public sealed class DeviceCoverageTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TableReading s_file = new(
        FactSource.Named("routes.txt"), "", ReadingOutcome.Truncated, 2, s_noon, "line 2 is no route.")
    {
        Facts = Network.Route.Layout.Name,
    };

    [Fact]
    public void A_file_is_covered_by_its_name_and_costs_what_a_table_of_the_same_facts_does()
    {
        TableCoverage file = Assert.Single(Of(s_file));
        Assert.Equal(("routes.txt", "TRUNCATED", 2, "line 2 is no route.", Network.Route.Layout.Lost, null),
            (file.Table, file.Outcome, file.Rows, file.Reason, file.Cost, file.Remedy));
    }

    [Fact]
    public void What_a_file_tells_whole_no_table_of_the_same_facts_costs()
    {
        var table = new TableReading(Network.Route.IpRouteTable, "", ReadingOutcome.NotServed, 0, s_noon, "nothing");
        Assert.Equal(Network.Route.Layout.Lost, Assert.Single(Of(table)).Cost);
        Assert.All(Of(table, s_file with { Outcome = ReadingOutcome.Answered, Reason = null }), one => Assert.Null(one.Cost));
    }

    private static IReadOnlyList<TableCoverage> Of(params TableReading[] readings) => DeviceCoverage.Of(
        new DeviceSnapshot { Identity = DeviceIdentity.Nobody, CollectedAt = s_noon, Readings = [.. readings] });
}
