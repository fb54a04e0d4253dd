using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Storage.Tests;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Two servers on one database read the devices of one network again, and one of them dies.</summary>
[Trait("Needs", "servers")]
public sealed class SharedReadingTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime, IDisposable
{
    private const int Devices = 96;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");
    private readonly Reader _lives = new(), _dies = new();
    private Cable _cable = null!;
    private SharedServer _living = null!;
    private SharedServer _dying = null!;

    public async Task InitializeAsync()
    {
        (string database, string key) = (postgres.Words(postgres.NewDatabase().Name), SharedServer.NewKey(_folder));
        _cable = new Cable(database);
        _living = new SharedServer(database, key) { Services = services => services.AddSingleton<IDeviceReader>(_lives) };
        _dying = new SharedServer(_cable.Words, key) { Services = services => services.AddSingleton<IDeviceReader>(_dies), LogsIn = false };
        await _living.InitializeAsync();
        await _dying.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        _cable.Cut();
        _cable.Mend();
        await Task.WhenAll(_living.DisposeAsync(), _dying.DisposeAsync());
        _folder.Delete(recursive: true);
    }

    public void Dispose() => _cable.Dispose();

    [Fact]
    public async Task Each_reads_a_part_and_what_the_dead_one_was_reading_is_all_that_is_read_again()
    {
        const int Read = 10;
        // Nobody is read before both servers know all devices.
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var writer = _living.Service<IWriter>();
        await writer.CommitAsync([new SetCollectionInterval(null, 0, now)], default);
        await _living.Service<Devices>().SaveAsync([.. Enumerable.Range(1, Devices).Select(Due)], default);
        await SharedServer.WithinAsync(s_patience, () => Task.FromResult(_dying.Service<Devices>().View.State.Records.Count == Devices));
        await writer.CommitAsync([new SetCollectionInterval(null, null, now - TimeSpan.FromMinutes(40))], default);

        // Each has as many under way as it has places, and none answers yet.
        await Task.WhenAll(_lives.BegunAsync(ReadingJob.AtOnce), _dies.BegunAsync(ReadingJob.AtOnce));
        _lives.Answer(Read);
        _dies.Answer(Read);
        await _dies.BegunAsync(ReadingJob.AtOnce + Read);
        Ipv4Address[] read = _dies.Answered;
        await SharedServer.WithinAsync(s_patience, async () => !(await DueAsync()).Intersect(read).Any()); // it is stored
        Assert.Empty(_lives.Begun.Intersect(_dies.Begun));

        _cable.Cut();
        Ipv4Address[] underWay = [.. _dies.Begun.Except(read)];
        _lives.Answer(2 * Devices);
        await _lives.BegunAsync(Devices - read.Length);
        await SharedServer.WithinAsync(s_patience, async () => (await DueAsync()).Length == 0);

        Assert.Equal(_lives.Begun.Distinct(), _lives.Begun);
        Assert.Equal(underWay.Order(), _lives.Begun.Intersect(_dies.Begun).Order());
        Assert.Equal(Devices, _lives.Begun.Union(read).Count());
    }

    /// <summary>A device that was read so long ago that it is to be read again now.</summary>
    private static CollectedDevice Due(int number)
    {
        Ipv4Address address = Ipv4Address.Parse($"192.0.2.{number}");
        return new CollectedDevice(address, new DeviceSnapshot
        {
            Identity = new DeviceIdentity { SysName = $"d{number}", SysDescr = "", SerialNumber = $"SERIAL {number}" },
            CollectedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(45),
            Addresses = [new InterfaceAddress(new IfIndex(1), address, 24, InterfaceAddress.IpAddrTable)],
        }, new AccessSettings(new DeviceCredential.SnmpV2c("public")));
    }

    /// <summary>Those that are still to be read.</summary>
    private async Task<Ipv4Address[]> DueAsync()
    {
        var due = new List<Ipv4Address>();
        foreach (DeviceRecord device in _living.Service<Devices>().View.State.Records.Values)
        {
            ScheduledDevice? row = await _living.Service<IScheduleStore>().FindAsync(device.Id, default);
            if (row!.ReadAt < TimeProvider.System.GetUtcNow()) due.Add(device.ManagementAddress);
        }
        return [.. due];
    }

    /// <summary>Devices that answer when the test says so, with what they said before.</summary>
    private sealed class Reader : IDeviceReader
    {
        private readonly Lock _lock = new();
        private readonly List<Ipv4Address> _begun = [], _answered = [];
        private readonly Channel<bool> _answers = Channel.CreateUnbounded<bool>();
        private readonly Channel<int> _counts = Channel.CreateUnbounded<int>();

        public TimeSpan Longest => TimeSpan.FromMinutes(15);

        public Ipv4Address[] Begun
        {
            get
            {
                lock (_lock) return [.. _begun];
            }
        }

        public Ipv4Address[] Answered
        {
            get
            {
                lock (_lock) return [.. _answered];
            }
        }

        /// <summary>Returns once so many were begun to be read.</summary>
        public async Task BegunAsync(int devices)
        {
            using var patience = new CancellationTokenSource(s_patience);
            try
            {
                while (Begun.Length < devices) await _counts.Reader.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{Begun.Length} of {devices} were begun, and {Answered.Length} answered.");
            }
        }

        public void Answer(int devices)
        {
            for (int device = 0; device < devices; device++) _answers.Writer.TryWrite(true);
        }

        public Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The schedule knows what it has.");

        public async Task<DeviceAnswer> ReadAgainAsync(
            DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers, TimeSpan? usual,
            CancellationToken cancellationToken)
        {
            lock (_lock) _begun.Add(access.Address);
            _counts.Writer.TryWrite(1);
            await _answers.Reader.ReadAsync(cancellationToken);
            lock (_lock) _answered.Add(access.Address);
            return new DeviceAnswer(known with { }, null);
        }

        public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken) =>
            Task.FromResult(new Pulse(new ChangeSigns(1_000, 10, 20, 30, 40, 50), null, TimeSpan.FromMilliseconds(5)));
    }
}
