using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// Discovers devices. Two clocks: the task of a create ends as soon as the discovery exists; the discovery itself ends when its
/// <c>discoveryCondition</c> is Complete or Aborted.
/// </summary>
public sealed class DiscoveryClient
{
    /// <summary>How long a discovery is waited for when the caller does not say.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    private readonly Connection _connection;

    internal DiscoveryClient(Connection connection) => _connection = connection;

    /// <summary>Creates and starts a discovery. The ended task's <c>progress</c> is the new discovery's id.</summary>
    public Task<TaskReference> CreateDiscoveryAsync(DiscoveryInput discovery, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Post, "discovery", discovery, cancellationToken);

    /// <summary>What the discovery would cost, without creating it; no packet is sent.</summary>
    /// <exception cref="ApiException">400: the discovery would be refused; 404: the controller has no previews.</exception>
    public Task<DiscoveryPreview> PreviewDiscoveryAsync(DiscoveryInput discovery, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<DiscoveryPreview>(HttpMethod.Post, "discovery/preview", discovery, cancellationToken);

    /// <summary>One discovery.</summary>
    /// <exception cref="ApiException">404: there is no such discovery.</exception>
    public Task<DiscoveryItem> GetDiscoveryAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<DiscoveryItem>($"discovery/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>All discoveries.</summary>
    public IAsyncEnumerable<DiscoveryItem> GetDiscoveriesAsync(CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<DiscoveryItem>(_connection, (start, count) => Pages.Range("discovery", start, count), cancellationToken);

    /// <summary>The discovery of this name; null when there is none.</summary>
    public async Task<DiscoveryItem?> FindDiscoveryAsync(string name, CancellationToken cancellationToken = default)
    {
        await foreach (DiscoveryItem discovery in GetDiscoveriesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (discovery.Name == name) return discovery;
        }
        return null;
    }

    /// <summary>Polls until the discovery's run has ended.</summary>
    /// <param name="id">The discovery's id.</param>
    /// <param name="timeout">By default <see cref="DefaultTimeout"/>.</param>
    /// <param name="pollFrequency">The pause between two polls, by default a quarter of a second.</param>
    /// <param name="progress">Is told every state that was seen.</param>
    /// <param name="cancellationToken">Stops waiting, not the discovery.</param>
    /// <returns>The discovery, Complete or Aborted.</returns>
    /// <exception cref="TaskTimeoutException">It has not ended.</exception>
    public async Task<DiscoveryItem> WaitForDiscoveryCompleteAsync(
        string id, TimeSpan? timeout = null, TimeSpan? pollFrequency = null, IProgress<DiscoveryItem>? progress = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan patience = timeout ?? DefaultTimeout;
        string? condition = null;
        return await Polling.UntilAsync(AskAsync, patience, pollFrequency, _connection.Time, cancellationToken).ConfigureAwait(false)
            ?? throw new TaskTimeoutException("Discovery", id, patience, condition);

        async Task<DiscoveryItem?> AskAsync(CancellationToken token)
        {
            DiscoveryItem discovery = await GetDiscoveryAsync(id, token).ConfigureAwait(false);
            condition = discovery.DiscoveryCondition;
            progress?.Report(discovery);
            return condition is "Complete" or "Aborted" ? discovery : null;
        }
    }

    /// <summary>Stops a running discovery; what it found stays.</summary>
    public Task<TaskReference> StopDiscoveryAsync(string id, CancellationToken cancellationToken = default) =>
        SetStatusAsync(id, "Inactive", cancellationToken);

    /// <summary>Starts a stopped or ended discovery again.</summary>
    public Task<TaskReference> StartDiscoveryAsync(string id, CancellationToken cancellationToken = default) =>
        SetStatusAsync(id, "Active", cancellationToken);

    /// <summary>Deletes a discovery; it is stopped first. The devices it found stay.</summary>
    public Task<TaskReference> DeleteDiscoveryAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"discovery/{Uri.EscapeDataString(id)}", null, cancellationToken);

    /// <summary>What the discovery did at every address it tried.</summary>
    public IAsyncEnumerable<DiscoveryJob> GetJobsAsync(string id, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<DiscoveryJob>(
            _connection, (start, count) =>
                new Query($"discovery/{Uri.EscapeDataString(id)}/job").Add("offset", start).Add("limit", count).ToString(),
            cancellationToken);

    /// <summary>
    /// What was announced to a crawl and not contacted, and why: at most the first 2,000;
    /// <see cref="DiscoveryItem.NumNotContacted"/> counts all.
    /// </summary>
    /// <exception cref="ApiException">404: there is no such discovery, or the controller does not tell.</exception>
    public IAsyncEnumerable<NotContacted> GetNotContactedAsync(string id, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<NotContacted>(_connection, (start, count) => NotContactedPage(id, start, count), cancellationToken);

    /// <summary>The devices it found.</summary>
    public IAsyncEnumerable<DiscoveredDevice> GetDiscoveredDevicesAsync(string id, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<DiscoveredDevice>(
            _connection, (start, count) =>
                Pages.Range($"discovery/{Uri.EscapeDataString(id)}/network-device", start, count), cancellationToken);

    private static string NotContactedPage(string id, int start, int count) =>
        new Query($"discovery/{Uri.EscapeDataString(id)}/not-contacted").Add("offset", start).Add("limit", count).ToString();

    // Only what changes: a read object has its secrets masked and is not to be written back.
    private Task<TaskReference> SetStatusAsync(string id, string status, CancellationToken cancellationToken) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Put, "discovery", new DiscoveryItem { Id = id, DiscoveryStatus = status },
            cancellationToken);
}
