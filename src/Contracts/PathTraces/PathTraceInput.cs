using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Body of <c>POST /pathTraces</c>. What is absent is null; the server says what is missing.</summary>
public sealed record PathTraceInput
{
    /// <summary>An address; at Towpath also a device's name.</summary>
    public string? SourceIpAddress { get; init; }

    /// <summary>An address; at Towpath also a device's name.</summary>
    public string? DestinationIpAddress { get; init; }

    /// <summary>Stands for the address of the host that has it, where none is given.</summary>
    public string? SourceMacAddress { get; init; }

    /// <summary>Stands for the address of the host that has it, where none is given.</summary>
    public string? DestinationMacAddress { get; init; }

    /// <summary>"0".."65535"; "0" or absent is any.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? SourcePort { get; init; }

    /// <summary>"0".."65535"; "0" or absent is any.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? DestinationPort { get; init; }

    /// <summary>TCP, UDP or ICMP, or a number; blank or absent is any.</summary>
    public string? Protocol { get; init; }

    public bool? ControlPath { get; init; }

    /// <summary>Repeat every 30 s; absent is false.</summary>
    public bool? PeriodicRefresh { get; init; }

    /// <summary>Some of INTERFACE_STATS, QOS_STATS, DEVICE_STATS, PERFORMANCE_STATS, ACL_TRACE.</summary>
    public IReadOnlyList<string>? Inclusions { get; init; }
}

/// <summary>Answer (202) of <c>POST /pathTraces</c>.</summary>
/// <param name="Url">Server-relative, of the trace: <c>/dna/intent/api/v1/pathTraces/{id}</c>.</param>
/// <param name="Id">Of the trace; additional to the API, whose clients read it from the task's progress.</param>
public sealed record PathTraceReference(string TaskId, string Url, string Id);

/// <summary>A stored request: an item of the list, and the answer of <c>GET /pathTraces/{id}</c>. Times are epoch milliseconds.</summary>
public record PathTraceItem
{
    public required string Id { get; init; }

    public required string SourceIpAddress { get; init; }

    public required string DestinationIpAddress { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? SourcePort { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? DestinationPort { get; init; }

    public string? Protocol { get; init; }

    /// <summary>INPROGRESS, COMPLETED or FAILED; of other controllers also SCHEDULED and PENDING.</summary>
    public required string Status { get; init; }

    public bool? ControlPath { get; init; }

    public bool? PeriodicRefresh { get; init; }

    public long? CreateTime { get; init; }

    /// <summary>0 while INPROGRESS.</summary>
    public long? LastUpdateTime { get; init; }

    /// <summary>The reason of a FAILED one; absent of others.</summary>
    public string? FailureReason { get; init; }

    public IReadOnlyList<string>? Inclusions { get; init; }
}
