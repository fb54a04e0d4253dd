using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Global credentials, which discoveries name by id. Secrets can be written, never read.</summary>
public sealed class CredentialClient
{
    private readonly Connection _connection;

    internal CredentialClient(Connection connection) => _connection = connection;

    /// <summary>All credentials of one subtype.</summary>
    /// <param name="subType">See <see cref="CredentialSubType"/>.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<IReadOnlyList<GlobalCredentialItem>> GetCredentialsAsync(string subType, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<GlobalCredentialItem>>(new Query("global-credential").Add("credentialSubType", subType)
            .ToString(), cancellationToken);

    /// <summary>The subtype of a credential.</summary>
    public Task<string> GetSubTypeAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<string>($"global-credential/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Adds a credential. The ended task's <c>progress</c> is its id.</summary>
    /// <param name="credential">A <see cref="CliCredential"/>, <see cref="SnmpV2ReadCommunity"/>, <see cref="SnmpV2WriteCommunity"/>,
    /// <see cref="SnmpV3Credential"/>, <see cref="HttpReadCredential"/>, <see cref="HttpWriteCredential"/> or
    /// <see cref="NetconfCredential"/>.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public Task<TaskReference> AddCredentialAsync(GlobalCredential credential, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Post, $"global-credential/{Suffix(credential)}", AsList(credential),
            cancellationToken);

    /// <summary>Changes a credential, which its <see cref="GlobalCredential.Id"/> names.</summary>
    /// <param name="credential">As for <see cref="AddCredentialAsync"/>; what is null stays as it is.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ArgumentException">It is of another type, or has no id.</exception>
    public Task<TaskReference> UpdateCredentialAsync(GlobalCredential credential, CancellationToken cancellationToken = default) =>
        credential is { Id: null, InstanceUuid: null }
            ? throw new ArgumentException("A credential is changed by its id; this one has none.", nameof(credential))
            : _connection.SendAsync<TaskReference>(HttpMethod.Put, $"global-credential/{Suffix(credential)}", credential,
                cancellationToken);

    /// <summary>Says at which sites a credential is used. A Towpath controller has one site, and uses each credential there.</summary>
    /// <param name="id">Of the credential.</param>
    /// <param name="siteIds">Of the sites.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<TaskReference> AssignSitesAsync(string id, IReadOnlyList<string> siteIds, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Put, $"global-credential/{Uri.EscapeDataString(id)}",
            new SiteAssignment { SiteUuids = siteIds }, cancellationToken);

    /// <summary>Deletes a credential.</summary>
    public Task<TaskReference> DeleteCredentialAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"global-credential/{Uri.EscapeDataString(id)}", null, cancellationToken);

    private static string Suffix(GlobalCredential credential) => credential switch
    {
        CliCredential => "cli",
        SnmpV2ReadCommunity => "snmpv2-read-community",
        SnmpV2WriteCommunity => "snmpv2-write-community",
        SnmpV3Credential => "snmpv3",
        HttpReadCredential => "http-read",
        HttpWriteCredential => "http-write",
        NetconfCredential => "netconf",
        _ => throw new ArgumentException($"{credential.GetType().Name} cannot be written.", nameof(credential)),
    };

    // An array of the exact type: an array of the base type would be written without the secrets.
    private static Array AsList(GlobalCredential credential)
    {
        Array list = Array.CreateInstance(credential.GetType(), 1);
        list.SetValue(credential, 0);
        return list;
    }
}
