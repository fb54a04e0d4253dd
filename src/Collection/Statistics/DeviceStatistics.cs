namespace Towpath.Collection;

/// <summary>A device's load when it was asked. What it does not tell is null, never 0.</summary>
/// <param name="FailureReason">Null when both were read; else what is missing and why, in words for the operator.</param>
public sealed record DeviceStatistics(CpuStatistics? Cpu, MemoryStatistics? Memory, string? FailureReason)
{
    /// <summary>True when the device told at least one of them.</summary>
    public bool Succeeded => Cpu is not null || Memory is not null;
}

/// <summary>Percent, 0..100, over the time named; null where the device has no such average.</summary>
/// <param name="RefreshedAt">When the device was asked.</param>
public sealed record CpuStatistics(double? FiveSeconds, double? OneMinute, double? FiveMinutes, DateTimeOffset RefreshedAt);

/// <param name="RefreshedAt">When the device was asked.</param>
public sealed record MemoryStatistics(long TotalBytes, long UsedBytes, DateTimeOffset RefreshedAt);
