namespace Towpath.Network.Tests;

public sealed class AddressMapTests
{
    private static readonly (Prefix, Prefix)[] s_map =
        [(Prefix.Parse("10.9.0.0/16"), Prefix.Parse("127.99.0.0/16")), (Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8")),
            (Prefix.Parse("0.0.0.0/0"), Prefix.Parse("127.0.0.0/8"))];

    [Theory]
    [InlineData("10.1.2.3", "127.1.2.3")]
    [InlineData("10.9.2.3", "127.99.2.3")]
    [InlineData("192.0.2.7", "127.0.2.7")]
    public void The_first_pair_that_contains_an_address_gives_it_its_leading_bits(string address, string sent) =>
        Assert.Equal(sent, s_map.Translate(Ipv4Address.Parse(address)).ToString());

    [Fact]
    public void An_address_that_no_pair_contains_is_sent_to_as_it_is() =>
        Assert.Equal("192.0.2.7", s_map[..2].Translate(Ipv4Address.Parse("192.0.2.7")).ToString());
}
