using Microsoft.AspNetCore.DataProtection;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory.Tests;

/// <summary>Two processes on the same tables: what one writes the other shows once it has been told.</summary>
public sealed class DeviceChangesTests
{
    private static readonly CollectedDevice s_device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1");

    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly MemoryInventory _inventory;

    public DeviceChangesTests() => _inventory = new MemoryInventory(_keys);

    private Devices Here => _inventory.Devices;

    [Fact]
    public async Task A_new_device_and_its_new_facts_are_shown_and_it_is_recognized_here_too()
    {
        Devices other = await _inventory.RestartAsync(_keys);
        DeviceId id = await SaveAsync(Here, s_device);
        Assert.Null(other.Find(id));

        await TellAsync(other, id);
        Assert.Equal("r1", (await other.UpToDateAsync(default)).Network.Device(id)!.Name);

        await SaveAsync(Here, Facts.Collected("192.0.2.1", "renamed", "SERIAL-1"));
        await TellAsync(other, id);
        Assert.Equal("renamed", (await other.UpToDateAsync(default)).Network.Device(id)!.Name);
        Assert.Equal(id, await SaveAsync(other, Facts.Collected("192.0.2.7", "renamed", "SERIAL-1")));
    }

    [Fact]
    public async Task Facts_that_are_the_same_are_not_decoded_again_and_their_age_is_shown()
    {
        DeviceId id = await SaveAsync(Here, s_device);
        Devices other = await _inventory.RestartAsync(_keys);
        DeviceTables tables = other.Facts(id)!.Tables;
        DateTimeOffset later = Facts.Noon.AddHours(1);
        await SaveAsync(Here, s_device with { Snapshot = s_device.Snapshot with { CollectedAt = later } });

        _inventory.LoseFacts(id); // nobody asks for them
        await TellAsync(other, id);

        Assert.Equal(later, other.Facts(id)!.Snapshot.CollectedAt);
        Assert.Same(tables, other.Facts(id)!.Tables);
    }

    [Fact]
    public async Task That_a_device_fell_silent_has_a_role_or_was_deleted_is_shown()
    {
        DeviceId id = await SaveAsync(Here, s_device);
        Devices other = await _inventory.RestartAsync(_keys);

        await Here.SetRoleAsync(id, DeviceRole.Core, default);
        await Here.MarkUnreachableAsync(Here.Find(id)!, "no answer", default);
        await TellAsync(other, id);
        InventoryView view = await other.UpToDateAsync(default);
        Assert.Equal("no answer", view.Network.Device(id)!.UnreachableReason);
        Assert.Equal(DeviceRole.Core, view.State.ManualRoles[id]);

        await Here.SetRoleAsync(id, null, default);
        await Here.DeleteAsync(id, default);
        await TellAsync(other, id);
        Assert.Empty((await other.UpToDateAsync(default)).State.Records);
        Assert.Empty(other.All);
    }

    [Fact]
    public async Task A_new_device_that_two_processes_read_gets_one_id_though_the_second_was_not_told_yet()
    {
        Devices other = await _inventory.RestartAsync(_keys);
        DeviceId id = await SaveAsync(Here, s_device);
        _inventory.Tell(id); // committed, and its listener still sleeps

        Assert.Equal(id, await SaveAsync(other, s_device));
    }

    [Fact]
    public async Task A_decision_whose_turn_was_lost_before_its_commit_is_made_again_after_what_the_others_have_changed()
    {
        Devices other = await _inventory.RestartAsync(_keys);
        DeviceId theirs = default;
        _inventory.BeforeNextCommit = async () =>
        {
            theirs = await SaveAsync(other, s_device);
            _inventory.Tell(theirs);
        };

        DeviceId ours = await SaveAsync(Here, s_device);

        Assert.Equal(theirs, ours);
        Assert.Equal([theirs], (await Here.UpToDateAsync(default)).State.Devices.Keys);
        Assert.Single(await _inventory.DevicesAsync(default));
    }

    [Fact]
    public async Task A_device_that_others_removed_in_a_lost_turn_is_not_marked()
    {
        DeviceId id = await SaveAsync(Here, s_device);
        Devices other = await _inventory.RestartAsync(_keys);
        _inventory.BeforeNextCommit = async () =>
        {
            await other.DeleteAsync(id, default);
            _inventory.Tell(id);
        };

        Assert.False(await Here.MarkUnreachableAsync(Here.Find(id)!, "no answer", default));
        Assert.DoesNotContain(_inventory.Writes, write => write is MarkUnreachable);
        Assert.Empty(Here.All);
    }

    [Fact]
    public async Task Whoever_always_loses_the_turn_is_told_that_the_database_is_not_available()
    {
        Task LoseAsync()
        {
            _inventory.BeforeNextCommit = LoseAsync;
            return _inventory.TakeAsync("inventory", default);
        }
        _inventory.BeforeNextCommit = LoseAsync;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => SaveAsync(Here, s_device));
        Assert.Empty(_inventory.Writes);
    }

    [Fact]
    public async Task A_device_whose_commit_failed_in_words_only_is_shown_at_the_next_turn()
    {
        DeviceId id = await SaveAsync(Here, s_device);
        _inventory.FailsAfterCommit = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Here.SetRoleAsync(id, DeviceRole.Core, default));

        await SaveAsync(Here, Facts.Collected("192.0.2.2", "r2", "SERIAL-2"));

        Assert.Equal(DeviceRole.Core, (await Here.UpToDateAsync(default)).State.ManualRoles[id]);
    }

    [Fact]
    public async Task After_changes_were_missed_everything_is_as_it_is_stored()
    {
        DeviceId deleted = await SaveAsync(Here, s_device);
        Devices other = await _inventory.RestartAsync(_keys);
        await Here.DeleteAsync(deleted, default);
        DeviceId added = await SaveAsync(Here, Facts.Collected("192.0.2.2", "r2", "SERIAL-2"));

        _inventory.ForgetTold();
        await new DeviceChanges(other).MissedAsync(default);

        Assert.Equal([added], (await other.UpToDateAsync(default)).State.Devices.Keys);
        Assert.NotEqual(deleted, await SaveAsync(other, s_device)); // nobody remembers it
    }

    private Task TellAsync(Devices devices, DeviceId changed)
    {
        _inventory.Tell(changed);
        return new DeviceChanges(devices).ChangedAsync([changed.Value], default);
    }

    private static async Task<DeviceId> SaveAsync(Devices devices, CollectedDevice device) =>
        (await devices.SaveAsync([device], default))[0];
}
