using System.Collections.Immutable;
using Towpath.Snmp;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>The stored credentials. Secrets are encrypted before they reach the database and decrypted at each use.</summary>
public sealed class Credentials(IInventoryStore store, Secrets secrets)
{
    /// <summary>In order of creation; of one kind when given.</summary>
    public async Task<ImmutableArray<GlobalCredential>> ListAsync(CredentialKind? kind, CancellationToken cancellationToken) =>
        [.. from row in await store.CredentialsAsync(cancellationToken)
            where kind is null || row.Kind == kind
            select Open(row)];

    public async Task<GlobalCredential?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await store.CredentialAsync(id, cancellationToken) is { } row ? Open(row) : null;

    /// <summary>To read devices with. Null when the id is not known, cannot be decrypted any more, or is no SNMP read credential.</summary>
    public async Task<SnmpCredential?> SnmpAsync(Guid id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.Content.ToSnmp();

    /// <summary>Adds the credential or replaces the one of its id.</summary>
    public Write Save(GlobalCredential credential) => new SaveCredential(
        new StoredCredential(credential.Id, credential.Content.Kind, credential.Description, credential.Comments, Seal(credential.Content), credential.CreatedAt));

    private ImmutableArray<byte> Seal(CredentialContent content) => secrets.Seal(content switch
    {
        CredentialContent.Cli cli => cli,
        CredentialContent.ReadCommunity read => read,
        CredentialContent.WriteCommunity write => write,
        CredentialContent.V3 v3 => v3.Credential,
        _ => throw new ArgumentException("A credential that could not be decrypted cannot be stored again; enter it anew.", nameof(content)),
    });

    private GlobalCredential Open(StoredCredential row) => new(row.Id, row.Description, row.Comments, OpenContent(row), row.CreatedAt);

    private CredentialContent OpenContent(StoredCredential row) => row.Kind switch
    {
        CredentialKind.Cli => secrets.Open<CredentialContent.Cli>(row.Sealed),
        CredentialKind.SnmpV2ReadCommunity => secrets.Open<CredentialContent.ReadCommunity>(row.Sealed),
        CredentialKind.SnmpV2WriteCommunity => secrets.Open<CredentialContent.WriteCommunity>(row.Sealed),
        _ => secrets.Open<SnmpCredential.V3>(row.Sealed) is { } v3 ? new CredentialContent.V3(v3) : (CredentialContent?)null,
    } ?? new CredentialContent.Unreadable(row.Kind);
}

/// <summary>A credential as the database has it.</summary>
/// <param name="Sealed">See <see cref="Secrets"/>.</param>
public sealed record StoredCredential(
    Guid Id, CredentialKind Kind, string Description, string Comments, ImmutableArray<byte> Sealed, DateTimeOffset CreatedAt);

/// <summary>Adds or replaces by id; a replaced one keeps its <see cref="StoredCredential.CreatedAt"/>.</summary>
public sealed record SaveCredential(StoredCredential Credential) : Write;

/// <summary>Takes no effect when the id is not known.</summary>
public sealed record DeleteCredential(Guid Id) : Write;
