using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Load of a device on the path.</summary>
public sealed record DeviceStatistics
{
    public CpuStatistics? CpuStatistics { get; init; }

    public MemoryStatistics? MemoryStatistics { get; init; }
}

/// <summary>Percent, 0..100. What the device does not tell is absent.</summary>
public sealed record CpuStatistics
{
    public double? FiveSecsUsageInPercentage { get; init; }

    public double? OneMinUsageInPercentage { get; init; }

    public double? FiveMinUsageInPercentage { get; init; }

    /// <summary>Epoch milliseconds: when the device was asked.</summary>
    public long? RefreshedAt { get; init; }
}

/// <summary>Bytes.</summary>
public sealed record MemoryStatistics
{
    public long? MemoryUsage { get; init; }

    public long? TotalMemory { get; init; }

    /// <summary>Epoch milliseconds: when the device was asked.</summary>
    public long? RefreshedAt { get; init; }
}

/// <summary>Counters of an interface. What the device does not tell is absent, never 0.</summary>
public sealed record InterfaceStatistics
{
    /// <summary>up or down.</summary>
    public string? AdminStatus { get; init; }

    /// <summary>up or down.</summary>
    public string? OperationalStatus { get; init; }

    public long? InputPackets { get; init; }

    public long? OutputPackets { get; init; }

    /// <summary>Bits a second.</summary>
    public long? InputRatebps { get; init; }

    /// <summary>Bits a second.</summary>
    public long? OutputRatebps { get; init; }

    public long? InputQueueCount { get; init; }

    public long? InputQueueDrops { get; init; }

    public long? InputQueueFlushes { get; init; }

    public long? InputQueueMaxDepth { get; init; }

    public long? OutputQueueCount { get; init; }

    public long? OutputQueueDepth { get; init; }

    public long? OutputDrop { get; init; }

    /// <summary>
    /// Percent, 0..100, of the interface's speed; absent where that or the rate is not known. Towpath's own, as the others from here to
    /// <see cref="RefreshedAt"/>.
    /// </summary>
    public double? InputUtilizationInPercentage { get; init; }

    /// <summary>As <see cref="InputUtilizationInPercentage"/>.</summary>
    public double? OutputUtilizationInPercentage { get; init; }

    /// <summary>Packets that were damaged or could not be read, since the counters began.</summary>
    public long? InputErrors { get; init; }

    /// <summary>Packets that could not be sent for errors, since the counters began.</summary>
    public long? OutputErrors { get; init; }

    /// <summary>Packets that arrived well and were thrown away, since the counters began.</summary>
    public long? InputDiscards { get; init; }

    /// <summary>Epoch milliseconds: when the device was asked.</summary>
    public long? RefreshedAt { get; init; }
}

/// <summary>Counters of one class of a service policy.</summary>
public sealed record QosStatistics
{
    public string? ClassMapName { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? QueueBandwidthbps { get; init; }

    public long? QueueDepth { get; init; }

    public long? NumPackets { get; init; }

    public long? NumBytes { get; init; }

    public long? OfferedRate { get; init; }

    public long? DropRate { get; init; }

    public long? QueueTotalDrops { get; init; }

    public long? QueueNoBufferDrops { get; init; }

    public long? RefreshedAt { get; init; }
}

/// <summary>What a performance monitor on the device saw of the flow.</summary>
public sealed record PerfMonitorStatistics
{
    public string? SourceIpAddress { get; init; }

    public string? DestIpAddress { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? SourcePort { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? DestPort { get; init; }

    public string? Protocol { get; init; }

    public string? InputInterface { get; init; }

    public string? OutputInterface { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? Ipv4DSCP { get; init; }

    public long? Ipv4TTL { get; init; }

    public long? ByteRate { get; init; }

    public long? PacketBytes { get; init; }

    public long? PacketCount { get; init; }

    public long? PacketLoss { get; init; }

    public double? PacketLossPercentage { get; init; }

    public long? RtpJitterMin { get; init; }

    public long? RtpJitterMean { get; init; }

    public long? RtpJitterMax { get; init; }

    public long? RefreshedAt { get; init; }
}
