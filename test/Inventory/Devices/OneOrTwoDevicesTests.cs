using System.Collections.Immutable;
using Microsoft.AspNetCore.DataProtection;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>Two answers that have something in common: of one device, or of two?</summary>
public sealed class OneOrTwoDevicesTests
{
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly MemoryInventory _inventory;

    public OneOrTwoDevicesTests() => _inventory = new MemoryInventory(_keys);

    [Fact]
    public async Task An_address_that_one_of_them_has_alone_makes_no_two_devices_one()
    {
        await SaveAsync(Said("203.0.113.1", "firewall", "1.3.6.1.4.1.8741.1", mac: 1));
        // the maker's default address, on a port that is down
        await SaveAsync(Said("203.0.113.9", "ups", "1.3.6.1.4.1.318.1.3.27", mac: 2, addresses: ["203.0.113.1"]));
        await SaveAsync(Said("203.0.113.17", "ups", "1.3.6.1.4.1.318.1.3.27", mac: 3, addresses: ["203.0.113.1"]));

        Assert.Equal(["203.0.113.1 firewall", "203.0.113.9 ups", "203.0.113.17 ups"], await KnownAsync());
    }

    [Theory]
    [InlineData("0123456789")]
    [InlineData("System Serial Number")]
    [InlineData("A-SERIAL-NUMBER-THAT-NOBODY-LISTS")]
    public async Task A_serial_number_alone_makes_no_one_device_of_two_without_a_MAC_address_in_common(string serial)
    {
        await SaveAsync(Said("203.0.113.11", "host1", "1.3.6.1.4.1.99999.12", serial, mac: 1));
        await SaveAsync(Said("203.0.113.12", "host2", "1.3.6.1.4.1.99999.12", serial, mac: 2));

        Assert.Equal(["203.0.113.11 host1", "203.0.113.12 host2"], await KnownAsync());
    }

    [Theory]
    [InlineData(false, "sw1", "sw2")]
    [InlineData(false, "switch", "switch")]
    [InlineData(true, "sw1", "sw2")] // the default is its LLDP chassis id, too
    [InlineData(true, "switch", "switch")]
    public async Task A_makers_default_address_makes_no_one_device_of_two_and_is_shown_as_a_conflict(bool lldp, string one, string other)
    {
        const string Default = "00:e0:4c:00:00:00";
        await SaveAsync(Said("203.0.113.41", one, "1.3.6.1.4.1.99999.44", chassis: lldp ? Default : null, bridge: Default));
        await SaveAsync(Said("203.0.113.42", other, "1.3.6.1.4.1.99999.44", chassis: lldp ? Default : null, bridge: Default));

        Assert.Equal([$"203.0.113.41 {one}", $"203.0.113.42 {other}"], await KnownAsync());
        InventoryView view = await _inventory.ViewAsync();
        string what = lldp ? "LLDP chassis id" : "bridge address";
        const string Kept = "They are kept apart: give each its own, or delete the one that is no more.";
        Assert.Equal(
            [$"The {what} {Default} is also that of {other} (203.0.113.42). {Kept}",
                $"The {what} {Default} is also that of {one} (203.0.113.41). {Kept}"],
            view.Devices.OrderBy(device => device.ManagementAddress).Select(device => device.Conflict));
    }

    [Fact]
    public async Task Where_nothing_is_told_twice_there_is_no_conflict()
    {
        await SaveAsync(Said("203.0.113.41", "sw1", "", "SERIAL-1", "00:00:5e:00:53:01"));
        await SaveAsync(Said("203.0.113.42", "sw2", "", "N/A"));
        await SaveAsync(Said("203.0.113.43", "sw3", "", "N/A"));

        Assert.All((await _inventory.ViewAsync()).Devices, device => Assert.Null(device.Conflict));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("SERIAL-1", "SERIAL-2")]
    public async Task A_virtual_address_that_moves_to_the_standby_moves_no_id(string? serialOfOne, string? serialOfOther)
    {
        const string Kind = "1.3.6.1.4.1.12325.1";
        DeviceId active = await SaveAsync(Said("203.0.113.1", "fw-a", Kind, serialOfOne, mac: 1, addresses: ["203.0.113.2"]));
        DeviceId standby = await SaveAsync(Said("203.0.113.3", "fw-b", Kind, serialOfOther, mac: 2));

        DeviceId answered = await SaveAsync(Said("203.0.113.1", "fw-b", Kind, serialOfOther, mac: 2, addresses: ["203.0.113.3"]));

        Assert.Equal(standby, answered);
        Assert.Equal(["203.0.113.2 fw-a", "203.0.113.3 fw-b"], await KnownAsync());
        Assert.Equal(active, await SaveAsync(Said("203.0.113.2", "fw-a", Kind, serialOfOne, mac: 1)));
        Assert.Equal("203.0.113.2", (await _inventory.RestartAsync(_keys)).Find(active)!.ManagementAddress.ToString()); // on the disk, too
    }

