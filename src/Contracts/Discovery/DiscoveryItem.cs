using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>
/// A discovery as it is read, and the body of <c>PUT /discovery</c>, which spells some fields apart from
/// <see cref="DiscoveryInput"/>. Secrets are masked on read.
/// </summary>
public sealed record DiscoveryItem
{
    /// <summary>A small number as a text.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? DiscoveryType { get; init; }

    [JsonConverter(typeof(CommaTextConverter))]
    public string? IpAddressList { get; init; }

    /// <summary>Comma-separated here; a list in <see cref="DiscoveryInput"/>.</summary>
    [JsonConverter(typeof(CommaTextConverter))]
    public string? IpFilterList { get; init; }

    /// <summary>Comma-separated, like the filters. Null where a crawl stays in private space.</summary>
    [JsonConverter(typeof(CommaTextConverter))]
    public string? WithinList { get; init; }

    /// <summary>How many addresses a crawl contacts at most; null for other discoveries.</summary>
    public int? AddressBudget { get; init; }

    /// <summary>As <see cref="DiscoveryInput.Pace"/>; null where the controller's own counts.</summary>
    public string? Pace { get; init; }

    /// <summary>How many addresses were announced to a crawl and not contacted; null for other discoveries.</summary>
    public int? NumNotContacted { get; init; }

    /// <summary>Active or Inactive. Put: Inactive stops, Active starts or restarts.</summary>
    public string? DiscoveryStatus { get; init; }

    /// <summary>Queued, In Progress, Complete or Aborted.</summary>
    public string? DiscoveryCondition { get; init; }

    public int? NumDevices { get; init; }

    /// <summary>Comma-separated.</summary>
    [JsonConverter(typeof(CommaTextConverter))]
    public string? DeviceIds { get; init; }

    public int? CdpLevel { get; init; }

    public int? LldpLevel { get; init; }

    public string? ProtocolOrder { get; init; }

    public int? RetryCount { get; init; }

    /// <summary>Seconds.</summary>
    public int? TimeOut { get; init; }

    /// <summary>As <see cref="DiscoveryInput.SnmpPort"/>; null where the controller's own counts.</summary>
    public int? SnmpPort { get; init; }

    public string? SnmpRoCommunity { get; init; }

    public string? SnmpRoCommunityDesc { get; init; }

    public string? SnmpRwCommunity { get; init; }

    public string? SnmpRwCommunityDesc { get; init; }

    public string? SnmpUserName { get; init; }

    public string? SnmpMode { get; init; }

    public string? SnmpAuthProtocol { get; init; }

    public string? SnmpAuthPassphrase { get; init; }

    public string? SnmpPrivProtocol { get; init; }

    public string? SnmpPrivPassphrase { get; init; }

    [JsonConverter(typeof(CommaTextConverter))]
    public string? UserNameList { get; init; }

    [JsonConverter(typeof(CommaTextConverter))]
    public string? PasswordList { get; init; }

    [JsonConverter(typeof(CommaTextConverter))]
    public string? EnablePasswordList { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? GlobalCredentialIdList { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? NetconfPort { get; init; }

    public HttpCredential? HttpReadCredential { get; init; }

    public HttpCredential? HttpWriteCredential { get; init; }

    public string? PreferredMgmtIPMethod { get; init; }

    public bool? IsAutoCdp { get; init; }

    public bool? UpdateMgmtIp { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? ParentDiscoveryId { get; init; }

    public IReadOnlyDictionary<string, string>? AttributeInfo { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() =>
        $"{nameof(DiscoveryItem)} {Id} {Name}: {DiscoveryType} {IpAddressList}, {DiscoveryStatus}, {DiscoveryCondition}";
}
