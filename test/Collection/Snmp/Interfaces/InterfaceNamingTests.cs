using Towpath.Network;

namespace Towpath.Collection.Tests;

/// <summary>The names of a device's interfaces are all of one kind, and no two are the same.</summary>
public sealed class InterfaceNamingTests
{
    [Theory]
    [InlineData("Link-to-C2-X930-STK|port1.0.1 Link-to-C2-X930-STK|port1.0.2", "port1.0.1 port1.0.2")] // the operator's text
    [InlineData("Link-to-C2|port1.0.1 port1.0.2|port1.0.2", "port1.0.1 port1.0.2")]
    [InlineData("uplink-1|port1 server-7|port2 server-9|port3", "port1 port2 port3")] // one text ends as its port does
    [InlineData("GigabitEthernet1/0/1|Gi1/0/1 Vlan600|Vl600 Port-channel1|Po1", "GigabitEthernet1/0/1 Vlan600 Port-channel1")]
    [InlineData("GigabitEthernet1/0/1|Gi1/0/1 unrouted_VLAN_1|VLAN1", "GigabitEthernet1/0/1 unrouted_VLAN_1")]
    [InlineData("GigabitEthernet1/0/1|Gi1/0/1 internal|Vl1", "GigabitEthernet1/0/1 Vl1")]
    [InlineData("GigabitEthernet1/0/1|10101 GigabitEthernet1/0/2|10102", "GigabitEthernet1/0/1 GigabitEthernet1/0/2")]
    [InlineData("| |", "1 2")] // neither
    [InlineData("Ethernet| Ethernet|", "Ethernet_(1) Ethernet_(2)")]
    [InlineData("Ethernet|Port Ethernet|Port lo|lo", "Port_(1) Port_(2) lo")]
    public async Task Names_tell_the_ports_of_a_device_apart(string told, string names)
    {
        DeviceSnapshot snapshot = await Collect.From(told.Split(' ').SelectMany((port, at) => new[]
        {
            Row.Text($"1.3.6.1.2.1.2.2.1.2.{at + 1}", port.Split('|')[0]), Row.Text($"1.3.6.1.2.1.31.1.1.1.1.{at + 1}", port.Split('|')[1]),
        }));
        Assert.Equal(names, string.Join(' ', snapshot.Interfaces.Select(one => one.Name.Replace(' ', '_'))));
    }

    [Fact]
    public async Task An_ifIndex_may_have_all_of_32_bits_in_every_table()
    {
        const uint port = 4_194_304_256;
        DeviceSnapshot snapshot = await Collect.From(Row.Text($"1.3.6.1.2.1.2.2.1.2.{port}", "GPON_UNI 0/1/1"),
            Row.Text($"1.3.6.1.2.1.31.1.1.1.1.{port}", "GPON 0/1/1"), Row.Int($"1.3.6.1.2.1.31.1.2.1.3.{port}.1", 1),
            Row.Gauge("1.3.6.1.2.1.17.1.4.1.2.1", port), Row.Int("1.3.6.1.2.1.4.20.1.2.192.0.2.1", unchecked((int)port)),
            Row.Hex($"1.3.6.1.2.1.4.22.1.2.{port}.192.0.2.9", "00005e005309"), Row.Text($"1.3.6.1.4.1.9.9.23.1.2.1.1.6.{port}.1", "core"),
            Row.Int("1.3.6.1.2.1.4.20.1.2.192.0.2.2", -1));
        var on = new IfIndex(port);
        Assert.Equal((on, "GPON 0/1/1"), Assert.Single(snapshot.Interfaces.Select(one => (one.Index, one.Name))));
        Assert.Equal(new InterfaceStackEntry(on, new IfIndex(1)), Assert.Single(snapshot.InterfaceStack));
        Assert.Equal(on, Assert.Single(snapshot.BridgePorts).Interface);
        Assert.Equal(["0 192.0.2.2", $"{port} 192.0.2.1"], snapshot.Addresses.Select(own => $"{own.Interface} {own.Address}"));
        Assert.Equal(on, Assert.Single(snapshot.Arp).Interface);
        Assert.Equal(on, Assert.Single(snapshot.CdpNeighbors).LocalPort);
    }

    [Theory]
    [InlineData("02:ab:ab:06:00:01")]
    [InlineData("02-AB-AB-06-00-01")]
    [InlineData("02ab.ab06.0001")]
    [InlineData("02abab060001")]
    [InlineData("02 AB AB 06 00 01")]
    [InlineData("2:ab:ab:6:0:1")]
    [InlineData("\"02:ab:ab:06:00:01\"")]
    public async Task A_MAC_address_may_be_text(string mac)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("eth1"), Row.Text("1.3.6.1.2.1.2.2.1.6.1", mac),
            Row.Text("1.3.6.1.2.1.4.22.1.2.1.198.51.100.206", mac), Row.Text("1.3.6.1.2.1.4.35.1.4.1.1.4.198.51.100.207", mac),
            Row.Text("1.3.6.1.2.1.17.1.1.0", mac)]);
        var expected = MacAddress.Parse("02:ab:ab:06:00:01");
        Assert.Equal(expected, Assert.Single(snapshot.Interfaces).Mac);
        Assert.Equal([expected, expected], snapshot.Arp.Select(entry => entry.Mac));
        Assert.Equal(expected, snapshot.Identity.BridgeAddress);
    }

    [Theory]
    [InlineData("02:ab:ab:06:00")]
    [InlineData("unknown addr")]
    [InlineData("02:ab:ab:06:00:01:07")]
    public async Task Another_text_is_no_MAC_address_and_leaves_a_note(string mac)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("eth1"), Row.Text("1.3.6.1.2.1.4.22.1.2.1.198.51.100.206", mac)]);
        Assert.Empty(snapshot.Arp);
        Assert.Contains($"has {mac.Length} octets", snapshot.Reading(ArpEntry.IpNetToMediaTable).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5ac3bc7269636820c3", "Zürich")] // cut within a letter of two octets
    [InlineData("5a7572696368e280", "Zurich")] // of three, behind plain ASCII
    [InlineData("4dc3bc6c6c20f09f9a", "Müll")] // of four
    [InlineData("4d6f7363c3", "Mosc")]
    [InlineData("5ac3bc72696368", "Zürich")] // whole
    [InlineData("436166e9", "Café")] // Latin-1
    [InlineData("5afc72696368e9", "Züriché")]
    public async Task Text_that_is_cut_within_a_character_loses_only_that(string octets, string expected)
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("eth1"), Row.Hex("1.3.6.1.2.1.31.1.1.1.18.1", octets)]);
        Assert.Equal(expected, Assert.Single(snapshot.Interfaces).Alias);
    }
}
