using System.Collections.Immutable;
using System.Globalization;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage.Tests;

public abstract class LoadStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    [Fact]
    public async Task What_is_kept_of_a_device_is_replaced_and_goes_with_it()
    {
        DeviceId one = await AddAsync(1), other = await AddAsync(2);
        Assert.Equal([true, true], await CommitAsync(Load(one, "Gi0/1"), Load(one, "Gi0/2")));
        Assert.Equal("Gi0/2", Assert.Single((await LoadsAsync(one, other))[one].Interfaces).Name);
        Assert.Equal([one], (await LoadsAsync(one, other)).Keys);

        await CommitAsync(new DeleteDevice(one));
        Assert.Empty(await LoadsAsync(one, other));
        Assert.Equal([false], await CommitAsync(Load(one, "Gi0/3"))); // a reading that was under way
        Assert.Empty(await LoadsAsync(one));
    }

    [Fact]
    public async Task More_devices_than_one_statement_takes_are_read_and_damaged_octets_are_left_out()
    {
        DeviceId[] all = new DeviceId[70];
        for (int at = 0; at < all.Length; at++) all[at] = await AddAsync(at + 1);
        await CommitAsync([.. all.Select(device => Load(device, device.ToString()))]);
        await CommitAsync(new SaveLoad(all[5], [1, 2, 3]));
        ImmutableDictionary<DeviceId, DeviceLoad> read = await LoadsAsync(all);
        Assert.Equal(69, read.Count);
        Assert.All(read, kept => Assert.NotNull(kept.Value.Of(kept.Key.ToString())));
    }

    private Task<ImmutableDictionary<DeviceId, DeviceLoad>> LoadsAsync(params DeviceId[] devices) =>
        Database.Loads.LoadsAsync([.. devices], default);

    private static SaveLoad Load(DeviceId device, string port) => new(device, [.. DeviceLoadCodec.Encode(
        DeviceLoad.After(null, new CountersReading(s_at, 100, [new InterfaceCounts(port) { InOctets = 1 }])))]);

    private async Task<DeviceId> AddAsync(int number)
    {
        var id = new DeviceId(Guid.NewGuid());
        var record = new DeviceRecord(id, Ipv4Address.Parse(string.Create(CultureInfo.InvariantCulture, $"192.0.2.{number}")),
            new StoredAccess(null, [1], 2, TimeSpan.FromSeconds(2)), s_at)
        {
            CollectedAt = s_at,
            UpdatedAt = s_at,
            SnapshotDigest = "",
        };
        await CommitAsync(new SaveDevice(record, null, IsNew: true));
        return id;
    }
}
