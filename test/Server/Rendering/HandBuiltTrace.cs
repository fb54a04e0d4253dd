using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Server.Tests;

/// <summary>Traces written by hand, hop by hop, to render them.</summary>
internal sealed class HandBuiltTrace
{
    private readonly ImmutableArray<TraceNode>.Builder _nodes = ImmutableArray.CreateBuilder<TraceNode>();
    private readonly ImmutableArray<TraceEdge>.Builder _edges = ImmutableArray.CreateBuilder<TraceEdge>();
    private readonly ImmutableArray<DeviceLabel>.Builder _labels = ImmutableArray.CreateBuilder<DeviceLabel>();

    /// <summary>In a CAPWAP tunnel from the next element on, until it is set back.</summary>
    public bool InTunnel { get; set; }

    /// <summary>Of the edges to come.</summary>
    public double Confidence { get; set; } = 1;

    private ImmutableArray<Tunnel> Tunnels =>
        InTunnel ? [new Tunnel("CAPWAP", Ipv4Address.Parse("10.1.14.3"), Ipv4Address.Parse("10.1.14.2"))] : [];

    public HandBuiltTrace Host(string address, string? link, bool wireless = false) =>
        Add(new TraceNode(NodeKind.Host, null, null, Ipv4Address.Parse(address), default, null, [], []) { IsWireless = wireless }, null,
            link);

    public HandBuiltTrace Unknown(string link) =>
        Add(new TraceNode(NodeKind.Unknown, null, null, default, default, null, [], []), null, link);

    public HandBuiltTrace AccessPoint(string name, string address, string link)
    {
        DeviceId id = Label(name, DeviceFamily.AccessPoint, DeviceRole.Access);
        return Add(new TraceNode(NodeKind.AccessPoint, id, name, Ipv4Address.Parse(address), default, null, Tunnels, []), null, link);
    }

    /// <param name="ingress">A port's name, with virtual ones after a plus sign.</param>
    public HandBuiltTrace Device(string name, DeviceFamily family, string address, string ingress, string egress, DeviceRole role,
        string link)
    {
        DeviceId id = Label(name, family, role);
        return Add(new TraceNode(NodeKind.Device, id, name, Ipv4Address.Parse(address), default, Port(ingress), Tunnels, []), Port(egress),
            link);
    }

    public TracedFlow Build(Ending? ending = null)
    {
        Ending end = ending ?? new Ending.Delivered();
        // The last element's step leads nowhere.
        var edges = _edges.Where(edge => edge.To < _nodes.Count).ToImmutableArray();
        var flow = new Flow(_nodes[0].Address, _nodes[^1].Address);
        var endings = ImmutableDictionary<int, Ending>.Empty.Add(_nodes.Count - 1, end);
        return new TracedFlow(new Trace(flow, _nodes.ToImmutable(), edges, [.. Enumerable.Range(0, edges.Length)], end, endings),
            [.. _labels.Distinct()]);
    }

    private HandBuiltTrace Add(TraceNode node, PortUse? egress, string? link)
    {
        _nodes.Add(node);
        _edges.Add(new TraceEdge(_nodes.Count - 1, _nodes.Count, egress, link ?? "", 1, Confidence,
            Confidence < 1 ? "a reason" : null, []));
        return this;
    }

    private DeviceId Label(string name, DeviceFamily family, DeviceRole role)
    {
        var id = new DeviceId(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));
        _labels.Add(new DeviceLabel(id, DeviceFamilyWords.Of(family), DeviceRoleWords.Of(role)));
        return id;
    }

    private static PortUse? Port(string text)
    {
        string[] names = text.Split('+');
        return names[0].Length == 0
            ? null : new PortUse(Index(names[0]), names[0], default, [.. names.Skip(1).Select(name => new VirtualPort(Index(name), name))]);
    }

    private static IfIndex Index(string name) => new(1 + Math.Abs(StringComparer.Ordinal.GetHashCode(name) % 1_000_000));
}
