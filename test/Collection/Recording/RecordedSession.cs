using System.Collections.Immutable;
using System.Net;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>
/// Plays recorded rows as an agent would: sorted, with noSuchInstance for the rest. VLAN contexts are other recordings; a VLAN without one
/// is silent.
/// </summary>
internal sealed class RecordedSession(IEnumerable<VarBind> rows) : ISnmpSession
{
    private readonly VarBind[] _rows = [.. rows.GroupBy(row => row.Oid).Select(same => same.Last()).OrderBy(row => row.Oid)];

    public Dictionary<int, RecordedSession> Vlans { get; } = [];

    /// <summary>Walks and GETs below these roots end so instead.</summary>
    public Dictionary<string, SnmpStatus> Failures { get; } = [];

    /// <summary>Answers to sysUpTime, in hundredths of a second, one after the other; the last stays. Empty: the recording's.</summary>
    public Queue<uint> Uptimes { get; } = [];

    /// <summary>Roots walked and objects asked, in order.</summary>
    public List<string> Asked { get; } = [];

    public Action<string>? OnAsked { get; set; }

    /// <summary>How long each answer to a GET takes, as the engine measures it.</summary>
    public TimeSpan Took { get; set; }

    /// <summary>A GET of more objects is dropped without a word.</summary>
    public int MostObjects { get; init; } = int.MaxValue;

    public SnmpTarget Target { get; init; } = new(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 161), new SnmpCredential.V2c("public"));

    public IReadOnlyList<VarBind> Rows => _rows;

    public int CountBelow(string root) => _rows.Count(row => ObjectIdentifier.Parse(root).IsPrefixOf(row.Oid.SubIdentifiers));

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ObjectIdentifier oid in oids) Note(oid);
        SnmpStatus status = oids.Count > MostObjects ? SnmpStatus.Timeout
            : oids.Select(FailureOf).FirstOrDefault(failure => failure != SnmpStatus.Ok);
        return Task.FromResult(status != SnmpStatus.Ok
            ? new SnmpResponse(status, [], $"scripted {status}")
            : new SnmpResponse(SnmpStatus.Ok, [.. oids.Select(oid => new VarBind(oid, ValueOf(oid)))], null) { Took = Took });
    }

    public Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ObjectIdentifier oid in oids) Note(oid);
        SnmpStatus status = oids.Select(FailureOf).FirstOrDefault(failure => failure != SnmpStatus.Ok);
        return Task.FromResult(status != SnmpStatus.Ok
            ? new SnmpResponse(status, [], $"scripted {status}")
            : new SnmpResponse(SnmpStatus.Ok, [.. oids.Select(Behind)], null));

        VarBind Behind(ObjectIdentifier oid)
        {
            int at = FirstAtOrAfter(oid);
            if (at < _rows.Length && _rows[at].Oid.Equals(oid)) at++;
            return at < _rows.Length ? _rows[at] : new VarBind(oid, SnmpValue.EndOfMibView);
        }
    }

    public Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Note(root);
        SnmpStatus failure = FailureOf(root);
        int handed = 0;
        for (int at = FirstAtOrAfter(root); at < _rows.Length && root.IsPrefixOf(_rows[at].Oid.SubIdentifiers); at++)
        {
            if (failure is SnmpStatus.Timeout or SnmpStatus.NotAuthorized) break;
            if (handed == budget.Rows) return Task.FromResult(new WalkResult(SnmpStatus.BudgetSpent, handed, $"{handed} rows"));
            SnmpValue value = _rows[at].Value;
            ReadOnlySpan<byte> octets = value.Type == SnmpType.ObjectIdentifier ? Encode(value.Identifier!) : value.Octets.AsSpan();
            onRow(new VarBindView(_rows[at].Oid.SubIdentifiers, value.Type, value.Number, octets));
            handed++;
        }
        return Task.FromResult(new WalkResult(failure, handed, failure == SnmpStatus.Ok ? null : $"scripted {failure}"));
    }

    public async Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow,
        WalkBudget budget, CancellationToken cancellationToken)
    {
        var ended = new WalkResult[roots.Count];
        for (int root = 0; root < roots.Count; root++)
        {
            int number = root;
            bool lost = root > 0 && ended[root - 1].Status == SnmpStatus.Timeout; // who does not answer is not asked for the rest
            ended[root] = lost ? ended[root - 1] with { Rows = 0 }
                : await WalkAsync(roots[root], (scoped in VarBindView row) => onRow(number, row), budget, cancellationToken);
        }
        return [.. ended];
    }

    public ISnmpSession ForVlan(int vlan) => Vlans.TryGetValue(vlan, out RecordedSession? context)
        ? context
        : new RecordedSession([]) { Target = Target.ForVlan(vlan), Failures = { ["1"] = SnmpStatus.Timeout } };

    private SnmpValue ValueOf(ObjectIdentifier oid)
    {
        if (oid.ToString() == "1.3.6.1.2.1.1.3.0" && Uptimes.Count > 0)
            return SnmpValue.TimeTicks(Uptimes.Count > 1 ? Uptimes.Dequeue() : Uptimes.Peek());
        int at = FirstAtOrAfter(oid);
        return at < _rows.Length && _rows[at].Oid.Equals(oid) ? _rows[at].Value : SnmpValue.NoSuchInstance;
    }

    private SnmpStatus FailureOf(ObjectIdentifier oid) =>
        Failures.Where(failure => ObjectIdentifier.Parse(failure.Key).IsPrefixOf(oid.SubIdentifiers)).Select(failure => failure.Value)
            .FirstOrDefault();

    private void Note(ObjectIdentifier oid)
    {
        Asked.Add(oid.ToString());
        OnAsked?.Invoke(oid.ToString());
    }

    private int FirstAtOrAfter(ObjectIdentifier oid)
    {
        int low = 0, high = _rows.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_rows[middle].Oid.CompareTo(oid) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>X.690 section 8.19, written here a second time so that the product's reader has an independent peer.</summary>
    private static byte[] Encode(ObjectIdentifier oid)
    {
        ReadOnlySpan<uint> arcs = oid.SubIdentifiers;
        var octets = new List<byte>();
        var numbers = new List<ulong> { arcs.Length > 1 ? arcs[0] * 40UL + arcs[1] : arcs[0] * 40UL };
        for (int i = 2; i < arcs.Length; i++) numbers.Add(arcs[i]);
        foreach (ulong number in numbers)
        {
            var groups = new Stack<byte>();
            ulong rest = number;
            do groups.Push((byte)(rest & 0x7f | (groups.Count > 0 ? 0x80u : 0)));
            while ((rest >>= 7) > 0);
            octets.AddRange(groups);
        }
        return [.. octets];
    }
}

