using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.Commands;

/// <summary>
/// The devices of recorded walks as the product sees them: served by SNMP on loopback, each at an address of its own, and collected through
/// the real engine.
/// </summary>
internal sealed record RecordedNetwork(ImmutableArray<NetworkDevice> Devices)
{
    // 64 Ki addresses that are nobody's in any recording: 127/8 is never on a wire.
    private static readonly Prefix s_addresses = Prefix.Parse("127.77.0.0/16");

    public NetworkSnapshot Snapshot { get; } = NetworkSnapshot.Build(Devices);

    // Contexts that were not recorded do not answer, and loopback has no way to be slow.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Rows that became facts.</summary>
    public int Facts => Devices.Sum(device => device.Snapshot.Readings.Sum(reading => reading.Rows));

    /// <exception cref="UsageException">The folder cannot be read, or a device of it cannot be collected.</exception>
    public static async Task<RecordedNetwork> CollectAsync(NetworkFolder folder, CancellationToken cancellationToken)
    {
        SimulatedDevice[] walks =
            [.. SimulatedAgents.Devices(null, folder.Path).Select((device, number) => device with { Addresses = [AddressOf(number)] })];
        await using AgentHost agents = SimulatedAgents.Start(walks, 0, []);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);

        NetworkDevice[] devices = await Task.WhenAll(walks.Select((walk, number) => CollectAsync(walk, number)));
        return new RecordedNetwork(WithoutRepetitions(devices));

        async Task<NetworkDevice> CollectAsync(SimulatedDevice walk, int number)
        {
            var access = new DeviceAccess(walk.Addresses[0], new DeviceCredential.SnmpV2c("public"))
            {
                SnmpPort = agents.Port,
                Timeout = s_patience,
            };
            CollectionResult result = await collector.CollectAsync(access, cancellationToken);
            // A walk tells no time. All are of one moment, so that none is right by being the newer one.
            return result.Snapshot is { } snapshot
                ? new NetworkDevice(new DeviceId(new Guid(number + 1, 0, 0, new byte[8])), walk.Addresses[0],
                    snapshot with { CollectedAt = DateTimeOffset.UnixEpoch })
                : throw new UsageException($"{walk.Name} of {folder.Path} cannot be collected: {result.Reason}");
        }
    }

    /// <summary>
    /// The same name and serial number is the same device, recorded twice: as in the inventory, the later recording replaces the earlier
    /// one.
    /// </summary>
    private static ImmutableArray<NetworkDevice> WithoutRepetitions(IEnumerable<NetworkDevice> devices) =>
        [.. devices.GroupBy(device => device.Snapshot.Identity.SerialNumber is { } serial
            ? (device.Name, serial) : (device.Id.ToString(), "")).Select(same => same.Last())];

    private static Ipv4Address AddressOf(int number) => new(s_addresses.Network.Bits + (uint)number + 1);
}
