using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Towpath.Accuracy;
using Towpath.Contracts;

// Runs as the lab's controller: discovers the network in two ways, ages its tables, then sends packets and compares.
if (args is not ["--topology", var file, "--lab", var command])
{
    Console.Error.WriteLine("usage: lab exec controller dotnet Towpath.Accuracy.dll --topology FILE --lab COMMAND");
    return 2;
}

var lab = new Lab(command);
LabTopology topology = LabTopology.Read(file, Lab.IsNative);
CancellationToken none = CancellationToken.None;
var report = new Report(topology.Name, Console.Out);
var clock = Stopwatch.StartNew();

// Hosts that never said a word are in no table: all of them talk once, to a neighbor and to somebody far away.
await lab.TalkAsync(topology.Hosts.SelectMany((host, i) => new[] { topology.Hosts[(i + 1) % topology.Hosts.Count], topology.Controller }
    .Where(other => other != host).Select(other => (host, topology.AddressOf(other)))), none);
Done("hosts talked");

// Some of the devices answer SNMPv2c only, some SNMPv3 only. A device that does not know the user costs a whole timeout; with a shorter one
// the guest's slow agents would answer repetitions only.
var access = new DiscoveryInput
{
    SnmpROCommunity = "public", SnmpUserName = "labv3", SnmpMode = "AUTHPRIV", SnmpAuthProtocol = "SHA", SnmpAuthPassphrase = "labauthpass",
    SnmpPrivProtocol = "AES128", SnmpPrivPassphrase = "labprivpass", Timeout = 10, Retry = 2,
};
await using Controller crawler = await Controller.StartAsync("discovered by LLDP", none);
await using Controller sweeper = await Controller.StartAsync("discovered by ranges", none);
string[] managed = [.. topology.Managed.Order(StringComparer.Ordinal)];
// Both at once: most of the time they wait for agents.
Controller[] controllers = [crawler, sweeper];
string[][] missing = await Task.WhenAll(
    ReadAllAsync(crawler,
        [.. topology.Seeds.Select((seed, i) =>
        access with { Name = $"LLDP {i}", DiscoveryType = "LLDP", IpAddressList = seed, LldpLevel = 16 })]),
    ReadAllAsync(sweeper, [access with { Name = "ranges", DiscoveryType = "Multi Range", IpAddressList = topology.Ranges() }]));
Done("discovered");
foreach ((Controller controller, string[] names) in controllers.Zip(missing))
    report.WriteDiscovery(controller.Name, managed.Length, names, await controller.ProblemsAsync(none));

if (topology.AnyFailure)
{
    await lab.FailAsync(none);
    Done("failed");
}

// From here on no controller asks anything, but before an answer where something has failed. What the devices learn from one host's packets
// they have forgotten before the next one's.
List<(LabFlow Flow, LabPath Real)> sent = [];
foreach (IGrouping<string, LabFlow> ofHost in Flows.Of(topology).GroupBy(flow => flow.From))
    sent.AddRange(ofHost.Zip(await lab.SendAsync(ofHost, none), (flow, answer) => (flow, Packets.Path(answer, topology))));
Done($"{sent.Count} packets sent");

ConcurrentDictionary<(Controller, LabFlow), LabTrace> traces = [];
await TraceAllAsync(verify: false);
Done("traced");
if (topology.AnyFailure)
{
    foreach (Controller controller in controllers) report.WriteStale(controller.Name, JudgedBy(controller));
    await TraceAllAsync(verify: true);
    Done("traced, asking again");
}

LabFlow[] pairs = [.. sent.Select(one => one.Flow).Where(flow => flow.Kind == FlowKind.HostPair)];
IReadOnlyList<JsonElement> sweeps = await lab.SweepAsync(
    pairs.Select(flow => (flow,
        controllers.Max(controller => Math.Max(2, Ways.Of(traces[(controller, flow)].Paths).Elements.Count)))), none);
Done("swept");

foreach (Controller controller in controllers)
{
    Judged[] flows = JudgedBy(controller);
    HashSet<LabFlow> open = [.. flows.Where(flow => flow.Verdict == Verdict.NotAnswerable).Select(flow => flow.Flow),
        .. pairs.Where(flow => Comparison.IsSetOpen(flow, traces[(controller, flow)].Paths, topology))];
    report.Write(controller.Name, flows, [.. pairs
        .Zip(sweeps, (flow, sweep) => new JudgedSet(flow, Packets.Ways(sweep, topology), Ways.Of(traces[(controller, flow)].Paths)))
        .Where(set => !open.Contains(set.Flow))]);
    report.Write(controller.Name, new Percentages([.. sent.Select(one => Comparison.Steps(one.Real, traces[(controller, one.Flow)].Answer))
        .OfType<JudgedFlow>()]));
}
report.WriteSummary();
return report.AllAgree ? 0 : 1;

Task TraceAllAsync(bool verify) => Task.WhenAll(controllers.Select(controller => Parallel.ForEachAsync(sent,
    new ParallelOptions { MaxDegreeOfParallelism = verify ? 4 : 1 }, async (one, token) =>
    traces[(controller, one.Flow)] = await controller.TraceAsync(one.Flow, topology, verify, token))));

Judged[] JudgedBy(Controller controller) =>
    [.. sent.Select(one => Comparison.Judge(one.Flow, one.Real, traces[(controller, one.Flow)].Paths, topology))];

// An agent that is too slow for the processor it has is read again, as an operator would.
async Task<string[]> ReadAllAsync(Controller controller, DiscoveryInput[] discoveries)
{
    const int MostTimes = 3;
    var since = Stopwatch.StartNew();
    for (int times = 1; ; times++)
    {
        foreach (DiscoveryInput discovery in discoveries)
            await controller.DiscoverAsync(discovery with { Name = $"{discovery.Name}, {times}" }, none);
        string[] missing = [.. managed.Except(await controller.DevicesAsync(topology, none))];
        Console.WriteLine($"{topology.Name}, {controller.Name}: {managed.Length - missing.Length} of {managed.Length} devices read "
            + $"in {since.Elapsed.TotalSeconds:0} s");
        if (missing.Length == 0 || times == MostTimes) return missing;
    }
}

void Done(string what)
{
    Console.WriteLine($"{topology.Name}: {what} in {clock.Elapsed.TotalSeconds:0} s");
    clock.Restart();
}
