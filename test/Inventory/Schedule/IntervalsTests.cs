using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class IntervalsTests
{
    [Theory]
    [InlineData(CollectionTier.Learned, 86_400, 1_800)]
    [InlineData(CollectionTier.Routes, 86_400, 7_200)]
    [InlineData(CollectionTier.Rest, 86_400, 86_400)]
    [InlineData(CollectionTier.Learned, 3_600, 1_800)]
    [InlineData(CollectionTier.Routes, 3_600, 3_600)]
    [InlineData(CollectionTier.Rest, 3_600, 3_600)]
    [InlineData(CollectionTier.Learned, 600, 600)]
    public void No_tier_waits_longer_than_the_interval_that_is_set(CollectionTier tier, int set, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Intervals.Of(tier, TimeSpan.FromSeconds(set)));

    [Fact]
    public void Devices_that_were_found_together_are_spread_over_a_tenth_of_the_interval()
    {
        TimeSpan interval = TimeSpan.FromHours(2);
        TimeSpan[] spread = [.. Enumerable.Range(1, 1_000).Select(n => Intervals.Spread(Device(n), interval))];

        Assert.All(spread, one => Assert.InRange(one, TimeSpan.Zero, interval / 10));
        Assert.InRange(spread.Average(one => one.TotalMinutes), 5, 7); // of 12
        Assert.Equal(spread[0], Intervals.Spread(Device(1), interval));

        static DeviceId Device(int number) => new(new Guid(number, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8));
    }
}
