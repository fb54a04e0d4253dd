using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>
/// Body of <c>POST /discovery</c>. What is absent is null. The read object's spellings (<c>snmpRoCommunity</c>, <c>timeOut</c>) are read
/// too.
/// </summary>
public sealed record DiscoveryInput
{
    public string? Name { get; init; }

    /// <summary>Single, Range, Multi Range, CIDR, CDP or LLDP, in any case.</summary>
    public string? DiscoveryType { get; init; }

    /// <summary>One text: <c>a</c>, <c>a-b</c>, <c>a-b,c-d</c> or <c>a/n</c>.</summary>
    [JsonConverter(typeof(CommaTextConverter))]
    public string? IpAddressList { get; init; }

    /// <summary>Addresses or prefixes that are not contacted.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? IpFilterList { get; init; }

    /// <summary>
    /// Addresses, ranges or prefixes: where a crawl may follow announcements. By default private space (RFC 1918); public ranges may be
    /// named.
    /// </summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? WithinList { get; init; }

    /// <summary>How many addresses a crawl contacts at most, 1..65,536; 2,000 by default.</summary>
    public int? AddressBudget { get; init; }

    /// <summary>
    /// Datagrams a second to addresses that have not answered yet, and of these in one /24: <c>200,20</c>, <c>200</c> or <c>off</c>. By
    /// default the controller's own.
    /// </summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Pace { get; init; }

    public int? CdpLevel { get; init; }

    public int? LldpLevel { get; init; }

    public string? ProtocolOrder { get; init; }

    public int? Retry { get; init; }

    /// <summary>The read object's word for <see cref="Retry"/>.</summary>
    public int? RetryCount { get; init; }

    /// <summary>Seconds.</summary>
    public int? Timeout { get; init; }

    /// <summary>The UDP port at which devices answer, 1..65,535; by default the controller's own.</summary>
    public int? SnmpPort { get; init; }

    /// <summary>v2 or v3.</summary>
    public string? SnmpVersion { get; init; }

    public string? SnmpROCommunity { get; init; }

    public string? SnmpROCommunityDesc { get; init; }

    public string? SnmpRWCommunity { get; init; }

    public string? SnmpRWCommunityDesc { get; init; }

    public string? SnmpUserName { get; init; }

    /// <summary>AUTHPRIV, AUTHNOPRIV or NOAUTHNOPRIV.</summary>
    public string? SnmpMode { get; init; }

    /// <summary>MD5, SHA, SHA224, SHA256, SHA384 or SHA512.</summary>
    public string? SnmpAuthProtocol { get; init; }

    public string? SnmpAuthPassphrase { get; init; }

    /// <summary>DES, AES128, AES192, AES256, CISCOAES192 or CISCOAES256.</summary>
    public string? SnmpPrivProtocol { get; init; }

    public string? SnmpPrivPassphrase { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? UserNameList { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? PasswordList { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? EnablePasswordList { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? GlobalCredentialIdList { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? NetconfPort { get; init; }

    public HttpCredential? HttpReadCredential { get; init; }

    public HttpCredential? HttpWriteCredential { get; init; }

    /// <summary>None or UseLoopBack.</summary>
    public string? PreferredMgmtIPMethod { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? ParentDiscoveryId { get; init; }

    public bool? ReDiscovery { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{nameof(DiscoveryInput)} {Name}: {DiscoveryType} {IpAddressList}";
}
