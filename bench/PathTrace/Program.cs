using System.Diagnostics;
using System.Globalization;
using Towpath.Collection;
using Towpath.Network;
using Towpath.PathTrace.Bench;
using Towpath.Simulator;

// A generated network, read by the real collector without a network between, with a full Internet table on the first core router.
// usage: dotnet run -c Release --project bench/PathTrace [-- DEVICES TRACES ROUTES]
int size = Argument(0, 10_000), traces = Argument(1, 20_000), internet = Argument(2, 1_000_000);

LongestMatch.Measure(internet);
LongestMatch.MeasureFdb(1_000_000);

var generated = new GeneratedNetwork(size, 7, TimeProvider.System);
var views = generated.Devices.ToDictionary(device => device.Addresses[0].ToIPAddress(), device => device.View("")!);
var collector = new DeviceCollector(new SnmpAccess(target => new ViewSession(target, views[target.EndPoint.Address])), TimeProvider.System);
long before = GC.GetTotalMemory(true);
var clock = Stopwatch.StartNew();
NetworkDevice[] devices = new NetworkDevice[size];
await Parallel.ForAsync(0, size, async (i, cancellationToken) =>
{
    SimulatedDevice device = generated.Devices[i];
    var access = new DeviceAccess(device.Addresses[0], new DeviceCredential.SnmpV2c("public"));
    CollectionResult result = await collector.CollectAsync(access, cancellationToken);
    devices[i] = new NetworkDevice(new DeviceId(Guid.NewGuid()), device.Addresses[0],
        result.Snapshot ?? throw new InvalidOperationException($"{device.Name}: {result.Reason}"));
});
if (internet > 0)
    devices[0] = new(devices[0].Id, devices[0].ManagementAddress,
        devices[0].Snapshot with { Routes = [.. devices[0].Snapshot.Routes, .. LongestMatch.InternetRoutes(internet, 1)] });
(long routes, long fdb, long arp) = (devices.Sum(d => (long)d.Snapshot.Routes.Length), devices.Sum(d => (long)d.Snapshot.Fdb.Length),
    devices.Sum(d => (long)d.Snapshot.Arp.Length));
Print($"{size} devices collected in memory in {clock.Elapsed.TotalSeconds:0.0} s: {routes} routes, {fdb} forwarding rows, {arp} ARP rows; facts {Megabytes(before)} MB");

clock.Restart();
NetworkSnapshot network = NetworkSnapshot.Build(devices);
Print($"indexed in {clock.Elapsed.TotalSeconds:0.0} s: {network.Links.Length} links, {network.Hosts.Length} hosts; facts and indexes {Megabytes(before)} MB");
clock.Restart();
foreach (NetworkDevice device in devices) _ = (device.Tables.Fib, device.Tables.Fdb);
Print($"all forwarding tables built in {clock.Elapsed.TotalSeconds:0.0} s; all together {Megabytes(before)} MB, {(GC.GetTotalMemory(true) - before) / Math.Max(1, routes + fdb + arp)} octets a row of any of these tables");

Traces.Measure(network, [.. generated.Hosts], traces, Environment.ProcessorCount);
GC.KeepAlive(devices);

int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

static long Megabytes(long before) => (GC.GetTotalMemory(true) - before) >> 20;

static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
