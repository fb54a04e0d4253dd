using System.Collections.Immutable;
using System.Globalization;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>Reads of what is kept of interface counters.</summary>
internal sealed class LoadStore(ISqlDatabase database) : ILoadStore
{
    /// <summary>In one round trip. A statement has as many parameters each time, so that it is prepared once.</summary>
    private const int AtOnce = 32;

    private static readonly string[] s_names =
        [.. Enumerable.Range(0, AtOnce).Select(at => string.Create(CultureInfo.InvariantCulture, $"id{at}"))];

    private static readonly string s_some = "SELECT device_id, load FROM interface_load WHERE device_id IN ("
        + string.Join(", ", s_names.Select(name => "$" + name)) + ")";

    public async Task<ImmutableDictionary<DeviceId, DeviceLoad>> LoadsAsync(
        ImmutableArray<DeviceId> devices, CancellationToken cancellationToken)
    {
        var loads = ImmutableDictionary.CreateBuilder<DeviceId, DeviceLoad>();
        foreach (DeviceId[] some in devices.Chunk(AtOnce))
        {
            var ids = s_names.Select((name, at) => (name, (object?)some[Math.Min(at, some.Length - 1)].Value)).ToArray();
            foreach ((DeviceId device, byte[] load) in await database.ListAsync(
                s_some, row => (new DeviceId(row.Id(0)), row.Octets(1)), ids, cancellationToken))
                if (DeviceLoadCodec.Decode(load) is { } kept) loads[device] = kept;
        }
        return loads.ToImmutable();
    }
}
