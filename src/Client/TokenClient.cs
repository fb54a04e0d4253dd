using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// Tokens with a name, to be kept in place of a password; see <see cref="ClientSettings.Token"/>. Towpath's own; Cisco's products answer
/// 404.
/// </summary>
public sealed class TokenClient
{
    private readonly Connection _connection;

    internal TokenClient(Connection connection) => _connection = connection;

    /// <summary>The named tokens of the user, the oldest first, without the secrets.</summary>
    public Task<IReadOnlyList<TokenItem>> GetTokensAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TokenItem>>("token", cancellationToken);

    /// <summary>The token that this connection shows: who is logged in, and until when.</summary>
    public Task<TokenItem> GetCurrentTokenAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<TokenItem>("token/current", cancellationToken);

    /// <summary>A new token. Only a login with the password hands one out; its <c>Token</c> is told this once.</summary>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="lifetimeDays">1 to 365; by default 90.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="NotAllowedException">403: this connection itself has a named token.</exception>
    public Task<TokenItem> CreateTokenAsync(string name, int? lifetimeDays = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TokenItem>(
            HttpMethod.Post, "token", new TokenInput { Name = name, LifetimeDays = lifetimeDays }, cancellationToken);

    /// <summary>Ends a token by its id.</summary>
    /// <exception cref="ApiException">404: the user has no such token.</exception>
    public Task<string> RevokeTokenAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<string>(HttpMethod.Delete, $"token/{Uri.EscapeDataString(id)}", null, cancellationToken);
}
