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

    [Theory]
    [InlineData(ReadingOutcome.NotServed)]
    [InlineData(ReadingOutcome.Truncated)]
    public void A_table_costs_nothing_where_the_device_does_not_do_its_work(ReadingOutcome outcome)
    {
        Assert.Null(Assert.Single(Of(new TableReading(FdbEntry.Dot1qTpFdbTable, "", outcome, 0, s_noon, "reason"))).Cost);
    }

    [Theory]
    [InlineData(ReadingOutcome.NotServed, true)]
    [InlineData(ReadingOutcome.Refused, true)]
    [InlineData(ReadingOutcome.Truncated, false)]
    [InlineData(ReadingOutcome.NoAnswer, false)]
    public void A_configuration_line_is_advised_only_where_it_would_mend(ReadingOutcome outcome, bool isAdvised)
    {
        TableCoverage table = Assert.Single(Of(new TableReading(Network.Route.IpRouteTable, "", outcome, 0, s_noon, "reason")));

        Assert.Equal(Network.Route.Layout.Lost, table.Cost);
        Assert.Equal(isAdvised, table.Remedy is not null);
    }

    private static IReadOnlyList<TableCoverage> Of(params TableReading[] readings) => DeviceCoverage.Of(
        new DeviceSnapshot { Identity = DeviceIdentity.Nobody, CollectedAt = s_noon, Readings = [.. readings] },
        layout => layout.Work != DeviceWork.Bridging);
}
