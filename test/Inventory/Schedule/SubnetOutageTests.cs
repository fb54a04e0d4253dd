using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class SubnetOutageTests
{
    private static readonly Prefix s_subnet = Prefix.Parse("192.0.2.0/24");

    [Theory]
    [InlineData(3, 10, false)] // 30 %
    [InlineData(4, 10, true)]
    [InlineData(3, 9, true)]
    [InlineData(2, 2, false)]
    [InlineData(3, 3, true)]
    public void More_than_30_percent_of_a_subnet_and_three_at_least_are_an_outage(int silent, int devices, bool isOne) =>
        Assert.Equal(isOne ? new SubnetOutage(s_subnet, silent, devices) : null, SubnetOutage.Of(s_subnet, silent, devices));

    [Theory]
    [InlineData("192.0.2.130", 26, "192.0.2.128/26")]
    [InlineData("192.0.2.130", 32, "192.0.2.0/24")] // a loopback
    [InlineData("192.0.2.130", 31, "192.0.2.0/24")] // a link of two
    public void A_subnet_is_that_of_the_managed_interface(string address, int length, string subnet)
    {
        Ipv4Address own = Ipv4Address.Parse(address);
        DeviceSnapshot snapshot = Facts.Snapshot(Facts.Identity("one")) with
        {
            Addresses = [new InterfaceAddress(new IfIndex(1), own, length, InterfaceAddress.IpAddrTable)],
        };

        Assert.Equal(Prefix.Parse(subnet), SubnetOutage.SubnetOf(new NetworkDevice(new DeviceId(Guid.NewGuid()), own, snapshot)));
    }
}
