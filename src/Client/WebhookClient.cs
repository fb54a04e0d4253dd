using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Addresses that the controller calls when something happens. Towpath's own; Cisco's products answer 404.</summary>
public sealed class WebhookClient
{
    private readonly Connection _connection;

    internal WebhookClient(Connection connection) => _connection = connection;

    /// <summary>Adds one. The progress of its task ends as its id.</summary>
    public Task<TaskReference> AddWebhookAsync(WebhookInput webhook, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Post, "webhook", webhook, cancellationToken);

    /// <summary>All, with how their calls went.</summary>
    public Task<IReadOnlyList<WebhookItem>> GetWebhooksAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<WebhookItem>>("webhook", cancellationToken);

    /// <summary>Removes one.</summary>
    /// <exception cref="ApiException">404: there is no such webhook.</exception>
    public Task<TaskReference> DeleteWebhookAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"webhook/{Uri.EscapeDataString(id)}", null, cancellationToken);
}
