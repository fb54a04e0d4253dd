using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public abstract class InventoryStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    [Fact]
    public async Task A_device_reads_back_what_was_stored()
    {
        var access = new StoredAccess(Guid.NewGuid(), [], 7, TimeSpan.FromMilliseconds(1500)) { SnmpPort = 1161 };
        DeviceRecord device = Device("203.0.113.255") with { Access = access };
        await CommitAsync(new SaveDevice(device, [1, 2, 3], IsNew: true));

        DeviceRecord read = Assert.Single(await Database.Inventory.DevicesAsync(default));
        Assert.Equal(device with { Access = read.Access }, read);
        Assert.Equal((access.GlobalCredentialId, 7, TimeSpan.FromMilliseconds(1500), 1161),
            (read.Access.GlobalCredentialId, read.Access.Retries, read.Access.Timeout, read.Access.SnmpPort));
        Assert.Equal([(device.Id, "010203")], await SnapshotsAsync());
    }

    [Fact]
    public async Task Saving_again_replaces_the_record_and_keeps_when_it_was_added_and_its_facts()
    {
        DeviceRecord device = Device("192.0.2.1");
        await CommitAsync(new SaveDevice(device, [1], IsNew: true), new MarkUnreachable(device.Id, "no answer", s_at.AddHours(1)));
        Assert.Equal("no answer", Assert.Single(await Database.Inventory.DevicesAsync(default)).UnreachableReason);

        await CommitAsync(new SaveDevice(
            device with
            {
                ManagementAddress = Ipv4Address.Parse("192.0.2.2"), AddedAt = s_at.AddYears(1), CollectedAt = s_at.AddHours(2),
                Access = device.Access with { SnmpPort = 1161 },
            },
            null, IsNew: false));
        DeviceRecord read = Assert.Single(await Database.Inventory.DevicesAsync(default));
        Assert.Equal(("192.0.2.2", s_at, s_at.AddHours(2), null, 1161),
            (read.ManagementAddress.ToString(), read.AddedAt, read.CollectedAt, read.UnreachableReason, read.Access.SnmpPort));
        Assert.Equal([(device.Id, "01")], await SnapshotsAsync());
    }

    [Fact]
    public async Task The_newest_snapshot_is_read_and_old_ones_are_dropped()
    {
        DeviceRecord one = Device("192.0.2.1");
        DeviceRecord two = Device("192.0.2.2");
        await CommitAsync(new SaveDevice(two, [200], IsNew: true));
        for (byte change = 1; change <= 60; change++) await CommitAsync(new SaveDevice(one, [change], IsNew: change == 1));

        Assert.Equal([(two.Id, "C8"), (one.Id, "3C")], await SnapshotsAsync());
        Assert.Equal(49, Database.Count("device_snapshot")); // forty-eight of the one, one of the other
    }

    [Fact]
    public async Task Facts_of_the_last_fourteen_days_are_kept_and_those_that_held_when_they_began()
    {
        DeviceRecord device = Device("192.0.2.1");
        for (byte day = 1; day <= 20; day++)
        {
            DeviceRecord then = device with { CollectedAt = s_at.AddDays(day) };
            await CommitAsync(new SaveDevice(then, day % 2 == 0 ? [day] : null, IsNew: day == 1));
        }

        string?[] told = await Task.WhenAll(new[] { 3, 5, 6, 9, 20 }.Select(day => AtAsync(device.Id, s_at.AddDays(day))));
        // 20 days less 14: day 6 is the oldest that somebody may ask for.
        Assert.Equal("none none 06 08 14", string.Join(' ', told.Select(octets => octets ?? "none")));
        Assert.Equal(8, Database.Count("device_snapshot"));
        Assert.Null(await AtAsync(new DeviceId(Guid.NewGuid()), s_at.AddDays(20)));

        var later = new PruneSnapshots([new DeviceId(Guid.NewGuid()), device.Id], s_at.AddDays(60)); // it told nothing new since
        Assert.Equal([true, false], await CommitAsync(later, later));
        Assert.Equal([(device.Id, "14")], await SnapshotsAsync());
        Assert.Equal(1, Database.Count("device_snapshot"));
    }

    [Fact]
    public async Task A_collection_without_a_change_keeps_no_facts_besides()
    {
        DeviceRecord device = Device("192.0.2.1");
        await CommitAsync(new SaveDevice(device, [1], IsNew: true));
        await CommitAsync(new SaveDevice(device with { CollectedAt = s_at.AddHours(1) }, null, IsNew: false));

        Assert.Equal(1, Database.Count("device_snapshot"));
        Assert.Equal("01", await AtAsync(device.Id, s_at.AddHours(1)));
        Assert.Null(await AtAsync(device.Id, s_at.AddMilliseconds(-1)));
    }

    [Fact]
    public async Task More_snapshots_than_a_page_are_all_read()
    {
        DeviceRecord[] devices = [.. Enumerable.Range(1, 200).Select(n => Device($"192.0.2.{n}"))];
        await CommitAsync([.. devices.Select(device => new SaveDevice(device, [7], IsNew: true))]);

        Assert.Equal(devices.Select(device => device.Id), (await SnapshotsAsync()).Select(row => row.Device));
    }

    [Fact]
    public async Task A_deleted_device_leaves_nothing()
    {
        DeviceRecord device = Device("192.0.2.1");
        await CommitAsync(new SaveDevice(device, [1], IsNew: true), new SetRole(device.Id, DeviceRole.Core));

        Assert.Equal([true, false, false],
            await CommitAsync(new DeleteDevice(device.Id), new DeleteDevice(device.Id), new MarkUnreachable(device.Id, "x", s_at)));
        Assert.Empty(await Database.Inventory.DevicesAsync(default));
        Assert.Empty(await SnapshotsAsync());
        Assert.Empty(await Database.Inventory.RolesAsync(default));
    }

    [Fact]
    public async Task A_known_device_that_is_saved_after_its_deletion_stays_deleted()
    {
        DeviceRecord device = Device("192.0.2.1");
        await CommitAsync(new SaveDevice(device, [1], IsNew: true));

        Assert.Equal([true, false, false], await CommitAsync(
            new DeleteDevice(device.Id), new SaveDevice(device, null, IsNew: false), new SaveDevice(device, [2], IsNew: false)));
        Assert.Equal(0, Database.Count("device"));
        Assert.Equal(0, Database.Count("device_snapshot"));
    }

    [Theory]
    [InlineData(DeviceRole.Unknown)]
    [InlineData(DeviceRole.Access)]
    [InlineData(DeviceRole.Distribution)]
    [InlineData(DeviceRole.Core)]
    [InlineData(DeviceRole.BorderRouter)]
    public async Task A_role_is_set_changed_and_taken_back_also_without_a_device(DeviceRole role)
    {
        var accessPoint = new DeviceId(Guid.NewGuid());
        await CommitAsync(new SetRole(accessPoint, DeviceRole.Access), new SetRole(accessPoint, role));
        Assert.Equal(role, (await Database.Inventory.RolesAsync(default))[accessPoint]);

        Assert.Equal([true, false], await CommitAsync(new SetRole(accessPoint, null), new SetRole(accessPoint, null)));
        Assert.Empty(await Database.Inventory.RolesAsync(default));
    }

    [Fact]
    public async Task Credentials_keep_their_order_over_changes()
    {
        var first = new StoredCredential(Guid.NewGuid(), CredentialKind.SnmpV3, "first", "c", [1, 2], s_at);
        var second = new StoredCredential(Guid.NewGuid(), CredentialKind.Cli, "second", "", [3], s_at);
        await CommitAsync(new SaveCredential(first), new SaveCredential(second),
            new ChangeCredential(first with { Description = "changed", CreatedAt = s_at.AddDays(1), Sealed = [1, 2, 3],
                Ranges = "10.1.0.0/16" }, first.Sealed));

        ImmutableArray<StoredCredential> read = await Database.Inventory.CredentialsAsync(default);
        Assert.Equal(["changed", "second"], read.Select(credential => credential.Description));
        Assert.Equal((CredentialKind.SnmpV3, "c", s_at), (read[0].Kind, read[0].Comments, read[0].CreatedAt));
        Assert.Equal([1, 2, 3], read[0].Sealed.ToArray());
        Assert.Equal(["10.1.0.0/16", ""], read.Select(credential => credential.Ranges));
        Assert.Equal("second", (await Database.Inventory.CredentialAsync(second.Id, default))?.Description);

        Assert.Equal([true, false], await CommitAsync(new DeleteCredential(first.Id), new DeleteCredential(first.Id)));
        Assert.Null(await Database.Inventory.CredentialAsync(first.Id, default));
    }

    [Fact]
    public async Task A_credential_changes_only_from_the_version_that_was_read()
    {
        var first = new StoredCredential(Guid.NewGuid(), CredentialKind.SnmpV3, "first", "", [1], s_at);
        var mine = new ChangeCredential(first with { Description = "mine", Sealed = [2] }, first.Sealed);
        var theirs = new ChangeCredential(first with { Description = "theirs", Sealed = [3] }, first.Sealed);
        await CommitAsync(new SaveCredential(first), mine);
        await Assert.ThrowsAsync<WriteConflictException>(() => CommitAsync(theirs));
        Assert.Equal([true], await CommitAsync(mine)); // once more is the same change
        Assert.Equal("mine", (await Database.Inventory.CredentialAsync(first.Id, default))?.Description);

        await CommitAsync(new DeleteCredential(first.Id));
        await Assert.ThrowsAsync<WriteConflictException>(() =>
            CommitAsync(new ChangeCredential(mine.Credential with { Sealed = [4] }, mine.Credential.Sealed)));
        Assert.Empty(await Database.Inventory.CredentialsAsync(default));
    }

    [Fact]
    public async Task Snmp_properties_are_kept()
    {
        await CommitAsync(new SaveSnmpProperty("snmp-timeout", 5), new SaveSnmpProperty("snmp-timeout", 6));

        Assert.Equal(6, Assert.Single(await Database.Inventory.SnmpPropertiesAsync(default)).Value);
    }

    private static DeviceRecord Device(string address) =>
        new(new DeviceId(Guid.CreateVersion7()), Ipv4Address.Parse(address), new StoredAccess(null, [9, 9], 2, TimeSpan.FromSeconds(2)),
            s_at)
        {
            CollectedAt = s_at,
            SysUpTime = TimeSpan.FromHours(12),
            SnapshotDigest = "AB",
            UpdatedAt = s_at,
        };

    private async Task<string?> AtAsync(DeviceId device, DateTimeOffset at) =>
        await Database.History.SnapshotAtAsync(device, at, default) is { } octets ? Convert.ToHexString(octets) : null;

    private async Task<List<(DeviceId Device, string Octets)>> SnapshotsAsync()
    {
        List<(DeviceId, string)> read = [];
        await foreach ((DeviceId device, byte[] snapshot) in Database.Inventory.SnapshotsAsync(default)) read.Add((device,
            Convert.ToHexString(snapshot)));
        return read;
    }
}
