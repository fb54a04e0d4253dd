using System.Text.Json;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>
/// An ending: its name, the device and the text that it is about, or none, and what only its kind has. And what a filter decided.
/// </summary>
internal static class CompactEnding
{
    public static void Write(CompactWriter to, Ending ending)
    {
        to.Text(ending.GetType().Name);
        switch (ending)
        {
            case Ending.Delivered:
                break;
            case Ending.SourceNotFound end:
                to.Text(end.Reason);
                break;
            case Ending.Left end:
                to.Device(end.At);
                to.Number(end.Interface.Value);
                to.Address(end.NextHop);
                break;
            case Ending.NoRoute end:
                to.Device(end.At);
                to.Address(end.Destination);
                break;
            case Ending.NullRouted end:
                to.Device(end.At);
                to.Prefix(end.Prefix);
                break;
            case Ending.Loop end:
                to.Device(end.FirstRepeated);
                break;
            case Ending.Blocked end:
                to.Device(end.At);
                to.Text(end.Reason);
                break;
            case Ending.Denied end:
                to.Device(end.At);
                to.Number(end.Interface.Value);
                to.Text(end.InterfaceName);
                to.Octet((byte)end.Direction);
                to.Text(end.Rule);
                Write(to, end.Match);
                break;
            case Ending.Unknown end:
                to.Device(end.At);
                to.Text(end.Missing);
                to.Number(end.Candidates);
                break;
            case Ending.TooLong end:
                to.Text(end.Limit);
                break;
            default:
                throw new JsonException($"{ending.GetType().Name} is a new way to end; say here how it is stored.");
        }
    }

    public static Ending Read(CompactReader from) => from.Text() switch
    {
        nameof(Ending.Delivered) => new Ending.Delivered(),
        nameof(Ending.SourceNotFound) => new Ending.SourceNotFound(from.Text()),
        nameof(Ending.Left) => new Ending.Left(from.Device(), Interface(from), from.Address()),
        nameof(Ending.NoRoute) => new Ending.NoRoute(from.Device(), from.Address()),
        nameof(Ending.NullRouted) => new Ending.NullRouted(from.Device(), from.Prefix()),
        nameof(Ending.Loop) => new Ending.Loop(from.Device()),
        nameof(Ending.Blocked) => new Ending.Blocked(from.Device(), from.Text()),
        nameof(Ending.Denied) => new Ending.Denied(from.Device(), Interface(from), from.Text(), Direction(from), from.Text())
        {
            Match = ReadMatch(from),
        },
        nameof(Ending.Unknown) => new Ending.Unknown(from.MaybeDevice(), from.Text()) { Candidates = from.Int() },
        nameof(Ending.TooLong) => new Ending.TooLong(from.Text()),
        var kind => throw new JsonException($"'{kind}' is no way to end."),
    };

    /// <param name="match">Null: none.</param>
    public static void Write(CompactWriter to, FilterMatch? match)
    {
        to.Flag(match is not null);
        if (match is null) return;
        to.Number(match.Interface.Value);
        to.Octet((byte)match.Direction);
        to.Text(match.List);
        to.Flag(match.Permits);
        to.Flag(match.Rule is not null);
        if (match.Rule is not { } rule) return;
        to.Number(rule.Interface.Value);
        to.Octet((byte)rule.Direction);
        to.Text(rule.List);
        to.Number((uint)rule.Sequence);
        to.Flag(rule.Permits);
        to.Octet(rule.Protocol);
        to.Prefix(rule.Source);
        to.Prefix(rule.Destination);
        foreach (ushort port in (ReadOnlySpan<ushort>)
            [rule.SourcePorts.First, rule.SourcePorts.Last, rule.DestinationPorts.First, rule.DestinationPorts.Last])
            to.Number(port);
    }

    public static FilterMatch? ReadMatch(CompactReader from) => !from.Flag() ? null : new FilterMatch(
        Interface(from), Direction(from), from.Text(), from.Flag(), from.Flag() ? ReadRule(from) : null);

    private static FilterRule ReadRule(CompactReader from) => new(
        Interface(from), Direction(from), from.Text(), unchecked((int)(uint)from.Number()), from.Flag())
    {
        Protocol = from.Octet(),
        Source = from.Prefix(),
        Destination = from.Prefix(),
        SourcePorts = Ports(from),
        DestinationPorts = Ports(from),
    };

    private static PortRange Ports(CompactReader from) => new(checked((ushort)from.Number()), checked((ushort)from.Number()));

    private static IfIndex Interface(CompactReader from) => new((long)from.Number());

    private static FilterDirection Direction(CompactReader from) => (FilterDirection)from.Octet();
}
