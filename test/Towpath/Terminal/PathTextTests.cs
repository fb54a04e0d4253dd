using Towpath.Contracts;

namespace Towpath.Commands.Tests;

public sealed class PathTextTests
{
    [Fact]
    public void A_device_whose_statistics_failed_has_one_reason_that_of_its_own_first()
    {
        var silent = new NetworkElementInfo
        {
            Id = "1", DeviceStatsCollection = "FAILED", DeviceStatsCollectionFailureReason = "It is silent.",
            IngressInterface = Port("It is silent."), EgressInterface = Port("It is silent."),
        };
        Assert.Equal("It is silent.", PathText.WhyNoStatistics(silent));
        var gone = new NetworkElementInfo
        {
            Id = "1", DeviceStatsCollection = "SUCCESS", DeviceStatsCollectionFailureReason = "It tells no memory use.",
            IngressInterface = Port(null), EgressInterface = Port("There is no ifIndex 9 any more."),
        };
        Assert.Equal("There is no ifIndex 9 any more.", PathText.WhyNoStatistics(gone));
        Assert.Equal("It tells no memory use.", PathText.WhyNoStatistics(gone with { EgressInterface = null }));
        Assert.Null(PathText.WhyNoStatistics(new NetworkElementInfo { Id = "1", IngressInterface = Port(null) }));
    }

    private static ElementInterface Port(string? reason) =>
        new() { PhysicalInterface = new InterfaceInfo { InterfaceStatsCollectionFailureReason = reason } };
}
