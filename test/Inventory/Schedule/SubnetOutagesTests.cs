using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class SubnetOutagesTests
{
    private static readonly Prefix s_subnet = Prefix.Parse("192.0.2.0/24");
    private readonly SubnetOutages _outages = new(NullLogger<SubnetOutages>.Instance);
    private readonly List<SubnetOutage> _heard = [];
    private readonly DeviceId[] _devices = [.. Enumerable.Range(1, 10).Select(n => new DeviceId(new Guid(n, 0, 0, new byte[8])))];

    [Fact]
    public void More_than_30_percent_of_a_subnet_are_one_event()
    {
        Note(true, 0, 1, 2);
        Assert.Empty(_heard); // 3 of 10 are 30 %

        Note(true, 3, 4, 5, 6);

        Assert.Equal([new SubnetOutage(s_subnet, 4, 10)], _heard);
    }

    [Fact]
    public void It_is_said_again_when_there_were_fewer_in_between()
    {
        Note(true, 0, 1, 2, 3);
        Note(true, 0, 1, 2, 3); // the same, five minutes later
        Note(false, 3);
        Note(true, 3);

        Assert.Equal(2, _heard.Count);
    }

    [Fact]
    public void Two_devices_are_no_outage_however_small_their_subnet() => Assert.Empty(Heard(2, 0, 1));

    [Fact]
    public void Three_of_three_are() => Assert.Equal([new SubnetOutage(s_subnet, 3, 3)], Heard(3, 0, 1, 2));

    [Fact]
    public void A_silent_device_that_was_removed_counts_no_more()
    {
        Note(true, 0, 1, 2);
        Hear(_outages.Note(_devices[9], s_subnet, isSilent: true, _ => _devices[1..].ToHashSet())); // without the first: three of nine
        Assert.Equal([new SubnetOutage(s_subnet, 3, 9)], _heard);
    }

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

        Assert.Equal(Prefix.Parse(subnet), SubnetOutages.SubnetOf(new NetworkDevice(_devices[0], own, snapshot)));
    }

    private List<SubnetOutage> Heard(int devices, params int[] silent)
    {
        foreach (int one in silent) Hear(_outages.Note(_devices[one], s_subnet, isSilent: true, _ => _devices[..devices].ToHashSet()));
        return _heard;
    }

    private void Note(bool isSilent, params int[] numbers)
    {
        foreach (int number in numbers) Hear(_outages.Note(_devices[number], s_subnet, isSilent, _ => _devices.ToHashSet()));
    }

    private void Hear(SubnetOutage? outage)
    {
        if (outage is not null) _heard.Add(outage);
    }
}
