using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

/// <summary>
/// Every recorded device and network, served by the simulator and asked by the real engine over UDP. For each table the facts are as many
/// as the rows that a counter finds in the file; rows that are rightly no facts are named with the reason in the approved text.
/// </summary>
[Trait("Needs", "patience")]
public sealed class FactsEqualRowsTests
{
    [SharedFact]
    public async Task Every_recorded_device_has_as_many_facts_as_rows()
    {
        var leftOut = new StringBuilder();
        await CountAsync(Shared.File("samples", "snmprec"), leftOut);
        Golden.Match("collection/rows-left-out-of-devices.txt", leftOut.ToString());
    }

    [SharedFact]
    public async Task Every_device_of_the_recorded_networks_has_as_many_facts_as_rows()
    {
        var leftOut = new StringBuilder();
        foreach (string network in Directory.GetDirectories(Shared.File("samples", "snmp-networks")).Order(StringComparer.Ordinal))
            await CountAsync(network, leftOut);
        Golden.Match("collection/rows-left-out-of-networks.txt", leftOut.ToString());
    }

    private static async Task CountAsync(string folder, StringBuilder leftOut)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        SimulatedDevice[] devices = [.. RecordedWalks.FromFolder(folder).Select(Identified)];
        var options = new AgentHostOptions { Port = FreePort() };
        await using AgentHost agents = AgentHost.Start([.. devices], options);
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        var collector = new DeviceCollector(new SnmpAccess(engine.Open), TimeProvider.System);
        var wrong = new List<string>();
        foreach (SimulatedDevice device in devices)
        {
            var access = new DeviceAccess(options.MapAddress(device.Addresses[0]), new DeviceCredential.SnmpV2c("public"))
            {
                SnmpPort = options.Port,
            };
            CollectionResult result = await collector.CollectAsync(access, patience.Token);
            if (result.Snapshot is { } snapshot) Compare(folder, device.Name, snapshot, leftOut, wrong);
            else wrong.Add($"{device.Name}: {result.Reason}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void Compare(string folder, string name, DeviceSnapshot snapshot, StringBuilder leftOut, List<string> wrong)
    {
        foreach (string file in Directory.GetFiles(folder, $"{name}.*").Order(StringComparer.Ordinal))
        {
            string rest = Path.GetFileName(file)[(name.Length + 1)..];
            if (rest.Contains("json", StringComparison.Ordinal)) continue;
            VlanId context = rest.StartsWith("vlan.", StringComparison.Ordinal)
                ? new VlanId(ushort.Parse(rest.Split('.')[1], CultureInfo.InvariantCulture)) : default;
            // The default context shows VLAN 1: where both answer, its rows are the same ones again.
            bool again = context.IsNone
                && snapshot.Readings.Any(reading => reading is { Context: "vlan-1", Outcome: ReadingOutcome.Answered }
                && reading.Source == BridgePort.Dot1dBasePortTable);
            var rows = new RecordedRows(file);
            foreach (CountedTable table in CountedTable.All.Where(table => context.IsNone || table.HasContexts))
            {
                string[] indexes = [.. rows.Indexes(table.Column)];
                if (indexes.Length == 0 && table.OrElse is { } other) indexes = [.. rows.Indexes(other)];
                var reasons = indexes.Select(index => table.LeftOut.FirstOrDefault(rule => rule.Is(rows, table.Column, index))?.Why)
                    .Where(why => why is not null).GroupBy(why => why!).ToArray();
                int expected = indexes.Length - reasons.Sum(why => why.Count()), facts = table.Facts(snapshot, context);
                string what = $"{Path.GetFileName(folder)}/{name}{(context.IsNone ? "" : $" vlan-{context}")} {table.Source}";
                bool dropped = again && table.HasContexts && table.Source != BridgePort.Dot1dBasePortTable;
                if (facts != (dropped ? 0 : expected))
                    wrong.Add($"{what}: {facts} facts, {indexes.Length} rows of which {expected} should be facts");
                if (dropped && expected > 0)
                    leftOut.AppendLine($"{what}: {indexes.Length} rows, {indexes.Length} are told again by vlan-1");
                else if (reasons.Length > 0)
                    leftOut.AppendLine($"{what}: {indexes.Length} rows, {string.Join(", ", reasons.Select(why => $"{why.Count()} {why.Key}"))}");
            }
        }
    }

    /// <summary>Some recordings were cut to their bridge tables: they get a system group, without which a device is refused.</summary>
    private static SimulatedDevice Identified(SimulatedDevice device)
    {
        IMibView recorded = device.View("")!;
        if (recorded.TryGet(ObjectIdentifier.Parse("1.3.6.1.2.1.1.1.0").SubIdentifiers, out _)) return device;
        var rows = new List<VarBind>(Row.System(device.Name));
        for (ObjectIdentifier at = new(0, 0); recorded.TryGetNext(at.SubIdentifiers, out VarBind next); at = next.Oid) rows.Add(next);
        var whole = new SortedMibView(rows);
        return device with { View = context => context.Length == 0 ? whole : device.View(context) };
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
