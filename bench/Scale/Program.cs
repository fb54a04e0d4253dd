using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Scale.Bench;
using Towpath.Snmp;

// A generated network, discovered over SNMP by the whole server in this process, stored on disk, indexed; then discovered again, unchanged.
// Or: how soon are the quick devices there that stand behind many slow ones?
// Or: what do clients feel of devices that are being read, and of indexes that are being made?
// Or: how much do devices that invent rows slow the others?
// Or: how soon does a server serve that finds many devices and tasks?
// Or: how soon does it stop under load?
// Or: how long do questions over the tables of all devices take, and what do they cost?
// usage: dotnet run -c Release --project bench/Scale [-- DEVICES | -- slow SLOW QUICK | -- waiting DEVICES | -- inventing GOOD INVENTING
// [MILLISECONDS [KINDS]] | -- start DEVICES TASKS [PROGRAM] | -- stop [PROGRAM] | -- tables DEVICES ROWS_OF_EACH]
if (args is ["start", var stored, var tasks, ..])
{
    await Starting.MeasureAsync(int.Parse(stored, CultureInfo.InvariantCulture), int.Parse(tasks, CultureInfo.InvariantCulture),
        args.Length > 3 ? args[3] : null);
    return;
}
if (args is ["stop", ..])
{
    await Stopping.MeasureAsync(args.Length > 1 ? args[1] : null);
    return;
}
if (args is ["tables", var owners, var rowsOfEach])
{
    await Tables.MeasureAsync(int.Parse(owners, CultureInfo.InvariantCulture), int.Parse(rowsOfEach, CultureInfo.InvariantCulture));
    return;
}
if (args is ["slow", var slow, var quick])
{
    await SlowOnes.MeasureAsync(int.Parse(slow, CultureInfo.InvariantCulture), int.Parse(quick, CultureInfo.InvariantCulture));
    return;
}
if (args is ["waiting", var many])
{
    await Waiting.MeasureAsync(int.Parse(many, CultureInfo.InvariantCulture));
    return;
}
if (args is ["inventing", var good, var inventing, ..])
{
    TimeSpan delay = TimeSpan.FromMilliseconds(args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 5);
    int kinds = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 1;
    await Inventing.MeasureAsync(
        int.Parse(good, CultureInfo.InvariantCulture), int.Parse(inventing, CultureInfo.InvariantCulture), delay, kinds);
    return;
}
if (args is ["inventors", var port, var count, var milliseconds, var ofKinds])
{
    TimeSpan delay = TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture));
    await Inventing.ServeAsync(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), delay,
        int.Parse(ofKinds, CultureInfo.InvariantCulture));
    return;
}
int devices = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
await using Simulator simulator = await Simulator.StartAsync(devices);
await using Controller controller = await Controller.StartAsync(simulator.Port);
await MeasureAsync("first");
await MeasureAsync("again");

async Task MeasureAsync(string name)
{
    (TimeSpan own, TimeSpan simulated) = (Process.GetCurrentProcess().TotalProcessorTime, simulator.Processor);
    SnmpEngineStatistics before = controller.Services.GetRequiredService<SnmpEngine>().Statistics;
    var clock = Stopwatch.StartNew();
    await controller.DiscoverAsync(name, simulator.Addresses);
    double discovered = clock.Elapsed.TotalSeconds;
    NetworkSnapshot network = controller.Services.GetRequiredService<CurrentNetwork>().Snapshot;
    double indexed = clock.Elapsed.TotalSeconds;
    (own, simulated) = (Process.GetCurrentProcess().TotalProcessorTime - own, simulator.Processor - simulated);
    SnmpEngineStatistics after = controller.Services.GetRequiredService<SnmpEngine>().Statistics;
    long rows = network.Devices.Sum(device => device.Snapshot.Readings.Sum(reading => (long)reading.Rows));
    Print($"{name}: {network.Devices.Length} of {devices} devices discovered and stored in {discovered:0.0} s ({network.Devices.Length / discovered:0}/s), indexed {indexed - discovered:0.0} s later: {network.Links.Length} links, {network.Hosts.Length} hosts");
    Print($"  {rows} table rows ({rows / discovered:0}/s), {after.Sent - before.Sent} requests ({after.Retransmissions - before.Retransmissions} sent again), {rows / Math.Max(1, network.Devices.Length)} rows a device");
    Print($"  processor {own.TotalSeconds:0.0} s here ({own.TotalMilliseconds / devices:0.0} ms a device), {simulated.TotalSeconds:0.0} s in the simulator; memory {Memory() >> 20} MB here (facts and indexes {GC.GetTotalMemory(true) >> 20} MB), {simulator.Memory >> 20} MB there; {controller.StoredOctets >> 20} MB on disk");
}

static long Memory() => Process.GetCurrentProcess().PeakWorkingSet64;

static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
