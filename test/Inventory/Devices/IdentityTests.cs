using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory.Tests;

public sealed class IdentityTests
{
    private readonly MemoryInventory _inventory = new();

    [Fact]
    public async Task A_device_keeps_its_id_over_a_new_name_and_a_new_address()
    {
        DeviceId before = await SaveAsync(Facts.Collected("192.0.2.1", "old", serial: "FDO1234X0AB"));
        DeviceId after = await SaveAsync(Facts.Collected("198.51.100.9", "new", serial: "FDO1234X0AB"));

        Assert.Equal(before, after);
        NetworkDevice only = Assert.Single((await _inventory.ViewAsync()).Network.Devices);
        Assert.Equal("new", only.Name);
        Assert.Equal("198.51.100.9", only.ManagementAddress.ToString());
    }

    [Fact]
    public async Task Five_hundred_devices_of_one_name_stay_five_hundred()
    {
        CollectedDevice[] devices = [.. Enumerable.Range(1, 500).Select(n => Facts.Collected($"10.0.{n / 250}.{n % 250 + 1}", "switch"))];

        ImmutableArray<DeviceId> first = await _inventory.Devices.SaveAsync(devices, CancellationToken.None);
        ImmutableArray<DeviceId> again = await _inventory.Devices.SaveAsync(devices, CancellationToken.None);

        Assert.Equal(500, first.Distinct().Count());
        Assert.Equal(first.AsEnumerable(), again);
    }

    [Fact]
    public async Task One_serial_number_on_two_chassis_is_two_devices()
    {
        DeviceId one = await SaveAsync(Facts.Collected("192.0.2.1", serial: "CLONE-1", chassis: "00:00:5e:00:53:01"));
        DeviceId two = await SaveAsync(Facts.Collected("192.0.2.2", serial: "CLONE-1", chassis: "00:00:5e:00:53:02"));

        Assert.NotEqual(one, two);
        Assert.Equal(one, await SaveAsync(Facts.Collected("192.0.2.1", serial: "CLONE-1", chassis: "00:00:5e:00:53:01")));
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("0000000000")]
    [InlineData("To Be Filled By O.E.M.")]
    public async Task A_placeholder_is_no_serial_number(string placeholder)
    {
        Assert.NotEqual(await SaveAsync(Facts.Collected("192.0.2.1", serial: placeholder)),
            await SaveAsync(Facts.Collected("192.0.2.2", serial: placeholder)));
    }

    [Fact]
    public async Task One_chassis_id_with_two_serial_numbers_is_two_devices()
    {
        DeviceId one = await SaveAsync(Facts.Collected("192.0.2.1", serial: "SERIAL-1", chassis: "00:00:5e:00:53:01"));
        DeviceId two = await SaveAsync(Facts.Collected("192.0.2.2", serial: "SERIAL-2", chassis: "00:00:5e:00:53:01"));

        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task A_device_without_serial_number_that_is_silent_is_known_elsewhere_by_its_chassis_id_and_name()
    {
        DeviceId before = await SaveAsync(Facts.Collected("192.0.2.1", chassis: "00:00:5e:00:53:01"));
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(before)!, "no answer", CancellationToken.None);

        Assert.Equal(before, await SaveAsync(Facts.Collected("198.51.100.1", chassis: "00:00:5E:00:53:01")));
    }

    [Fact]
    public async Task A_device_that_tells_nothing_is_known_by_its_own_addresses()
    {
        DeviceId before = await SaveAsync(Facts.Collected("192.0.2.1", "", null, null, "198.51.100.1"));

        Assert.Equal(before, await SaveAsync(Facts.Collected("198.51.100.1", "", null, null, "192.0.2.1")));
    }

    [Fact]
    public async Task An_address_that_both_own_does_not_merge_two_devices_managed_elsewhere()
    {
        DeviceId one = await SaveAsync(Facts.Collected("192.0.2.1", "", null, null, "203.0.113.1"));
        DeviceId two = await SaveAsync(Facts.Collected("192.0.2.2", "", null, null, "203.0.113.1"));

        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task Exchanged_hardware_at_the_same_management_address_is_the_same_device()
    {
        DeviceId before = await SaveAsync(Facts.Collected("192.0.2.1", serial: "BROKEN-1", chassis: "00:00:5e:00:53:01"));

        Assert.Equal(before, await SaveAsync(Facts.Collected("192.0.2.1", serial: "SPARE-2", chassis: "00:00:5e:00:53:02")));
    }

    [Fact]
    public async Task One_device_reached_at_two_addresses_in_one_batch_is_one_device_at_the_first()
    {
        ImmutableArray<DeviceId> ids = await _inventory.Devices.SaveAsync(
            [Facts.Collected("192.0.2.1", "r1", "SERIAL-1", null, "198.51.100.1"),
                Facts.Collected("198.51.100.1", "r1", "SERIAL-1", null, "192.0.2.1")],
            CancellationToken.None);

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal("192.0.2.1", Assert.Single((await _inventory.ViewAsync()).Network.Devices).ManagementAddress.ToString());
    }

    [Fact]
    public async Task A_preferred_address_replaces_the_known_one()
    {
        await SaveAsync(Facts.Collected("192.0.2.1", "r1", "SERIAL-1", null, "203.0.113.1"));
        await SaveAsync(Facts.Collected("203.0.113.1", "r1", "SERIAL-1", null, "192.0.2.1") with { AddressIsPreferred = true });

        Assert.Equal("203.0.113.1", Assert.Single((await _inventory.ViewAsync()).Network.Devices).ManagementAddress.ToString());
    }

    [Fact]
    public void Two_discoveries_that_race_for_a_new_device_agree_on_its_id()
    {
        var ids = new DeviceId[2];
        _inventory.IsShared = true;

        SeededSchedule.Run(
            1,
            async () => ids[0] = await SaveAsync(Facts.Collected("192.0.2.1", serial: "SERIAL-1")),
            async () => ids[1] = await SaveAsync(Facts.Collected("192.0.2.7", serial: "SERIAL-1")));

        Assert.Equal(ids[0], ids[1]);
    }

    [Fact]
    public async Task A_device_whose_first_write_failed_keeps_the_id_that_it_was_given()
    {
        _inventory.FullFor = 1;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => SaveAsync(Facts.Collected("192.0.2.1", serial: "SERIAL-1")));
        DeviceId? given = _inventory.Devices.ManagedAt(Ipv4Address.Parse("192.0.2.1"));

        Assert.Equal(given, await SaveAsync(Facts.Collected("192.0.2.1", serial: "SERIAL-1")));
    }

    private async Task<DeviceId> SaveAsync(CollectedDevice device) =>
        (await _inventory.Devices.SaveAsync([device], CancellationToken.None))[0];
}
