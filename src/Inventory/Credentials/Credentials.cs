using System.Collections.Immutable;
using Towpath.Network;
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

    /// <summary>Those of the ids that no stored credential has.</summary>
    public async Task<ImmutableArray<Guid>> UnknownAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var stored = (await store.CredentialsAsync(cancellationToken)).Select(row => row.Id).ToHashSet();
        return [.. ids.Where(id => !stored.Contains(id)).Distinct()];
    }

    /// <summary>
    /// To read the device at an address with. Null when the id is not known, the credential cannot be decrypted any more, is none that
    /// devices are read with, or may not be sent there.
    /// </summary>
    public async Task<DeviceCredential?> ForReadingAsync(Guid id, Ipv4Address address, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } credential && credential.Ranges.Allow(address)
            ? credential.Content.ForReading() : null;

    /// <summary>Adds a credential.</summary>
    public Write Save(GlobalCredential credential) => new SaveCredential(Close(credential));

    /// <summary>Changes a credential; refused when it is not as <paramref name="known"/> any more.</summary>
    public Write Change(GlobalCredential known, GlobalCredential changed) => new ChangeCredential(Close(changed), known.Version);

    private StoredCredential Close(GlobalCredential credential) =>
        new(credential.Id, credential.Content.Kind, credential.Description, credential.Comments, Seal(credential.Content),
            credential.CreatedAt)
        {
            Ranges = credential.Ranges.ToString(),
        };

    private ImmutableArray<byte> Seal(CredentialContent content) => secrets.Seal(content switch
    {
        CredentialContent.Cli cli => cli,
        CredentialContent.ReadCommunity read => read,
        CredentialContent.WriteCommunity write => write,
        CredentialContent.V3 v3 => v3.Credential,
        CredentialContent.Http http => http,
        CredentialContent.Netconf netconf => netconf,
        _ => throw new ArgumentException("A credential that could not be decrypted cannot be stored again; enter it anew.",
            nameof(content)),
    });

    private GlobalCredential Open(StoredCredential row) => new(row.Id, row.Description, row.Comments, OpenContent(row), row.CreatedAt)
    {
        Ranges = CredentialRanges.Parse(row.Ranges),
        Version = row.Sealed,
    };

    private CredentialContent OpenContent(StoredCredential row) => row.Kind switch
    {
        CredentialKind.Cli => secrets.Open<CredentialContent.Cli>(row.Sealed),
        CredentialKind.SnmpV2ReadCommunity => secrets.Open<CredentialContent.ReadCommunity>(row.Sealed),
        CredentialKind.SnmpV2WriteCommunity => secrets.Open<CredentialContent.WriteCommunity>(row.Sealed),
        CredentialKind.HttpRead or CredentialKind.HttpWrite => secrets.Open<CredentialContent.Http>(row.Sealed),
        CredentialKind.Netconf => secrets.Open<CredentialContent.Netconf>(row.Sealed),
        _ => secrets.Open<DeviceCredential.SnmpV3>(row.Sealed) is { } v3 ? new CredentialContent.V3(v3) : (CredentialContent?)null,
    } ?? new CredentialContent.Unreadable(row.Kind);
}

/// <summary>A credential as the database has it.</summary>
/// <param name="Sealed">See <see cref="Secrets"/>. Sealing draws random octets, so that no two versions of a credential have the
/// same.</param>
public sealed record StoredCredential(
    Guid Id, CredentialKind Kind, string Description, string Comments, ImmutableArray<byte> Sealed, DateTimeOffset CreatedAt)
{
    /// <summary><see cref="CredentialRanges"/>, as it prints them.</summary>
    public string Ranges { get; init; } = "";
}

/// <summary>Adds the credential. Repeated it is the same one.</summary>
public sealed record SaveCredential(StoredCredential Credential) : Write;

/// <summary>Changes all but <see cref="StoredCredential.CreatedAt"/>. Repeated it is the same change.</summary>
/// <param name="Known">What <see cref="StoredCredential.Sealed"/> must still be; else the write is refused as a conflict.</param>
public sealed record ChangeCredential(StoredCredential Credential, ImmutableArray<byte> Known) : Write;

/// <summary>Takes no effect when the id is not known.</summary>
public sealed record DeleteCredential(Guid Id) : Write;
