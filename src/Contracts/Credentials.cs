using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>The subtypes of <c>GET /global-credential?credentialSubType=</c>.</summary>
public static class CredentialSubType
{
    public const string Cli = "CLI";
    public const string SnmpV2ReadCommunity = "SNMPV2_READ_COMMUNITY";
    public const string SnmpV2WriteCommunity = "SNMPV2_WRITE_COMMUNITY";
    public const string SnmpV3 = "SNMPV3";
    public const string HttpRead = "HTTP_READ";
    public const string HttpWrite = "HTTP_WRITE";
    public const string Netconf = "NETCONF";

    /// <summary>Those that devices are read with come first.</summary>
    public static IReadOnlyList<string> All { get; } =
        [SnmpV3, SnmpV2ReadCommunity, SnmpV2WriteCommunity, Cli, HttpRead, HttpWrite, Netconf];
}

/// <summary>
/// What all global credentials have. POST takes an array of one subtype, PUT one object with <see cref="Id"/> or
/// <see cref="InstanceUuid"/>.
/// </summary>
public abstract record GlobalCredential
{
    public string? Id { get; init; }

    public string? InstanceUuid { get; init; }

    public string? InstanceTenantId { get; init; }

    public string? Description { get; init; }

    public string? Comments { get; init; }

    /// <summary>GLOBAL or APP.</summary>
    public string? CredentialType { get; init; }

    /// <summary>
    /// Where the credential may be sent, and never elsewhere: prefixes <c>10.1.0.0/16</c>, ranges <c>10.1.0.1-10.1.0.99</c> and addresses.
    /// Empty: everywhere. In a PUT null leaves them as they are.
    /// </summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Ranges { get; init; }

    /// <summary>Without the secrets.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Id ?? InstanceUuid} {Description}";
}

/// <summary>A login at the command line: <c>/global-credential/cli</c>.</summary>
public sealed record CliCredential : GlobalCredential
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? EnablePassword { get; init; }
}

/// <summary><c>/global-credential/snmpv2-read-community</c></summary>
public sealed record SnmpV2ReadCommunity : GlobalCredential
{
    public string? ReadCommunity { get; init; }
}

/// <summary><c>/global-credential/snmpv2-write-community</c></summary>
public sealed record SnmpV2WriteCommunity : GlobalCredential
{
    public string? WriteCommunity { get; init; }
}

/// <summary><c>/global-credential/snmpv3</c></summary>
public sealed record SnmpV3Credential : GlobalCredential
{
    public string? Username { get; init; }

    /// <summary>AUTHPRIV, AUTHNOPRIV or NOAUTHNOPRIV.</summary>
    public string? SnmpMode { get; init; }

    /// <summary>MD5, SHA, SHA224, SHA256, SHA384 or SHA512.</summary>
    public string? AuthType { get; init; }

    public string? AuthPassword { get; init; }

    /// <summary>DES, AES128, AES192, AES256, CISCOAES192 or CISCOAES256.</summary>
    public string? PrivacyType { get; init; }

    public string? PrivacyPassword { get; init; }
}

/// <summary>An item of <c>GET /global-credential</c>, of any subtype: the subtype's fields, secrets masked, the others absent.</summary>
public sealed record GlobalCredentialItem : GlobalCredential
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? EnablePassword { get; init; }

    public string? ReadCommunity { get; init; }

    public string? WriteCommunity { get; init; }

    public string? SnmpMode { get; init; }

    public string? AuthType { get; init; }

    public string? AuthPassword { get; init; }

    public string? PrivacyType { get; init; }

    public string? PrivacyPassword { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? NetconfPort { get; init; }

    public int? Port { get; init; }

    public bool? Secure { get; init; }
}

/// <summary>A login at a device's web server, as inside a discovery. It is kept, and used for nothing.</summary>
public record HttpCredential : GlobalCredential
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>1 to 65535; absent: 443, or 80 where <see cref="Secure"/> is false.</summary>
    public int? Port { get; init; }

    /// <summary>Over TLS; absent: true.</summary>
    public bool? Secure { get; init; }
}

/// <summary><c>/global-credential/http-read</c></summary>
public sealed record HttpReadCredential : HttpCredential;

/// <summary><c>/global-credential/http-write</c></summary>
public sealed record HttpWriteCredential : HttpCredential;

/// <summary><c>/global-credential/netconf</c>: it goes with a CLI login. It is kept, and used for nothing.</summary>
public sealed record NetconfCredential : GlobalCredential
{
    /// <summary>1 to 65535.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? NetconfPort { get; init; }
}

/// <summary>The body of <c>PUT /global-credential/{id}</c>.</summary>
public sealed record SiteAssignment
{
    /// <summary>Of sites that use the credential.</summary>
    public IReadOnlyList<string>? SiteUuids { get; init; }
}

/// <summary>An item of <c>/snmp-property</c>: <c>snmp-timeout</c> (seconds) or <c>snmp-retry</c>.</summary>
public sealed record SystemProperty
{
    public string? Id { get; init; }

    public string? InstanceUuid { get; init; }

    public string? InstanceTenantId { get; init; }

    public string? SystemPropertyName { get; init; }

    public int? IntValue { get; init; }
}
