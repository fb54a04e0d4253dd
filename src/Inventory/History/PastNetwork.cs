using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// What the devices of the inventory tell now, or told at an earlier time, as far as it is kept. Devices that were deleted since are not
/// among them.
/// </summary>
public sealed class PastNetwork(Devices devices, IHistoryStore store, ILoadStore loads, ILogger<PastNetwork> logger) : IDisposable
{
    /// <summary>Indexes of an earlier time are made for one answer and thrown away, so a network may have so many devices for it.</summary>
    public const int MostDevices = 2_000;

    private readonly SemaphoreSlim _building = new(1);

    /// <param name="at">Null: now.</param>
    public Moment At(DateTimeOffset? at) => new(this, devices.View.Network, at);

    public void Dispose() => _building.Dispose();

    /// <summary>The network at one time. For one reader.</summary>
    public sealed class Moment
    {
        private readonly PastNetwork _past;
        private readonly DateTimeOffset? _at;
        private readonly NetworkSnapshot _now;

        internal Moment(PastNetwork past, NetworkSnapshot now, DateTimeOffset? at) => (_past, _now, _at) = (past, now, at);

        /// <summary>
        /// Of the devices that were read so far, those of which nothing is known at that time: they were not known then, or what is kept
        /// begins later.
        /// </summary>
        public int Unknown { get; private set; }

        /// <summary>Of the devices that were read so far, those whose table could not be read whole: rows of it may be missing.</summary>
        public int Unread { get; private set; }

        /// <summary>By name, then by management address, with the facts of that time.</summary>
        /// <param name="isWanted">Is asked with the device as it is now.</param>
        /// <param name="tables">Whose rows are asked for; see <see cref="Unread"/>.</param>
        public async IAsyncEnumerable<NetworkDevice> DevicesAsync(Predicate<NetworkDevice> isWanted, IReadOnlyCollection<FactLayout> tables,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (NetworkDevice device in _now.InOrder)
            {
                if (!isWanted(device)) continue;
                cancellationToken.ThrowIfCancellationRequested();
                NetworkDevice? then = _at is { } at ? await _past.ThenAsync(device, at, cancellationToken) : device;
                if (then is null)
                {
                    Unknown++;
                    continue;
                }
                if (then.Snapshot.Readings.Any(reading => reading.IsInPart && tables.Any(reading.IsOf))) Unread++;
                yield return then;
            }
        }

        /// <summary>
        /// What is kept of these devices' interface counters; none of an earlier time, since only the last interval is kept.
        /// </summary>
        public Task<ImmutableDictionary<DeviceId, DeviceLoad>> LoadsAsync(
            IReadOnlyList<NetworkDevice> devices, CancellationToken cancellationToken) => _at is null
            ? _past.LoadsAsync(devices, cancellationToken) : Task.FromResult(ImmutableDictionary<DeviceId, DeviceLoad>.Empty);

        /// <summary>With links and hosts. Null: it has more than <see cref="MostDevices"/>, and the time is an earlier one.</summary>
        public async Task<NetworkSnapshot?> NetworkAsync(CancellationToken cancellationToken)
        {
            if (_at is null) return _now;
            if (_now.Devices.Length > MostDevices) return null;
            await _past._building.WaitAsync(cancellationToken);
            try
            {
                return NetworkSnapshot.Build(await DevicesAsync(_ => true, [], cancellationToken).ToListAsync(cancellationToken));
            }
            finally
            {
                _past._building.Release();
            }
        }
    }

    private Task<ImmutableDictionary<DeviceId, DeviceLoad>> LoadsAsync(
        IReadOnlyList<NetworkDevice> of, CancellationToken cancellationToken) =>
        loads.LoadsAsync([.. of.Select(device => device.Id)], cancellationToken);

    private async Task<NetworkDevice?> ThenAsync(NetworkDevice device, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await store.SnapshotAtAsync(device.Id, at, cancellationToken) is not { } stored) return null;
        try
        {
            return new NetworkDevice(device.Id, device.ManagementAddress, SnapshotCodec.Decode(stored));
        }
        catch (SnapshotFormatException problem)
        {
            logger.UnreadableSnapshot(device.ManagementAddress, problem.Message);
            return null;
        }
    }
}
