using System.Net;

namespace Towpath.Server.Tests;

public sealed class ReachableAddressesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::")]
    public void This_machine_and_what_only_a_link_or_a_cloud_knows_are_not_called(string address) =>
        Assert.False(new ReachableAddresses([]).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.0.7")]
    [InlineData("203.0.113.9")]
    [InlineData("2001:db8::7")]
    [InlineData("fd00::7")]
    [InlineData("64:ff9b::cb00:7109")]
    public void Others_are(string address) => Assert.True(new ReachableAddresses([]).Allows(IPAddress.Parse(address)));

    [Fact]
    public void An_operator_may_allow_more()
    {
        var reachable = new ReachableAddresses([IPNetwork.Parse("127.0.0.0/30")]);
        Assert.True(reachable.Allows(IPAddress.Parse("127.0.0.1")));
        Assert.True(reachable.Allows(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.False(reachable.Allows(IPAddress.Parse("127.0.0.4")));
    }
}
