using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Traces the path that a packet takes.</summary>
public sealed class FlowAnalysisClient
{
    private readonly Connection _connection;
    private readonly TaskClient _tasks;

    internal FlowAnalysisClient(Connection connection, TaskClient tasks)
    {
        _connection = connection;
        _tasks = tasks;
    }

    /// <summary>Starts a trace.</summary>
    /// <param name="source">The address of a host or an interface.</param>
    /// <param name="dest">The address the packet goes to.</param>
    /// <param name="options">Ports, protocol, statistics; null: the path of any packet between the two.</param>
    /// <param name="cancellationToken">Stops asking, not the trace.</param>
    public Task<FlowAnalysisReference> InitiateFlowAnalysisAsync(
        string source, string dest, FlowAnalysisOptions? options = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<FlowAnalysisReference>(HttpMethod.Post, "flow-analysis",
            (options ?? new FlowAnalysisOptions()).ToRequest(source, dest), cancellationToken);

    /// <summary>The stored analysis as it is now: perhaps INPROGRESS, perhaps without the statistics that were asked for.</summary>
    /// <exception cref="ApiException">404: there is no such analysis.</exception>
    public Task<FlowAnalysisResult> GetFlowAnalysisAsync(string flowAnalysisId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<FlowAnalysisResult>($"flow-analysis/{Uri.EscapeDataString(flowAnalysisId)}", cancellationToken);

    /// <summary>Waits until the path is there with every statistic that was asked for.</summary>
    /// <param name="analysis">What <see cref="InitiateFlowAnalysisAsync"/> returned.</param>
    /// <param name="timeout">By default <see cref="TaskClient.DefaultTimeout"/>.</param>
    /// <param name="pollFrequency">
    /// The pause between two polls of a controller that does not wait, by default a quarter of a second.
    /// </param>
    /// <param name="cancellationToken">Stops waiting, not the trace.</param>
    /// <exception cref="FlowAnalysisFailedException">It ended with an error.</exception>
    /// <exception cref="TaskTimeoutException">It has not ended, or statistics are missing.</exception>
    public Task<FlowAnalysisResult> GetFullFlowAnalysisResultAsync(
        FlowAnalysisReference analysis, TimeSpan? timeout = null, TimeSpan? pollFrequency = null,
        CancellationToken cancellationToken = default) =>
        GetFullFlowAnalysisResultAsync(analysis.FlowAnalysisId, timeout, pollFrequency, cancellationToken);

    /// <inheritdoc cref="GetFullFlowAnalysisResultAsync(FlowAnalysisReference, TimeSpan?, TimeSpan?, CancellationToken)"/>
    /// <param name="flowAnalysisId">Id of a stored analysis.</param>
    /// <param name="timeout">By default <see cref="TaskClient.DefaultTimeout"/>.</param>
    /// <param name="pollFrequency">
    /// The pause between two polls of a controller that does not wait, by default a quarter of a second.
    /// </param>
    /// <param name="cancellationToken">Stops waiting, not the trace.</param>
    public async Task<FlowAnalysisResult> GetFullFlowAnalysisResultAsync(
        string flowAnalysisId, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, CancellationToken cancellationToken = default)
    {
        TimeSpan patience = timeout ?? TaskClient.DefaultTimeout;
        string status = "";
        return await Polling.UntilAsync(AskAsync, patience, pollFrequency, _connection.Time, cancellationToken).ConfigureAwait(false)
            ?? throw new TaskTimeoutException("Flow analysis", flowAnalysisId, patience, status);

        async Task<(FlowAnalysisResult?, bool)> AskAsync(TimeSpan left, CancellationToken token)
        {
            (FlowAnalysisResult result, bool hasWaited) = await _connection
                .GetWaitingAsync<FlowAnalysisResult>($"flow-analysis/{Uri.EscapeDataString(flowAnalysisId)}", left, token)
                .ConfigureAwait(false);
            status = result.Request.Status;
            if (status == "FAILED") throw new FlowAnalysisFailedException(flowAnalysisId, result.Request.FailureReason);
            if (status != "COMPLETED") return (null, hasWaited);
            if (AskedStatistics.AreIn(result)) return (result, hasWaited);
            status = "COMPLETED, statistics still to come";
            return (null, false);
        }
    }

    /// <summary>
    /// Starts a trace, waits for its task, and returns the whole result; once it is accepted, both together take no longer than the
    /// timeout.
    /// </summary>
    /// <exception cref="TaskFailedException">The trace failed, for instance because nobody knows the source.</exception>
    /// <exception cref="TaskTimeoutException">It has not ended, or statistics are missing.</exception>
    public async Task<FlowAnalysisResult> TraceAsync(
        string source, string dest, FlowAnalysisOptions? options = null, TimeSpan? timeout = null, TimeSpan? pollFrequency = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan patience = timeout ?? TaskClient.DefaultTimeout;
        FlowAnalysisReference analysis = await InitiateFlowAnalysisAsync(source, dest, options, cancellationToken).ConfigureAwait(false);
        long start = _connection.Time.GetTimestamp();
        await _tasks.WaitForTaskCompleteAsync(analysis, patience, pollFrequency, null, cancellationToken).ConfigureAwait(false);
        TimeSpan left = patience - _connection.Time.GetElapsedTime(start);
        return await GetFullFlowAnalysisResultAsync(analysis, left, pollFrequency, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Where the paths of two ended traces part; the trace back is read backwards. Towpath's own; Cisco's products answer 404.
    /// </summary>
    /// <exception cref="ApiException">404: one is not known; 409: one has not ended.</exception>
    public Task<PathComparison> CompareAsync(string flowAnalysisId, string otherId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<PathComparison>(
            new Query($"flow-analysis/{Uri.EscapeDataString(flowAnalysisId)}/comparison").Add("with", otherId).ToString(),
            cancellationToken);

    /// <summary>All stored requests.</summary>
    public IAsyncEnumerable<FlowAnalysisRequestItem> GetFlowAnalysesAsync(CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<FlowAnalysisRequestItem>(
            _connection, (start, count) =>
                new Query("flow-analysis").Add("offset", start).Add("limit", count).ToString(), cancellationToken);

    /// <summary>Deletes a stored analysis, and ends its refreshing.</summary>
    public Task<TaskReference> DeleteFlowAnalysisAsync(string flowAnalysisId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"flow-analysis/{Uri.EscapeDataString(flowAnalysisId)}", null,
            cancellationToken);
}

/// <summary>What narrows a trace, and what to collect along it.</summary>
public sealed record FlowAnalysisOptions
{
    /// <summary>0..65535; null: any.</summary>
    public int? SourcePort { get; init; }

    /// <summary>0..65535; null: any.</summary>
    public int? DestPort { get; init; }

    /// <summary>TCP, UDP or ICMP; null: any.</summary>
    public string? Protocol { get; init; }

    /// <summary>Trace again every 30 s until it is deleted.</summary>
    public bool PeriodicRefresh { get; init; }

    /// <summary>
    /// Before the answer, ask the devices on the path again for the rows that it rests on: seconds at most, and only Towpath does it.
    /// Not together with <see cref="PeriodicRefresh"/>.
    /// </summary>
    public bool Verify { get; init; }

    /// <summary>See <see cref="Inclusion"/>.</summary>
    public IReadOnlyList<string> Inclusions { get; init; } = [];

    /// <summary>The same of the packets back: the ports change sides.</summary>
    public FlowAnalysisOptions Back() => this with { SourcePort = DestPort, DestPort = SourcePort };

    internal FlowAnalysisRequest ToRequest(string source, string dest) => new()
    {
        SourceIP = source,
        DestIP = dest,
        SourcePort = SourcePort?.ToString(CultureInfo.InvariantCulture),
        DestPort = DestPort?.ToString(CultureInfo.InvariantCulture),
        Protocol = Protocol,
        PeriodicRefresh = PeriodicRefresh,
        Verify = Verify ? true : null,
        Inclusions = Inclusions.Count == 0 ? null : Inclusions,
    };
}

/// <summary>What a trace can collect from the devices on the path.</summary>
public static class Inclusion
{
    /// <summary>CPU and memory of every device.</summary>
    public const string DeviceStats = "DEVICE-STATS";

    /// <summary>Counters of every interface.</summary>
    public const string InterfaceStats = "INTERFACE-STATS";

    /// <summary>Counters of service policies.</summary>
    public const string QosStats = "QOS-STATS";

    /// <summary>What performance monitors saw of the flow.</summary>
    public const string PerformanceStats = "PERFORMANCE-STATS";

    /// <summary>What access lists say about the flow.</summary>
    public const string AclTrace = "ACL-TRACE";
}
