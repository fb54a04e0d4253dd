namespace Towpath.Contracts;

/// <summary>
/// Answer of <c>GET /dna/intent/api/v2/global-credential</c>: credentials by their kind, secrets masked. Towpath reads devices over SNMP;
/// HTTP logins are kept for clients that bring them, and used for nothing.
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
