using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A question: the packet to trace.</summary>
/// <param name="Protocol">IP protocol number: 1 ICMP, 6 TCP, 17 UDP; 0 for any.</param>
/// <param name="SourcePort">0 for any.</param>
/// <param name="DestinationPort">0 for any.</param>
public sealed record Flow(Ipv4Address Source, Ipv4Address Destination, int Protocol = 0, int SourcePort = 0, int DestinationPort = 0)
{
    /// <summary>
    /// The device whose tables forward the packet first, whoever owns <see cref="Source"/>. Null: the trace begins where the source is.
    /// </summary>
    public DeviceId? StartAt { get; init; }
}
