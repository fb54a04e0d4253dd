namespace Towpath.Contracts;

/// <summary>
/// Answer of <c>GET /dna/intent/api/v2/global-credential</c>: all credentials by their kind, secrets masked. Towpath reads devices over
/// SNMP and keeps no HTTP logins, so those lists are empty.
/// </summary>
public sealed record CredentialsByKind
{
    public required IReadOnlyList<GlobalCredentialItem> CliCredential { get; init; }

    public required IReadOnlyList<GlobalCredentialItem> SnmpV2cRead { get; init; }

    public required IReadOnlyList<GlobalCredentialItem> SnmpV2cWrite { get; init; }

    public required IReadOnlyList<GlobalCredentialItem> SnmpV3 { get; init; }

    public required IReadOnlyList<GlobalCredentialItem> HttpsRead { get; init; }

    public required IReadOnlyList<GlobalCredentialItem> HttpsWrite { get; init; }
}