    [Fact]
    public async Task Whoever_answers_at_the_only_address_of_a_known_device_is_new_and_the_known_one_is_not_reachable()
    {
        DeviceId known = await SaveAsync(Said("203.0.113.1", "old", "1.3.6.1.4.1.9.1.1", mac: 1));
        DeviceId stranger = await SaveAsync(Said("203.0.113.1", "new", "1.3.6.1.4.1.9.1.1", mac: 2));

        Assert.NotEqual(known, stranger);
        Assert.Equal($"Another device, new ({stranger}), answers at its address now.", _inventory.Devices.Find(known)!.UnreachableReason);
        Assert.Equal(stranger, _inventory.Devices.ManagedAt(Ipv4Address.Parse("203.0.113.1")));
        InventoryView view = await _inventory.ViewAsync();
        Assert.StartsWith("The management address 203.0.113.1 is also that of old", view.Find(stranger)!.Conflict,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r1", "1.3.6.1.4.1.9.1.1", "SPARE-2", 2, true)] // replaced, or failed over
    [InlineData("renamed", "1.3.6.1.4.1.9.1.1", null, 1, true)]
    [InlineData("r1", "1.3.6.1.4.1.9.1.2", "SERIAL-1", 1, true)] // its software tells another kind now
    [InlineData("renamed", "1.3.6.1.4.1.9.1.2", "SERIAL-1", 2, true)]
    [InlineData("other", "1.3.6.1.4.1.9.1.1", "SPARE-2", 2, false)]
    [InlineData("other", "1.3.6.1.4.1.9.1.1", null, 2, false)]
    public async Task What_answers_at_a_known_address_is_the_known_device_unless_it_says_that_it_is_another(
        string name, string sysObjectId, string? serial, byte mac, bool same)
    {
        DeviceId before = await SaveAsync(Said("203.0.113.1", "r1", "1.3.6.1.4.1.9.1.1", "SERIAL-1", mac: 1));

        Assert.Equal(same, before == await SaveAsync(Said("203.0.113.1", name, sysObjectId, serial, mac: mac)));
    }

    [Theory]
    [InlineData("800000090300005e005301", true)] // a MAC address
    [InlineData("80001f8805a1b2c3d4e5f60718", true)] // octets
    [InlineData("80001f8880a1b2c3d4e5f607", true)] // net-snmp's own form
    [InlineData("000000090200005e00530100", true)] // as before RFC 3411
    [InlineData("800000090300000000000000", false)] // zeros
    [InlineData("000000000000000000000000", false)]
    [InlineData("80000009ffffffffffff", false)]
    [InlineData("8000000901c0a80101", false)] // 192.168.1.1, a maker's default
    [InlineData("80000009046661637465", false)] // a text of the image
    [InlineData("80000009", false)] // too short
    [InlineData("no digits", false)]
    public async Task A_silent_device_is_known_elsewhere_by_its_engine_id_where_that_is_its_own(string engineId, bool same)
    {
        DeviceId before = await SaveAsync(WithEngine(Said("203.0.113.1", "r1"), engineId));
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(before)!, "no answer", CancellationToken.None);

        Assert.Equal(same, before == await SaveAsync(WithEngine(Said("203.0.113.9", "r1"), engineId)));
    }

    [Fact]
    public async Task One_engine_id_of_two_devices_that_answer_or_contradict_is_a_conflict_and_merges_nothing()
    {
        const string Cloned = "80001f8805a1b2c3d4e5f60718";
        await SaveAsync(WithEngine(Said("203.0.113.1", "vm", mac: 1), Cloned));
        await SaveAsync(WithEngine(Said("203.0.113.2", "vm", mac: 2), Cloned));
        DeviceId third = await SaveAsync(WithEngine(Said("203.0.113.3", "vm", mac: 3), Cloned));
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(third)!, "no answer", CancellationToken.None);
        await SaveAsync(WithEngine(Said("203.0.113.4", "vm", mac: 4), Cloned));

        Assert.Equal(4, (await KnownAsync()).Length);
        Assert.All((await _inventory.ViewAsync()).Devices,
            device => Assert.StartsWith($"The engine id {Cloned} is also that of vm", device.Conflict, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renamed_device_of_another_kind_that_has_the_engine_id_of_the_one_before_is_not_that_one()
    {
        const string EngineId = "80001f8805a1b2c3d4e5f60718";
        DeviceId before = await SaveAsync(WithEngine(Said("203.0.113.1", "r1", "1.3.6.1.4.1.9.1.1", mac: 1), EngineId));

        Assert.NotEqual(before, await SaveAsync(WithEngine(Said("203.0.113.1", "r2", "1.3.6.1.4.1.9.1.2", mac: 2), EngineId)));
    }

    private static CollectedDevice WithEngine(CollectedDevice device, string engineId) => device with
    {
        Snapshot = device.Snapshot with { Identity = device.Snapshot.Identity with { EngineId = engineId } },
    };

    /// <param name="mac">The last octet of its port's MAC address; 0 when it tells none.</param>
    /// <param name="addresses">Besides that at which it answers.</param>
    private static CollectedDevice Said(string address, string name, string sysObjectId = "", string? serial = null, string? chassis = null,
        string? bridge = null, byte mac = 0, params string[] addresses)
    {
        DeviceIdentity identity = Facts.Identity(name, serial, chassis, bridge is null ? null : MacAddress.Parse(bridge, null));
        DeviceSnapshot snapshot = Facts.Snapshot(identity with { SysObjectId = sysObjectId }, [address, .. addresses]);
        ImmutableArray<Interface> ports = mac == 0
            ? [] : [new Interface { Index = new IfIndex(1), Name = "eth0", Mac = MacAddress.FromOctets([2, 0, 0, 0, 0, mac]) }];
        return new CollectedDevice(Ipv4Address.Parse(address), snapshot with { Interfaces = ports }, Facts.Public);
    }

    private async Task<DeviceId> SaveAsync(CollectedDevice device) =>
        (await _inventory.Devices.SaveAsync([device], CancellationToken.None))[0];

    private async Task<string[]> KnownAsync() =>
        [.. (await _inventory.ViewAsync()).Devices.OrderBy(device => device.ManagementAddress)
            .Select(device => $"{device.ManagementAddress} {device.Name}")];
}
