using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Body of <c>POST /flow-analysis</c>. What is absent is null; the server says what is missing.</summary>
public sealed record FlowAnalysisRequest
{
    public string? SourceIP { get; init; }

    public string? DestIP { get; init; }

    /// <summary>"0".."65535"; "0" or absent is any.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? SourcePort { get; init; }

    /// <summary>"0".."65535"; "0" or absent is any.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? DestPort { get; init; }

    /// <summary>TCP, UDP or ICMP in any case, echoed as sent; blank or absent is any.</summary>
    public string? Protocol { get; init; }

    /// <summary>Repeat every 30 s; absent is false.</summary>
    public bool? PeriodicRefresh { get; init; }

    public bool? ControlPath { get; init; }

    /// <summary>
    /// Before the answer, ask the devices on the path again for the rows that it rests on; absent is false. Additional to the API.
    /// </summary>
    public bool? Verify { get; init; }

    /// <summary>Some of INTERFACE-STATS, QOS-STATS, DEVICE-STATS, PERFORMANCE-STATS, ACL-TRACE.</summary>
    public IReadOnlyList<string>? Inclusions { get; init; }
}

/// <summary>Answer (202) of <c>POST /flow-analysis</c>.</summary>
/// <param name="Url">Server-relative, of the flow analysis: <c>/dna/intent/api/v1/flow-analysis/{flowAnalysisId}</c>.</param>
public sealed record FlowAnalysisReference(string FlowAnalysisId, string TaskId, string Url);

/// <summary>A stored request: an item of the list, and the <c>request</c> of a result. Times are epoch milliseconds.</summary>
public sealed record FlowAnalysisRequestItem
{
    /// <summary>Empty where an early release left it out.</summary>
    public string Id { get; init; } = "";

    /// <summary>INPROGRESS, COMPLETED or FAILED; empty where an early release left it out.</summary>
    public string Status { get; init; } = "";

    public required string SourceIP { get; init; }

    public required string DestIP { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? SourcePort { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? DestPort { get; init; }

    public string? Protocol { get; init; }

    public bool? PeriodicRefresh { get; init; }

    public bool? ControlPath { get; init; }

    /// <summary>True when the devices on the path were asked again before the answer; absent of others.</summary>
    public bool? Verify { get; init; }

    public IReadOnlyList<string>? Inclusions { get; init; }

    public long? CreateTime { get; init; }

    /// <summary>0 while INPROGRESS.</summary>
    public long? LastUpdateTime { get; init; }

    /// <summary>The reason of a FAILED one; absent of others.</summary>
    public string? FailureReason { get; init; }
}
