using System.Text.Json;
using Towpath.Accuracy;
using Towpath.Contracts;

// Runs as the lab's controller: discovers the network twice, ages its tables, then sends packets and compares.
if (args is not ["--topology", var file, "--lab", var command])
{
    Console.Error.WriteLine("usage: lab exec controller dotnet Towpath.Accuracy.dll --topology FILE --lab COMMAND");
    return 2;
}

var lab = new Lab(command);
LabTopology topology = LabTopology.Read(file, Lab.IsNative);
CancellationToken none = CancellationToken.None;

// Hosts that never said a word are in no table: all of them talk once.
for (int i = 0; i < topology.Hosts.Count; i++) await lab.PingAsync(topology.Hosts[i], topology.AddressOf(topology.Hosts[(i + 1) % topology.Hosts.Count]), none);

var v2c = new DiscoveryInput { SnmpVersion = "v2", SnmpROCommunity = "public", Timeout = 10, Retry = 2 };
var v3 = new DiscoveryInput
{
    SnmpVersion = "v3", SnmpUserName = "labv3", SnmpMode = "AUTHPRIV", SnmpAuthProtocol = "SHA", SnmpAuthPassphrase = "labauthpass",
    SnmpPrivProtocol = "AES128", SnmpPrivPassphrase = "labprivpass", Timeout = 10, Retry = 2,
};
await using Controller crawler = await Controller.StartAsync("discovered by LLDP over SNMPv2c,", none);
await using Controller sweeper = await Controller.StartAsync("discovered by address ranges over SNMPv3,", none);
string[] managed = [.. topology.Managed.Order(StringComparer.Ordinal)];
bool allFound = true;
for (int i = 0; i < topology.Seeds.Count; i++)
    await crawler.DiscoverAsync(v2c with { Name = $"LLDP {i}", DiscoveryType = "LLDP", IpAddressList = topology.Seeds[i], LldpLevel = 16 }, none);
await sweeper.DiscoverAsync(v3 with { Name = "ranges", DiscoveryType = "Multi Range", IpAddressList = topology.Ranges() }, none);
foreach (Controller controller in new[] { crawler, sweeper })
{
    string[] missing = [.. managed.Except(await controller.DevicesAsync(none))];
    allFound &= missing.Length == 0;
    Console.WriteLine($"{topology.Name}, {controller.Name} {managed.Length - missing.Length} of {managed.Length} devices{(missing.Length == 0 ? "" : $"; missing {string.Join(" ", missing)}")}");
    if (missing.Length > 0) Console.WriteLine($"  {string.Join("\n  ", await controller.ProblemsAsync(none))}");
}

IReadOnlyList<LabFlow> flows = Flows.Of(topology);
List<(LabFlow Flow, LabPath Real)> sent = [];
foreach (LabFlow flow in flows)
{
    await lab.AgeAsync(none);
    sent.Add((flow, Packets.Path(await lab.SendAsync(flow, none), topology)));
}

var report = new Report(topology.Name, Console.Out);
Dictionary<LabFlow, IReadOnlySet<string>> swept = [];
foreach (Controller controller in new[] { crawler, sweeper })
{
    List<Judged> judged = [];
    List<JudgedSet> sets = [];
    foreach (var (flow, real) in sent)
    {
        IReadOnlyList<LabPath> traced = await controller.TraceAsync(flow, topology, none);
        judged.Add(Comparison.Judge(flow, real, traced, topology));
        if (flow.Kind != FlowKind.HostPair) continue;
        var predicted = traced.Select(path => path.Elements).ToHashSet();
        if (!swept.TryGetValue(flow, out IReadOnlySet<string>? seen))
        {
            JsonElement sweep = await lab.SweepAsync(flow, Math.Max(2, predicted.Count), none);
            swept[flow] = seen = Packets.Elements(sweep, topology);
        }
        sets.Add(new JudgedSet(flow, seen, predicted));
    }
    report.Write(controller.Name, judged, sets);
}
report.WriteSummary();
return allFound && report.AllAgree ? 0 : 1;
