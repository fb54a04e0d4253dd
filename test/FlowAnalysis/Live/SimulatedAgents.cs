using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Towpath.Collection;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;

namespace Towpath.FlowAnalysis.Tests;

/// <summary>
/// The agents of a described network without a network between, whose description may become another one at any time. Who is silent keeps
/// each request until it is given up.
/// </summary>
internal sealed class SimulatedAgents(FakeTimeProvider time)
{
    private readonly Dictionary<Ipv4Address, SimulatedDevice> _byAddress = [];

    public HashSet<string> Silent { get; } = [];

    /// <summary>Called with the device's name before each question is answered.</summary>
    public Action<string> OnAsked { get; set; } = _ => { };

    /// <summary>By device: in how many variables it was asked.</summary>
    public Dictionary<string, int> Variables { get; } = [];

    public SnmpAccess Snmp => field ??= new SnmpAccess(target => new Session(this, target, ""));

    public void Become(string description)
    {
        _byAddress.Clear();
        foreach (SimulatedDevice device in new SimulatedNetwork(NetworkDescription.Parse(description), time).Devices)
            foreach (Ipv4Address address in device.Addresses) _byAddress.TryAdd(address, device);
    }

    /// <summary>All devices of the description that are not hidden, read whole.</summary>
    public async Task<NetworkSnapshot> CollectAsync(string description)
    {
        Become(description);
        var collector = new DeviceCollector(Snmp, time);
        var devices = new List<NetworkDevice>();
        foreach (JsonNode? device in JsonNode.Parse(description)!["devices"]!.AsArray().Where(device => device!["hidden"] is null))
        {
            Ipv4Address address = Ipv4Address.Parse((string)device!["managementAddress"]!);
            CollectionResult result = await collector.CollectAsync(AccessTo(address), CancellationToken.None);
            Assert.True(result.Snapshot is not null, $"{device["name"]}: {result.Reason}");
            devices.Add(new NetworkDevice(new DeviceId(StableId.OfHost(default, address)), address, result.Snapshot));
        }
        Variables.Clear();
        return NetworkSnapshot.Build(devices);
    }

    public static DeviceAccess AccessTo(Ipv4Address address) => new(address, new DeviceCredential.SnmpV2c("public"));

    private sealed class Session(SimulatedAgents agents, SnmpTarget target, string context) : ISnmpSession
    {
        public SnmpTarget Target => target;

        private SimulatedDevice? Device => Ipv4Address.TryParse(target.EndPoint.Address.ToString(), null, out Ipv4Address address)
            ? agents._byAddress.GetValueOrDefault(address) : null;

        public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
            AnswerAsync(oids, (view, oid) => new VarBind(oid,
                view.TryGet(oid.SubIdentifiers, out SnmpValue value) ? value : SnmpValue.NoSuchInstance), cancellationToken);

        public Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
            AnswerAsync(oids, (view, oid) =>
                view.TryGetNext(oid.SubIdentifiers, out VarBind next) ? next : new VarBind(oid, SnmpValue.EndOfMibView), cancellationToken);

        public Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget,
            CancellationToken cancellationToken)
        {
            int rows = 0;
            IMibView? view = Device?.View(context);
            for (ObjectIdentifier at = root; view is not null && view.TryGetNext(at.SubIdentifiers, out VarBind next)
                && root.IsPrefixOf(next.Oid.SubIdentifiers); at = next.Oid, rows++)
            {
                if (rows == budget.Rows) return Task.FromResult(new WalkResult(SnmpStatus.BudgetSpent, rows, null));
                byte[] arcs = next.Value.Identifier is { SubIdentifiers: var oid } ? Ber(oid) : [];
                onRow(new VarBindView(next.Oid.SubIdentifiers, next.Value.Type, next.Value.Number,
                    arcs.Length > 0 ? arcs : next.Value.Octets.AsSpan()));
            }
            return Task.FromResult(new WalkResult(SnmpStatus.Ok, rows, null));
        }

        public async Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow,
            WalkBudget budget, CancellationToken cancellationToken) =>
            [.. await Task.WhenAll(roots.Select((root, number) =>
                WalkAsync(root, (scoped in VarBindView row) => onRow(number, row), budget, cancellationToken)))];

        public ISnmpSession ForVlan(int vlan) => new Session(agents, target, $"vlan-{vlan}");

        private async Task<SnmpResponse> AnswerAsync(IReadOnlyList<ObjectIdentifier> oids, Func<IMibView, ObjectIdentifier, VarBind> answer,
            CancellationToken cancellationToken)
        {
            string name = Device?.Name ?? "nobody";
            agents.Variables[name] = agents.Variables.GetValueOrDefault(name) + oids.Count;
            agents.OnAsked(name);
            if (agents.Silent.Contains(name)) await Task.Delay(Timeout.Infinite, cancellationToken);
            return Device?.View(context) is { } view ? new SnmpResponse(SnmpStatus.Ok, [.. oids.Select(oid => answer(view, oid))], null)
                : new SnmpResponse(SnmpStatus.Timeout, [], "nobody answers there");
        }

        /// <summary>X.690 section 8.19.</summary>
        private static byte[] Ber(ReadOnlySpan<uint> arcs)
        {
            var octets = new List<byte> { (byte)(arcs[0] * 40 + arcs[1]) };
            foreach (uint arc in arcs[2..])
            {
                int start = octets.Count;
                for (uint rest = arc, last = 0; ; rest >>= 7, last = 0x80)
                {
                    octets.Insert(start, (byte)(rest & 0x7f | last));
                    if (rest < 0x80) break;
                }
            }
            return [.. octets];
        }
    }
}
