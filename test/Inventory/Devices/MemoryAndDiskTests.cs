using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>What a restart loads is what was shown before it, whatever was written side by side.</summary>
public sealed class MemoryAndDiskTests
{
    private static readonly Ipv4Address s_address = Ipv4Address.Parse("192.0.2.1");

    [Fact]
    public async Task Writes_to_one_device_in_any_order_leave_memory_and_disk_alike()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var inventory = new MemoryInventory();
            DeviceId first = (await inventory.Devices.SaveAsync([Said("a")], CancellationToken.None))[0];
            inventory.IsShared = true;
            SeededSchedule.Run(seed, Writes(inventory.Devices, first, new Random(seed)));
            inventory.IsShared = false;

            await AgreeAsync(inventory, seed);
            await inventory.Devices.SaveAsync([Said("last")], CancellationToken.None);
            await AgreeAsync(inventory, seed);
        }
    }

    [Fact]
    public async Task A_record_without_facts_is_whole_again_at_the_next_collection_even_of_the_same_facts()
    {
        var inventory = new MemoryInventory();
        DeviceId id = (await inventory.Devices.SaveAsync([Said("a")], CancellationToken.None))[0];
        inventory.LoseFacts(id);

        Devices restarted = await inventory.RestartAsync();
        Assert.Equal(id, (await restarted.SaveAsync([Said("a")], CancellationToken.None))[0]);

        Assert.Equal("a", Assert.Single((await inventory.RestartAsync()).View.Devices).Name);
    }

    [Fact]
    public async Task A_record_without_facts_at_the_address_of_a_whole_device_is_forgotten()
    {
        var inventory = new MemoryInventory();
        DeviceId whole = (await inventory.Devices.SaveAsync([Said("a")], CancellationToken.None))[0];
        DeviceRecord record = inventory.Devices.Find(whole)!;
        var ghost = new DeviceId(Guid.NewGuid());
        await inventory.CommitAsync([new SaveDevice(record with { Id = ghost }, null, IsNew: true)], CancellationToken.None);

        Devices restarted = await inventory.RestartAsync();

        Assert.Equal(whole, restarted.ManagedAt(s_address));
        Assert.Null(restarted.Find(ghost));
        Assert.Equal([whole], (await inventory.DevicesAsync(CancellationToken.None)).Select(device => device.Id));
    }

    /// <summary>Eight of each kind of write, drawn by the seed, of a device that another of them may have deleted.</summary>
    private static Func<Task>[] Writes(Devices devices, DeviceId device, Random random) =>
        [.. Enumerable.Range(0, 8).Select(number => AnyWrite(devices, device, number, random.Next(6)))];

    private static Func<Task> AnyWrite(Devices devices, DeviceId device, int number, int drawn) => drawn switch
    {
        0 => () => devices.DeleteAsync(device, CancellationToken.None),
        1 => () => devices.Find(device) is { } known
            ? devices.MarkUnreachableAsync(known, $"silent {number}", CancellationToken.None)
            : Task.CompletedTask,
        2 => () => devices.SetRoleAsync(device, number % 2 == 0 ? DeviceRole.Core : null, CancellationToken.None),
        3 => () => devices.SaveAgainAsync(device, Said(number % 2 == 0 ? "a" : "b"), CancellationToken.None),
        _ => () => devices.SaveAsync([Said(number % 2 == 0 ? "a" : "b")], CancellationToken.None),
    };

    private static async Task AgreeAsync(MemoryInventory inventory, int seed)
    {
        string[] shown = Shown(await inventory.ViewAsync(), inventory.Devices);
        Devices restarted = await inventory.RestartAsync();
        string[] loaded = Shown(restarted.View, restarted);
        Assert.True(shown.SequenceEqual(loaded), $"seed {seed}: shown {string.Join(" | ", shown)}, loaded {string.Join(" | ", loaded)}");
    }

    private static string[] Shown(InventoryView view, Devices devices) =>
    [
        $"managed at {s_address}: {devices.ManagedAt(s_address)}",
        .. view.State.Records.Keys.Order().Select(id => $"record {id}"),
        .. view.State.ManualRoles.OrderBy(role => role.Key).Select(role => $"role {role.Key} {role.Value}"),
        .. view.Devices.Select(device =>
            $"{device.Id} {device.Name} {device.Role} {device.RoleIsManual} {device.UnreachableReason} {device.CollectedAt:O}"),
    ];

    private static CollectedDevice Said(string name) => Facts.Collected("192.0.2.1", name, "SERIAL-1");
}