/// <summary>Rows written by hand.</summary>
internal static class Row
{
    public static VarBind Int(string oid, int value) => new(ObjectIdentifier.Parse(oid), SnmpValue.Int(value));

    public static VarBind Text(string oid, string value) => new(ObjectIdentifier.Parse(oid), SnmpValue.Text(value));

    public static VarBind Hex(string oid, string value) =>
        new(ObjectIdentifier.Parse(oid), SnmpValue.Bytes(Convert.FromHexString(value.Replace(" ", "", StringComparison.Ordinal))));

    public static VarBind Ip(string oid, string address) =>
        new(ObjectIdentifier.Parse(oid), SnmpValue.Ip(Towpath.Network.Ipv4Address.Parse(address).Bits));

    public static VarBind Oid(string oid, string value) => new(ObjectIdentifier.Parse(oid), SnmpValue.Oid(ObjectIdentifier.Parse(value)));

    public static VarBind Gauge(string oid, uint value) => new(ObjectIdentifier.Parse(oid), SnmpValue.Gauge32(value));

    public static VarBind Counter(string oid, ulong value) => new(ObjectIdentifier.Parse(oid), SnmpValue.Counter64(value));

    /// <summary>A system group, so that a device answers at all.</summary>
    public static ImmutableArray<VarBind> System(string name = "edge-1", string descr = "Linux edge-1 6.1.0 #1 SMP x86_64") =>
    [
        Text("1.3.6.1.2.1.1.1.0", descr), Oid("1.3.6.1.2.1.1.2.0", "1.3.6.1.4.1.8072.3.2.10"),
        new VarBind(ObjectIdentifier.Parse("1.3.6.1.2.1.1.3.0"), SnmpValue.TimeTicks(360_000)), Text("1.3.6.1.2.1.1.5.0", name),
        Int("1.3.6.1.2.1.1.7.0", 78),
    ];

    /// <summary>ifTable rows with these names at ifIndex 1, 2, ...</summary>
    public static IEnumerable<VarBind> Interfaces(params string[] names) => names.SelectMany((name, i) => new[]
    {
        Text($"1.3.6.1.2.1.2.2.1.2.{i + 1}", name), Int($"1.3.6.1.2.1.2.2.1.3.{i + 1}", 6), Int($"1.3.6.1.2.1.2.2.1.7.{i + 1}", 1),
        Int($"1.3.6.1.2.1.2.2.1.8.{i + 1}", 1), Hex($"1.3.6.1.2.1.2.2.1.6.{i + 1}", $"00005e0053{i + 1:x2}"),
        Text($"1.3.6.1.2.1.31.1.1.1.1.{i + 1}", name),
    });
}
