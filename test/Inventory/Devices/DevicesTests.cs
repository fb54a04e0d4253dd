using Microsoft.AspNetCore.DataProtection;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class DevicesTests
{
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly MemoryInventory _inventory;

    public DevicesTests() => _inventory = new MemoryInventory(_keys);

    [Fact]
    public async Task Unchanged_facts_are_not_stored_again_but_their_age_is()
    {
        CollectedDevice device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1");
        await _inventory.Devices.SaveAsync([device], CancellationToken.None);
        CollectedDevice later =
            device with { Snapshot = device.Snapshot with { CollectedAt = Facts.Noon.AddHours(1), SysUpTime = TimeSpan.FromHours(9) } };
        await _inventory.Devices.SaveAsync([later], CancellationToken.None);
        await _inventory.Devices.SaveAsync([later with { Snapshot = Facts.Snapshot(Facts.Identity("renamed", "SERIAL-1"), "192.0.2.1") }],
            CancellationToken.None);

        Assert.Equal([true, false, true], _inventory.Writes.Cast<SaveDevice>().Select(write => write.Snapshot is not null));
        Assert.Equal([Facts.Noon, Facts.Noon.AddHours(1), Facts.Noon],
            _inventory.Writes.Cast<SaveDevice>().Select(write => write.Device.CollectedAt));
    }

    [Fact]
    public async Task Counters_are_kept_beside_the_facts_and_are_no_new_version_and_no_event()
    {
        CollectedDevice device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1") with { Counters = Counted(0, 1_000) };
        DeviceId id = (await _inventory.Devices.SaveAsync([device], CancellationToken.None))[0];
        int events = _inventory.Events.Count;
        await _inventory.Devices.SaveAgainAsync(id, device with { Counters = Counted(100, 2_000) }, CancellationToken.None);
        await _inventory.Devices.SaveAgainAsync(id, device with { Counters = null }, CancellationToken.None); // not due

        Assert.Equal([true, false, false], _inventory.Writes.OfType<SaveDevice>().Select(write => write.Snapshot is not null));
        Assert.Equal((2, events), (_inventory.Writes.OfType<SaveLoad>().Count(), _inventory.Events.Count));
        DeviceLoad kept = (await _inventory.LoadsAsync([id], CancellationToken.None))[id];
        Assert.Equal((Facts.Noon, Facts.Noon.AddSeconds(100), 80), (kept.From, kept.At, kept.Of("Gi0/1")!.RateIn));

        await _inventory.Devices.DeleteAsync(id, CancellationToken.None);
        Assert.Empty(await _inventory.LoadsAsync([id], CancellationToken.None));

        static CountersReading Counted(int seconds, long octets) => new(Facts.Noon.AddSeconds(seconds), (uint)(100_000 + 100 * seconds),
            [new InterfaceCounts("Gi0/1") { Has64Bits = true, InOctets = octets }]);
    }

    [Fact]
    public async Task Unchanged_facts_stay_in_memory_once_with_what_was_concluded_from_them_and_changed_ones_do_not()
    {
        CollectedDevice device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1");
        DeviceId id = (await _inventory.Devices.SaveAsync([device], CancellationToken.None))[0];
        NetworkDevice first = (await _inventory.ViewAsync()).Network.Device(id)!;
        DeviceTables tables = first.Tables;
        CollectedDevice later = Facts.Collected("192.0.2.1", "r1", "SERIAL-1");
        await _inventory.Devices.SaveAsync([later with { Snapshot = later.Snapshot with { CollectedAt = Facts.Noon.AddHours(1) } }],
            CancellationToken.None);
        NetworkDevice second = (await _inventory.ViewAsync()).Network.Device(id)!;
        await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1", "renamed", "SERIAL-1")], CancellationToken.None);
        NetworkDevice third = (await _inventory.ViewAsync()).Network.Device(id)!;

        Assert.Same(tables, second.Tables);
        Assert.Equal(Facts.Noon.AddHours(1), second.Snapshot.CollectedAt);
        Assert.NotSame(tables, third.Tables);
        Assert.Equal("renamed", third.Name);
    }

    [Fact]
    public async Task After_a_restart_everything_is_as_before()
    {
        CollectedDevice device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1", "00:00:5e:00:53:01");
        await _inventory.Devices.SaveAsync([device], CancellationToken.None);
        CollectedDevice later = device with { Snapshot = device.Snapshot with { CollectedAt = Facts.Noon.AddHours(1) } };
        DeviceId id = (await _inventory.Devices.SaveAsync([later], CancellationToken.None))[0];
        await _inventory.Devices.SetRoleAsync(id, DeviceRole.Core, CancellationToken.None);
        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(id)!, "no answer", CancellationToken.None);

        Devices restarted = await _inventory.RestartAsync(_keys);

        InventoryDevice shown = Assert.Single(restarted.View.Devices);
        Assert.Equal((id, "r1", DeviceRole.Core, "no answer"), (shown.Id, shown.Name, shown.Role, shown.UnreachableReason));
        Assert.Equal(Facts.Noon.AddHours(1), shown.CollectedAt);
        Assert.Equal("no answer", restarted.View.Network.Device(id)!.UnreachableReason);
        Assert.Equal(id, (await restarted.SaveAsync([Facts.Collected("198.51.100.7", "r1", "SERIAL-1")], CancellationToken.None))[0]);
    }

    [Fact]
    public async Task Damaged_facts_are_left_out_and_replaced_at_the_next_collection_of_the_same_device()
    {
        DeviceId id = (await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1", "r1", "SERIAL-1")], CancellationToken.None))[0];
        _inventory.Damage(id);

        Devices restarted = await _inventory.RestartAsync(_keys);

        Assert.Empty(restarted.View.Devices);
        Assert.Equal(id, (await restarted.SaveAsync([Facts.Collected("192.0.2.1", "r1", "SERIAL-1")], CancellationToken.None))[0]);
        Assert.NotNull(Assert.IsType<SaveDevice>(_inventory.Writes[^1]).Snapshot);
        Assert.Equal("r1", Assert.Single((await _inventory.RestartAsync(_keys)).View.Devices).Name);
    }

    [Fact]
    public async Task A_device_that_stops_answering_keeps_its_facts_and_is_reachable_again_when_it_answers()
    {
        CollectedDevice device = Facts.Collected("192.0.2.1", "r1", "SERIAL-1");
        DeviceId id = (await _inventory.Devices.SaveAsync([device], CancellationToken.None))[0];

        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(id)!, "no answer in 3 attempts", CancellationToken.None);
        InventoryDevice silent = (await _inventory.ViewAsync()).Find(id)!;
        await _inventory.Devices.SaveAsync([device], CancellationToken.None);
        InventoryDevice back = (await _inventory.ViewAsync()).Find(id)!;

        Assert.Equal(("no answer in 3 attempts", "r1"), (silent.UnreachableReason, silent.Name));
        Assert.Equal(((string?)null, (string?)null), (back.UnreachableReason, back.ErrorDescription));
        // traces look there
        Assert.Equal(("no answer in 3 attempts", null), (silent.Source.UnreachableReason, back.Source.UnreachableReason));
    }

    [Fact]
    public async Task A_device_is_reached_again_as_it_was_reached_before()
    {
        var v3 = new DeviceCredential.SnmpV3(
            "towpath", AuthenticationProtocol.Sha256, "auth-password", PrivacyProtocol.Aes128, "priv-password");
        DeviceId id = (await _inventory.Devices.SaveAsync(
            [Facts.Collected("192.0.2.1") with { Access = new AccessSettings(v3, null, 5, TimeSpan.FromSeconds(7)) { SnmpPort = 1161 } }],
            CancellationToken.None))[0];

        DeviceAccess? access = await (await _inventory.RestartAsync(_keys)).AccessAsync(id, CancellationToken.None);

        Assert.Equal(v3, access?.Credential);
        Assert.Equal(("192.0.2.1:1161", 5, TimeSpan.FromSeconds(7)), (access!.Name, access.Retries, access.Timeout));
    }

    /// <summary>The pace is for addresses that are searched: the engine knows after a start of no device that it has answered.</summary>
    [Fact]
    public async Task A_device_is_not_paced_unless_it_did_not_answer_when_it_was_last_asked()
    {
        DeviceId id = (await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1")], CancellationToken.None))[0];
        Assert.Same(SearchPace.Unlimited, (await (await _inventory.RestartAsync(_keys)).AccessAsync(id, CancellationToken.None))?.Pace);

        await _inventory.Devices.MarkUnreachableAsync(_inventory.Devices.Find(id)!, "no answer", CancellationToken.None);
        DeviceAccess? silent = await (await _inventory.RestartAsync(_keys)).AccessAsync(id, CancellationToken.None);
        Assert.Same(_inventory.Reach.Pace, silent!.Pace);
    }

    [Fact]
    public async Task A_device_reached_by_a_stored_credential_follows_its_changes()
    {
        var credential = new GlobalCredential(Guid.NewGuid(), "core", "", new CredentialContent.ReadCommunity("old"), Facts.Noon);
        await _inventory.CommitAsync([_inventory.Credentials.Save(credential)], CancellationToken.None);
        DeviceId id = (await _inventory.Devices.SaveAsync(
            [Facts.Collected("192.0.2.1") with { Access = new AccessSettings(new DeviceCredential.SnmpV2c("old"), credential.Id) }],
            CancellationToken.None))[0];

        await ChangeAsync(known => known with { Content = new CredentialContent.ReadCommunity("new") });
        Assert.Equal(new DeviceCredential.SnmpV2c("new"), (await _inventory.Devices.AccessAsync(id, CancellationToken.None))?.Credential);

        await ChangeAsync(known => known with { Ranges = CredentialRanges.Parse("192.0.2.2-192.0.2.9") });
        Assert.Null(await _inventory.Devices.AccessAsync(id, CancellationToken.None));
        await ChangeAsync(known => known with { Ranges = CredentialRanges.Parse("192.0.2.0/31") });
        Assert.NotNull(await _inventory.Devices.AccessAsync(id, CancellationToken.None));

        await _inventory.CommitAsync([new DeleteCredential(credential.Id)], CancellationToken.None);
        Assert.Null(await _inventory.Devices.AccessAsync(id, CancellationToken.None));

        async Task ChangeAsync(Func<GlobalCredential, GlobalCredential> change)
        {
            GlobalCredential known = (await _inventory.Credentials.FindAsync(credential.Id, CancellationToken.None))!;
            await _inventory.CommitAsync([_inventory.Credentials.Change(known, change(known))], CancellationToken.None);
        }
    }

    [Fact]
    public async Task Without_its_key_ring_a_credential_is_unreadable_and_nothing_breaks()
    {
        await _inventory.CommitAsync(
            [_inventory.Credentials.Save(new GlobalCredential(Guid.NewGuid(), "core", "", new CredentialContent.Cli("admin", "secret", ""),
                Facts.Noon))], CancellationToken.None);
        DeviceId id = (await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1")], CancellationToken.None))[0];
        var withoutKeys = new Credentials(_inventory, new Secrets(new EphemeralDataProtectionProvider()));

        GlobalCredential credential = Assert.Single(await withoutKeys.ListAsync(null, CancellationToken.None));
        Assert.Equal(new CredentialContent.Unreadable(CredentialKind.Cli), credential.Content);
        Assert.Null(await (await _inventory.RestartAsync()).AccessAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task No_stored_octet_tells_a_secret()
    {
        await _inventory.CommitAsync(
            [_inventory.Credentials.Save(new GlobalCredential(Guid.NewGuid(), "core", "",
                new CredentialContent.ReadCommunity("s3cret-community"), Facts.Noon))], CancellationToken.None);
        await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1") with { Access =
            new AccessSettings(new DeviceCredential.SnmpV2c("s3cret-community")) }], CancellationToken.None);

        foreach (byte[] stored in _inventory.Writes.Select(write => write switch
        {
            SaveCredential save => save.Credential.Sealed,
            SaveDevice save => save.Device.Access.Sealed,
            _ => throw new InvalidOperationException(write.ToString()),
        }).Select(octets => octets.ToArray()))
        {
            Assert.NotEmpty(stored);
            Assert.Equal(-1, stored.AsSpan().IndexOf("s3cret"u8));
        }
    }

    [Fact]
    public async Task A_deleted_device_is_gone_and_a_new_one_when_it_comes_back()
    {
        DeviceId before = (await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1", serial: "SERIAL-1")],
            CancellationToken.None))[0];

        Assert.True(await _inventory.Devices.DeleteAsync(before, CancellationToken.None));
        Assert.False(await _inventory.Devices.DeleteAsync(before, CancellationToken.None));

        Assert.Empty((await _inventory.ViewAsync()).Devices);
        Assert.NotEqual(before,
            (await _inventory.Devices.SaveAsync([Facts.Collected("192.0.2.1", serial: "SERIAL-1")], CancellationToken.None))[0]);
    }

    [Theory]
    [InlineData("10.1.4.2", "127.1.4.2:10161", "10.1.4.2 (at 127.1.4.2:10161)")]
    [InlineData("192.0.2.1", "192.0.2.1:10161", "192.0.2.1:10161")]
    public void Mapped_addresses_keep_their_last_octets_and_are_called_what_they_are_known_by(string address, string sentTo, string name)
    {
        var reach = new DeviceReach(10161, [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))]);

        DeviceAccess access = reach.AccessTo(Ipv4Address.Parse(address), new DeviceCredential.SnmpV2c("public"), retries: 1,
            TimeSpan.FromSeconds(2));
        Assert.Equal((sentTo, name), ($"{access.SentTo}:{access.SnmpPort}", access.Name));
        // With a map, what it does not cover gets no packet.
        Assert.Equal(sentTo.StartsWith("127.", StringComparison.Ordinal), access.Barred is null);
    }
}
