namespace Towpath.Network.Tests;

public sealed class SearchPaceTests
{
    [Theory]
    [InlineData("200,20", 200, 20)]
    [InlineData("1000", 1_000, 20)]
    [InlineData("5", 5, 5)]
    public void A_pace_reads_what_it_prints(string text, int perSecond, int perSubnet)
    {
        Assert.True(SearchPace.TryParse(text, out SearchPace? pace));
        Assert.Equal((perSecond, perSubnet), (pace.PerSecond, pace.PerSubnet));
        Assert.True(SearchPace.TryParse(pace.ToString(), out SearchPace? again));
        Assert.Equal((perSecond, perSubnet), (again.PerSecond, again.PerSubnet));
    }

    [Fact]
    public void Off_is_no_limit_and_anything_else_no_pace()
    {
        Assert.True(SearchPace.TryParse("off", out SearchPace? pace));
        Assert.Same(SearchPace.Unlimited, pace);
        Assert.Equal("off", pace.ToString());
        Assert.All([null, "", "0", "-1", "200,0", "200,", "1,2,3", "fast", "99999999999"],
            text => Assert.False(SearchPace.TryParse(text, out _)));
    }
}
