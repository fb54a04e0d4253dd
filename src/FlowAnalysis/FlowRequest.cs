using System.Collections.Immutable;
using System.Globalization;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>A trace as a client asked for it. Texts are kept as they were sent, to be echoed.</summary>
/// <param name="SourcePort">"0".."65535"; null: not sent. "0" is any, too.</param>
/// <param name="DestinationPort">In the same way.</param>
/// <param name="Protocol">TCP, UDP or ICMP in any case, or the number of an IP protocol; null, blank or 0: any.</param>
/// <param name="PeriodicRefresh">Repeat every 30 s.</param>
/// <param name="Inclusions">Words of <see cref="FlowAnalysis.Inclusions"/>.</param>
public sealed record FlowRequest(
    Ipv4Address Source, Ipv4Address Destination, string? SourcePort, string? DestinationPort, string? Protocol,
    bool PeriodicRefresh, bool ControlPath, ImmutableArray<string> Inclusions)
{
    /// <summary>Ask the devices on the path for the rows that it rests on again, before the answer.</summary>
    public bool Verify { get; init; }

    public Flow ToFlow() => new(Source, Destination, ProtocolNumber(Protocol) ?? 0, Port(SourcePort), Port(DestinationPort));

    public bool Includes(string inclusion) => Inclusions.Contains(inclusion);

    /// <summary>0 for blank; null for what is neither one of the three words nor a number from 0 to 255 (RFC 791).</summary>
    public static int? ProtocolNumber(string? word) => word?.ToUpperInvariant() switch
    {
        null or "" => 0,
        "ICMP" => 1,
        "TCP" => 6,
        "UDP" => 17,
        _ => byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) ? number : null,
    };

    private static int Port(string? text) =>
        string.IsNullOrEmpty(text) ? 0 : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>The API's words for what a client may ask for beside the path.</summary>
public static class Inclusions
{
    public const string InterfaceStatistics = "INTERFACE-STATS";
    public const string DeviceStatistics = "DEVICE-STATS";
    public const string QosStatistics = "QOS-STATS";
    public const string PerformanceStatistics = "PERFORMANCE-STATS";
    public const string AclTrace = "ACL-TRACE";

    public static ImmutableArray<string> All { get; } = [InterfaceStatistics, QosStatistics, DeviceStatistics, PerformanceStatistics,
        AclTrace];
}
