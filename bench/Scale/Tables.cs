using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Scale.Bench;

/// <summary>How long questions over all devices' tables take, and what they cost in memory. The facts are made here.</summary>
internal static class Tables
{
    private const int AtOnce = 200, Rounds = 20;

    private static readonly (string Name, string Path)[] s_questions =
    [
        ("longest match of an address", "table/routes?longestMatch=10.9.7.20"),
        ("one MAC address", "table/fdb?mac=02:00:00:01:e2:40"),
        ("one address in ARP", "table/arp?address=10.1.226.64"),
        ("one prefix's routes", "table/routes?network=10.9.7.0&prefixLength=24"),
        ("the last page", "table/fdb?offset=0&limit=500"),
        ("a page in order of an address", "table/arp?sortBy=address&order=desc&limit=100"),
        ("a count", "table/fdb/count?vlan=7"),
        ("all as CSV", "table/routes?format=csv"),
    ];

    public static async Task MeasureAsync(int count, int rows)
    {
        await using Controller controller = await Controller.StartAsync(0);
        Devices devices = controller.Services.GetRequiredService<Devices>();
        for (int first = 0; first < count; first += AtOnce)
        {
            CollectedDevice[] some = [.. Enumerable.Range(first, Math.Min(AtOnce, count - first)).Select(at => Device(at, rows / 3))];
            await devices.SaveAsync([.. some], CancellationToken.None);
        }
        await devices.UpToDateAsync(CancellationToken.None);
        long facts = GC.GetTotalMemory(forceFullCollection: true);
        Print($"{count} devices, {(long)count * (rows / 3) * 3} rows, {facts >> 20} MB");
        foreach ((string name, string path) in s_questions)
        {
            string asked = path.Replace("offset=0", $"offset={(long)count * (rows / 3) - 499}", StringComparison.Ordinal);
            List<double> took = [];
            long octets = await controller.ReadAllAsync(asked); // compiled
            using var peak = new Peak();
            (long before, TimeSpan processor) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime);
            for (int round = 0; round < Rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                await controller.ReadAllAsync(asked);
                took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            processor = (Process.GetCurrentProcess().TotalProcessorTime - processor) / Rounds;
            took.Sort();
            Print($"{name}: {took[Rounds / 2]:0} ms, {took[^1]:0} ms at most, {processor.TotalMilliseconds:0} ms of processor");
            Print($"  {octets} octets, {Mebi((GC.GetTotalAllocatedBytes() - before) / Rounds)} MB allocated for each");
            Print($"  {Mebi(peak.More)} MB more left by a collection of garbage at most");
        }
    }

    private static CollectedDevice Device(int at, int rows)
    {
        var own = new Ipv4Address(0x0A000000u + (uint)at);
        return new CollectedDevice(own, new DeviceSnapshot
        {
            Identity = new DeviceIdentity { SysName = $"device-{at}", SerialNumber = $"S{at}" },
            CollectedAt = TimeProvider.System.GetUtcNow(),
            Routes = [.. Enumerable.Range(0, rows).Select(row => new Route(
                new Prefix(new Ipv4Address(0x0A090000u + ((uint)row << 8)), 24), own, new IfIndex(1 + row % 48), RouteKind.Remote,
                RouteProtocol.Other, 20, Route.InetCidrRouteTable))],
            Arp = [.. Enumerable.Range(0, rows).Select(row => new ArpEntry(new IfIndex(1 + row % 48),
                new Ipv4Address(0x0A000000u + Number(row)), Mac(row), ArpEntry.IpNetToMediaTable))],
            Fdb = [.. Enumerable.Range(0, rows).Select(row => new FdbEntry(
                new VlanId((ushort)(1 + row % 40)), Mac(row), new IfIndex(1 + row % 48), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable))],
        }, new AccessSettings(new DeviceCredential.SnmpV2c("public")));

        uint Number(int row) => (uint)(at * rows + row);

        MacAddress Mac(int row) => MacAddress.FromBits(0x0200_0000_0000ul + Number(row));
    }

    private static long Mebi(long octets) => octets >> 20;

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The most that a collection of garbage has left there, looked at every few milliseconds: what is in use between two of them says more
    /// of the collector than of the answer.
    /// </summary>
    private sealed class Peak : IDisposable
    {
        private readonly Timer _timer;
        private readonly long _least;

        public Peak()
        {
            GC.Collect();
            _least = GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes;
            _timer = new Timer(_ => More = Math.Max(More, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes - _least), null, 0, 5);
        }

        public long More { get; private set; }

        public void Dispose() => _timer.Dispose();
    }
}
