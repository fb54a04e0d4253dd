using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>Reads what <see cref="CompactTrace"/> wrote, field by field in its order.</summary>
internal sealed class CompactTraceReader
{
    private readonly CompactReader _from;
    private readonly List<Evidence> _facts = [];

    private CompactTraceReader(byte[] stored) => _from = new CompactReader(stored, begin: 1);

    /// <exception cref="JsonException">It is damaged, or of a later version.</exception>
    public static TracedFlow Read(byte[] stored)
    {
        try
        {
            var reader = new CompactTraceReader(stored);
            if (reader._from.Octet() is not CompactTrace.Version and var version)
                throw new JsonException($"A stored answer has version {version}; this program reads {CompactTrace.Version}.");
            Trace trace = reader.ReadTrace();
            var labels = reader._from.List(static from => new DeviceLabel(from.Device(), from.Text(), from.Text()));
            reader._from.ExpectEnd();
            return new TracedFlow(trace, labels);
        }
        catch (Exception problem) when (problem is ArgumentException or OverflowException)
        {
            throw new JsonException("A stored answer is damaged: it holds a value that cannot be.", problem);
        }
    }

    private Trace ReadTrace()
    {
        var flow = new Flow(_from.Address(), _from.Address(), _from.Int(), _from.Int(), _from.Int()) { StartAt = _from.MaybeDevice() };
        ImmutableArray<TraceNode> nodes = _from.List(_ => ReadNode());
        ImmutableArray<TraceEdge> edges = _from.List(_ => ReadEdge());
        ImmutableArray<int> shown = _from.List(static from => from.Int());
        Ending ending = CompactEnding.Read(_from);
        var endings = _from.List(static from => KeyValuePair.Create(from.Int(), CompactEnding.Read(from)));
        return new Trace(flow, nodes, edges, shown, ending, endings.ToImmutableDictionary());
    }

    private TraceNode ReadNode() => new(
        (NodeKind)_from.Octet(), _from.MaybeDevice(), _from.MaybeText(), _from.Address(), MacAddress.FromBits(_from.Number()), ReadPort(),
        _from.List(ReadTunnel), ReadFacts())
    {
        RouterId = _from.Address(),
        IsWireless = _from.Flag(),
        PolicyKind = _from.MaybeText(),
    };

    private TraceEdge ReadEdge() => new(
        _from.Int(), _from.Int(), ReadPort(), _from.Text(), _from.Real(), _from.Real(), _from.MaybeText(), ReadFacts())
    {
        Class = _from.Text(),
        Prefix = _from.Flag() ? _from.Prefix() : null,
        NextHop = _from.Flag() ? _from.Address() : null,
        IsCandidate = _from.Flag(),
        NamedByFlowRecord = _from.Flag(),
        Entered = _from.List(ReadTunnel),
        Wires = _from.List(static from => new TraceWire(ReadWirePort(from), ReadWirePort(from))),
    };

    private PortUse? ReadPort() => !_from.Flag() ? null : new PortUse(
        new IfIndex((long)_from.Number()), _from.Text(), new VlanId(checked((ushort)_from.Number())),
        _from.List(static from => new VirtualPort(new IfIndex((long)from.Number()), from.Text())))
    {
        Members = _from.List(ReadWirePort),
        Vrf = new VrfName(_from.Text()),
    };

    private ImmutableArray<Evidence> ReadFacts() =>
        _from.List(from => from.Said(_facts, _ => ReadFact(), out Evidence? fact) ? fact! : throw CompactReader.Damaged());

    private Evidence ReadFact() => new(
        _from.MaybeDevice(), FactSource.Find(_from.Text()), _from.Text(), _from.Time(), _from.Text())
    {
        Doubt = _from.MaybeText(),
        IsReadNow = _from.Flag(),
        HasChanged = _from.Flag(),
        NotReadNow = _from.MaybeText(),
        Match = CompactEnding.ReadMatch(_from),
    };

    private static Tunnel ReadTunnel(CompactReader from) => new(from.Text(), from.Address(), from.Address());

    private static WirePort ReadWirePort(CompactReader from) => new(new IfIndex((long)from.Number()), from.Text());
}
