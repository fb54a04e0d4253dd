using System.Globalization;
using System.Net;

namespace Towpath.Network.Tests;

/// <summary>Addresses, prefixes and identifiers: what is one, what it prints as, and what stands before what.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("192.0.2.7", 0xc000_0207u)]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("255.255.255.255", 0xffff_ffffu)]
    [InlineData("10.100.0.10", 0x0a64_000au)]
    public void An_address_is_four_decimal_octets(string text, uint bits)
    {
        Assert.Equal(new Ipv4Address(bits), Ipv4Address.Parse(text));
        Assert.Equal(text, new Ipv4Address(bits).ToString());
        Assert.Equal(text, new Ipv4Address(bits).ToString("whatever", CultureInfo.InvariantCulture));
        Assert.Equal(text, $"{new Ipv4Address(bits)}");
        Assert.Equal(IPAddress.Parse(text), new Ipv4Address(bits).ToIPAddress());
        Assert.Equal(new Ipv4Address(bits), Ipv4Address.From(IPAddress.Parse(text)));
        Assert.Equal(new Ipv4Address(bits), Ipv4Address.FromOctets(IPAddress.Parse(text).GetAddressBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.7.9")]
    [InlineData("192.0.2.")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.1000")]
    [InlineData("192.0.2.07")] // octal to some
    [InlineData("192.0.2.0x7")]
    [InlineData("192.0.2.-1")]
    [InlineData("192.0.2.+1")]
    [InlineData("192.0.2. 1")]
    [InlineData(" 192.0.2.7")]
    [InlineData("router")]
    public void Nothing_else_is_one(string? text)
    {
        Assert.False(Ipv4Address.TryParse(text, null, out Ipv4Address address));
        Assert.Equal(default, address);
    }

    [Fact]
    public void What_is_no_address_says_so()
    {
        Assert.Equal("'router' is no IPv4 address; write four numbers such as 192.0.2.7.",
            Assert.Throws<FormatException>(() => Ipv4Address.Parse("router")).Message);
        Assert.Equal("An IPv4 address is 4 octets; this value has 3: C00002.",
            Assert.Throws<FormatException>(() => Ipv4Address.FromOctets([0xc0, 0, 2])).Message);
        Assert.StartsWith("::1 is not an IPv4 address.",
            Assert.Throws<ArgumentException>(() => Ipv4Address.From(IPAddress.IPv6Loopback)).Message, StringComparison.Ordinal);
        Assert.Equal("'router' is no MAC address.", Assert.Throws<FormatException>(() => MacAddress.Parse("router")).Message);
        Assert.Equal("A MAC address is 6 octets; this value has 2: 0011.",
            Assert.Throws<FormatException>(() => MacAddress.FromOctets([0, 0x11])).Message);
        Assert.Equal("'10.0.0.0' is no IPv4 prefix; write one such as 192.0.2.0/24.",
            Assert.Throws<FormatException>(() => Prefix.Parse("10.0.0.0")).Message);
    }

    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.0.0.1", "")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("126.255.255.255", "")]
    [InlineData("128.0.0.0", "")]
    [InlineData("224.0.0.0", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("223.255.255.255", "")]
    [InlineData("240.0.0.0", "")]
    [InlineData("169.254.0.0", "link-local")]
    [InlineData("169.254.255.255", "link-local")]
    [InlineData("169.253.0.0", "")]
    [InlineData("169.255.0.0", "")]
    [InlineData("10.0.0.0", "")]
    public void Some_addresses_are_special(string text, string kind)
    {
        Ipv4Address address = Ipv4Address.Parse(text);
        string[] kinds = [.. new[] { (address.IsUnspecified, "unspecified"), (address.IsLoopback, "loopback"),
            (address.IsMulticast, "multicast"), (address.IsLinkLocal, "link-local") }
            .Where(one => one.Item1).Select(one => one.Item2)];
        Assert.Equal(kind, string.Join(' ', kinds));
    }

    [Theory]
    [InlineData("10.1.2.3/16", "10.1.0.0/16", "10.1.255.255", "255.255.0.0", 65536)]
    [InlineData("10.1.2.3/32", "10.1.2.3/32", "10.1.2.3", "255.255.255.255", 1)]
    [InlineData("10.1.2.3/31", "10.1.2.2/31", "10.1.2.3", "255.255.255.254", 2)]
    [InlineData("10.1.2.3/0", "0.0.0.0/0", "255.255.255.255", "0.0.0.0", 4294967296)]
    [InlineData("10.1.2.3/1", "0.0.0.0/1", "127.255.255.255", "128.0.0.0", 2147483648)]
    public void A_prefix_has_a_first_and_a_last_address_a_mask_and_a_size(string text, string prefix, string last, string mask, long size)
    {
        Prefix parsed = Prefix.Parse(text);
        Assert.Equal((prefix, last, mask, size), ($"{parsed}", $"{parsed.Last}", $"{parsed.Mask}", parsed.Size));
        Assert.Equal(prefix, parsed.ToString("whatever", null));
        Assert.True(Prefix.TryFromMask(Ipv4Address.Parse(text.Split('/')[0]), parsed.Mask, out Prefix same));
        Assert.Equal(parsed, same);
        Assert.True(parsed.Contains(parsed.Network) && parsed.Contains(parsed.Last) && parsed.Contains(parsed));
        if (parsed.Length > 0) Assert.False(parsed.Contains(new Ipv4Address(parsed.Last.Bits + 1)));
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0/8")]
    [InlineData("/8")]
    [InlineData(null)]
    public void Nothing_else_is_a_prefix(string? text)
    {
        Assert.False(Prefix.TryParse(text, null, out Prefix prefix));
        Assert.Equal(default, prefix);
    }

    [Fact]
    public void Prefixes_hold_smaller_ones_and_come_in_order()
    {
        Assert.True(Prefix.Parse("10.0.0.0/8").Contains(Prefix.Parse("10.1.0.0/16")));
        Assert.False(Prefix.Parse("10.1.0.0/16").Contains(Prefix.Parse("10.0.0.0/8")));
        Assert.False(Prefix.Parse("10.1.0.0/16").Contains(Prefix.Parse("10.2.0.0/24")));
        Assert.False(Prefix.TryFromMask(default, Ipv4Address.Parse("255.0.255.0"), out Prefix holes));
        Assert.Equal(default, holes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Prefix(default, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Prefix(default, -1));
        Prefix[] ordered = [.. new[] { "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16" }.Select(text => Prefix.Parse(text))];
        Assert.Equal(ordered, ordered.Reverse().Order());
    }

    [Theory]
    [InlineData("00:1b:21:0a:0b:0c")]
    [InlineData("00-1b-21-0a-0b-0c")]
    [InlineData("001b.210a.0b0c")]
    [InlineData("001B210A0B0C")]
    public void A_MAC_address_is_written_in_several_ways_and_printed_in_one(string text)
    {
        MacAddress mac = MacAddress.Parse(text);
        Assert.Equal("00:1b:21:0a:0b:0c", mac.ToString());
        Assert.Equal("00:1b:21:0a:0b:0c", $"{mac}");
        Assert.Equal(0x001b_210a_0b0cUL, mac.Bits);
        Assert.Equal(mac, MacAddress.FromOctets(mac.ToOctets()));
        Assert.Equal(mac, MacAddress.FromBits(0xffff_001b_210a_0b0cUL));
        Assert.False(mac.TryFormat(new char[16], out int written));
        Assert.Equal(0, written);
    }

    [Theory]
    [InlineData("00:1b:21:0a:0b")]
    [InlineData("00:1b:21:0a:0b:0c:0d")]
    [InlineData("00:1b:21:0a:0b:0g")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_else_is_a_MAC_address(string? text)
    {
        Assert.False(MacAddress.TryParse(text, null, out MacAddress mac));
        Assert.Equal(default, mac);
    }

    [Theory]
    [InlineData("00:00:5e:00:01:00", true)] // VRRP
    [InlineData("00:00:5e:00:01:ff", true)]
    [InlineData("00:00:5e:00:02:01", true)] // VRRP for IPv6
    [InlineData("00:00:5e:00:03:01", false)]
    [InlineData("00:00:0c:07:ac:0a", true)] // HSRP
    [InlineData("00:00:0c:07:ad:0a", false)]
    [InlineData("00:00:0c:9f:f0:00", true)] // its second version
    [InlineData("00:00:0c:9f:ff:ff", true)]
    [InlineData("00:00:0c:9f:ef:ff", false)]
    [InlineData("00:05:73:a0:00:01", true)] // the same for IPv6
    [InlineData("00:05:73:a0:0f:ff", true)]
    [InlineData("00:05:73:a0:10:00", false)]
    [InlineData("00:07:b4:00:01:02", true)] // GLBP
    [InlineData("00:07:b4:01:01:02", false)]
    public void A_virtual_routers_address_is_known_by_its_beginning(string text, bool isVirtual) =>
        Assert.Equal(isVirtual, MacAddress.Parse(text).IsVirtualRouter);

    [Theory]
    [InlineData("00:50:56:00:00:01", true)] // VMware
    [InlineData("00:50:55:ff:ff:ff", false)]
    [InlineData("00:15:5d:01:02:03", true)] // Hyper-V
    [InlineData("52:54:00:12:34:56", true)] // QEMU
    [InlineData("52:54:01:12:34:56", false)]
    [InlineData("02:42:ac:11:00:02", false)]
    public void A_guests_address_is_of_a_hypervisors_block(string text, bool isGuest) =>
        Assert.Equal(isGuest, MacAddress.Parse(text).IsOfGuest);

    [Theory]
    [InlineData("01:00:5e:00:00:01", true)]
    [InlineData("ff:ff:ff:ff:ff:ff", true)]
    [InlineData("02:00:00:00:00:01", false)]
    public void A_group_address_has_the_lowest_bit_of_its_first_octet(string text, bool isGroup) =>
        Assert.Equal(isGroup, MacAddress.Parse(text).IsGroup);

    [Fact]
    public void Identifiers_are_never_negative_print_as_numbers_and_come_in_order()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IfIndex(-1));
        Assert.Equal(("7", "7", true, true), ($"{new IfIndex(7)}", $"{new VlanId(7)}", default(IfIndex).IsNone, default(VlanId).IsNone));
        Assert.False(new IfIndex(1).IsNone || new VlanId(1).IsNone);
        Assert.True(new IfIndex(1).CompareTo(new IfIndex(2)) < 0 && new VlanId(1).CompareTo(new VlanId(2)) < 0);
        DeviceId one = new(new Guid(1, 0, 0, new byte[8])), two = new(new Guid(2, 0, 0, new byte[8]));
        Assert.Equal(one, DeviceId.Parse(one.ToString()));
        Assert.True(DeviceId.TryParse(one.ToString(), null, out DeviceId parsed) && parsed == one);
        Assert.False(DeviceId.TryParse("one", null, out _));
        Port[] ports = [new(one, new IfIndex(1)), new(one, new IfIndex(2)), new(two, new IfIndex(1))];
        Assert.Equal(ports, ports.Reverse().Order());
        Assert.Equal($"{one}/1", ports[0].ToString());
        Assert.True(MacAddress.FromBits(1).CompareTo(MacAddress.FromBits(2)) < 0);
        Assert.True(new Ipv4Address(1).CompareTo(new Ipv4Address(2)) < 0);
    }

    [Fact]
    public void Ids_that_follow_from_what_they_name_never_change()
    {
        DeviceId device = new(new Guid(1, 0, 0, new byte[8]));
        Guid[] ids =
        [
            StableId.OfInterface(device, "Gi1"), StableId.OfInterface(device, "Gi2"), StableId.OfModule(device, 1),
            StableId.OfAccessPoint(MacAddress.FromBits(1)).Value, StableId.OfHost(MacAddress.FromBits(1), new Ipv4Address(1)),
            StableId.OfHost(MacAddress.FromBits(1), new Ipv4Address(2)),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((8, 8), (id.Version, id.Variant & 0xc))); // RFC 9562
    }
}
