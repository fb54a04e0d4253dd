using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class CredentialRangesTests
{
    [Theory]
    [InlineData("10.1.0.0/24", "10.1.0.0", "10.1.0.255", "10.1.1.0")]
    [InlineData("10.1.0.5", "10.1.0.5", "10.1.0.5", "10.1.0.6")]
    [InlineData("10.1.0.5 - 10.1.0.9", "10.1.0.5", "10.1.0.9", "10.1.0.4")]
    [InlineData("192.0.2.1,0.0.0.0/1", "127.255.255.255", "192.0.2.1", "128.0.0.0")]
    public void Both_ends_of_a_range_belong_to_it(string text, string first, string last, string outside)
    {
        CredentialRanges ranges = CredentialRanges.Parse(text);
        Assert.True(ranges.Allow(Ipv4Address.Parse(first)));
        Assert.True(ranges.Allow(Ipv4Address.Parse(last)));
        Assert.False(ranges.Allow(Ipv4Address.Parse(outside)));
        Assert.Equal(ranges, CredentialRanges.Parse(ranges.ToString()));
    }

    [Fact]
    public void Without_ranges_a_credential_goes_everywhere()
    {
        Assert.Same(CredentialRanges.Anywhere, CredentialRanges.Parse(""));
        Assert.True(CredentialRanges.Anywhere.Allow(Ipv4Address.Parse("192.0.2.1")));
    }

    [Theory]
    [InlineData("10.1.0.9-10.1.0.5")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.1-10.1.0.2-10.1.0.3")]
    [InlineData("-10.1.0.1")]
    [InlineData("everywhere")]
    public void What_is_no_range_is_refused_with_its_text(string text)
    {
        List<string> problems = [];
        Assert.Null(CredentialRanges.Read(["10.2.0.0/16", text], problems));
        Assert.Contains(text, Assert.Single(problems), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => CredentialRanges.Parse(text));
    }

    [Fact]
    public void A_hundred_ranges_are_taken_and_not_more()
    {
        List<string> problems = [];
        Assert.NotNull(CredentialRanges.Read(Enumerable.Range(1, 100).Select(number => $"10.1.{number}.0/24"), problems));
        Assert.Null(CredentialRanges.Read(Enumerable.Range(1, 101).Select(number => $"10.1.{number}.0/24"), problems));
    }
}
