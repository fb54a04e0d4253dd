using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// Path traces by the call of Catalyst Center 3.2. It shows the same traces as <see cref="FlowAnalysisClient"/>, which older controllers
/// know, too. In the Catalyst family only; see <see cref="ClientSettings.Family"/>.
/// </summary>
public sealed class PathTraceClient
{
    private readonly Connection _connection;

    internal PathTraceClient(Connection connection) => _connection = connection;

    /// <summary>Starts a trace. Its task's progress ends as its id.</summary>
    public Task<PathTraceReference> InitiatePathTraceAsync(PathTraceInput input, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<PathTraceReference>(HttpMethod.Post, "pathTraces", input, cancellationToken);

    /// <summary>All stored requests.</summary>
    public IAsyncEnumerable<PathTraceItem> GetPathTracesAsync(CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<PathTraceItem>(
            _connection, (start, count) => new Query("pathTraces").Add("offset", start).Add("limit", count).ToString(), cancellationToken);

    /// <summary>A request as it was given, and its state.</summary>
    /// <exception cref="ApiException">404: there is no such trace.</exception>
    public Task<PathTraceItem> GetPathTraceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<PathTraceItem>($"pathTraces/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>The path as it is known now.</summary>
    /// <param name="id">Of the trace.</param>
    /// <param name="views">Some of acl, qos, accuracyList, deviceStatistics, performanceMonitorStatistics, interfaceStatistics; null: the
    /// path alone.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ApiException">404: there is no such trace.</exception>
    public Task<PathTraceResult> GetPathTraceResultAsync(
        string id, IReadOnlyList<string>? views = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<PathTraceResult>(
            new Query($"pathTraces/{Uri.EscapeDataString(id)}/result").Add("view", views).ToString(), cancellationToken);

    /// <summary>Deletes a stored trace, and ends its refreshing.</summary>
    public Task<TaskReference> DeletePathTraceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"pathTraces/{Uri.EscapeDataString(id)}", null, cancellationToken);
}
