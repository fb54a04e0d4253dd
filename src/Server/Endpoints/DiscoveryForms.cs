using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Towpath.Contracts;
using Towpath.Discovery;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>Between the API's spellings of a discovery and the domain's.</summary>
internal static class DiscoveryForms
{
    private const string Masked = "NO!$DATA!$";
    private const int DefaultLevel = 16;

    /// <summary>Reads a POST; adds everything that is wrong to <paramref name="problems"/>.</summary>
    /// <returns>Null when there are problems.</returns>
    public static DiscoveryPlan? ToPlan(DiscoveryInput input, Secrets secrets, ICollection<string> problems)
    {
        if (string.IsNullOrWhiteSpace(input.Name)) problems.Add("name is missing.");
        else if (input.Name.Length > 255) problems.Add($"name has {input.Name.Length} characters; the limit is 255.");
        if (!DiscoveryKinds.TryParse(input.DiscoveryType, out DiscoveryKind kind)) problems.Add($"discoveryType '{input.DiscoveryType}' is none of {DiscoveryKinds.AllWords}.");
        else DiscoveryScope.Parse(kind, input.IpAddressList, input.IpFilterList ?? [], problems);

        int level = (kind == DiscoveryKind.Lldp ? input.LldpLevel : input.CdpLevel) ?? DefaultLevel;
        int retries = input.Retry ?? input.RetryCount ?? 2;
        int timeout = input.Timeout ?? 2;
        CheckRange("level", level, 0, DefaultLevel);
        CheckRange("retry", retries, 0, 10);
        CheckRange("timeout", timeout, 1, 60);
        if (input.SnmpVersion is { Length: > 0 } version && version.Trim().ToUpperInvariant() is not ("V2" or "V2C" or "V3")) problems.Add($"snmpVersion '{version}' is none of v2, v3.");
        ImmutableArray<string> ids = [.. input.GlobalCredentialIdList ?? []];
        foreach (string id in ids.Where(id => !Guid.TryParse(id, out _))) problems.Add($"globalCredentialIdList: '{id}' is no credential id.");

        var access = new InlineAccess(input.SnmpROCommunity, input.SnmpUserName, input.SnmpMode, input.SnmpAuthProtocol,
            input.SnmpAuthPassphrase, input.SnmpPrivProtocol, input.SnmpPrivPassphrase);
        foreach (var _ in access.Credentials(problems)) { }
        return problems.Count > 0 ? null : new DiscoveryPlan(
            input.Name!.Trim(), kind, input.IpAddressList!, [.. input.IpFilterList ?? []], level, retries, timeout,
            string.Equals(input.PreferredMgmtIPMethod, "UseLoopBack", StringComparison.OrdinalIgnoreCase), ids,
            Convert.ToBase64String(secrets.Seal(access).AsSpan()), JsonSerializer.Serialize(Shown(input), TowpathJson.Options));

        void CheckRange(string field, int value, int least, int most)
        {
            if (value < least || value > most) problems.Add($"{field} is {value}; it has to be {least}..{most}.");
        }
    }

    /// <summary>What GET gives back.</summary>
    public static DiscoveryItem ToItem(DiscoveryRecord discovery)
    {
        DiscoveryPlan plan = discovery.Plan;
        return JsonSerializer.Deserialize<DiscoveryItem>(plan.Shown, TowpathJson.Options)! with
        {
            Id = discovery.Id.ToString(CultureInfo.InvariantCulture),
            Name = plan.Name,
            DiscoveryType = plan.Kind.Word(),
            IpAddressList = plan.AddressList,
            IpFilterList = plan.FilterList.Length == 0 ? null : string.Join(',', plan.FilterList),
            DiscoveryStatus = discovery.Active ? "Active" : "Inactive",
            DiscoveryCondition = discovery.Condition switch
            {
                DiscoveryCondition.Queued => "Queued",
                DiscoveryCondition.InProgress => "In Progress",
                DiscoveryCondition.Complete => "Complete",
                _ => "Aborted",
            },
            NumDevices = discovery.Devices.Length,
            DeviceIds = string.Join(',', discovery.Devices),
            CdpLevel = plan.Kind == DiscoveryKind.Cdp ? plan.Level : null,
            LldpLevel = plan.Kind == DiscoveryKind.Lldp ? plan.Level : null,
            RetryCount = plan.Retries,
            TimeOut = plan.TimeoutSeconds,
            GlobalCredentialIdList = plan.CredentialIds,
            PreferredMgmtIPMethod = plan.PreferLoopback ? "UseLoopBack" : "None",
            IsAutoCdp = plan.Kind.IsCrawl(),
            AttributeInfo = ImmutableDictionary<string, string>.Empty,
        };
    }

    /// <summary>What came of one address, in the API's words.</summary>
    public static Contracts.DiscoveryJob ToJob(Discovery.DiscoveryJob job, DiscoveryRecord discovery)
    {
        string snmp = job.Outcome switch
        {
            JobOutcome.Collected => "SUCCESS",
            JobOutcome.NoCredential => "NOT-PROVIDED",
            JobOutcome.Duplicate => "NOT-VALIDATED",
            _ => "FAILURE",
        };
        string whole = job.Outcome is JobOutcome.Collected or JobOutcome.Duplicate ? "SUCCESS" : "FAILURE";
        return new Contracts.DiscoveryJob
        {
            Id = $"{discovery.Id}-{job.Address}",
            Name = job.Name ?? discovery.Plan.Name,
            IpAddress = job.Address.ToString(),
            JobStatus = whole,
            DiscoveryStatus = whole,
            PingStatus = "NOT-VALIDATED",
            SnmpStatus = snmp,
            CliStatus = "NOT-VALIDATED",
            NetconfStatus = "NOT-VALIDATED",
            HttpStatus = "NOT-VALIDATED",
            InventoryCollectionStatus = job.Outcome == JobOutcome.Collected ? "SUCCESS" : "NOT-VALIDATED",
            InventoryReachabilityStatus = job.Outcome == JobOutcome.Collected ? "SUCCESS" : "NOT-VALIDATED",
            StartTime = Text(job.StartedAt),
            EndTime = job.EndedAt is { } end ? Text(end) : null,
            TaskId = discovery.TaskId.ToString(),
            AttributeInfo = job.Reason is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add("reason", job.Reason),
        };

        static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    // Fields that mean nothing to a run over SNMP, and those that are secret: the reader sees that one was given, not which.
    private static DiscoveryItem Shown(DiscoveryInput input) => new()
    {
        ProtocolOrder = input.ProtocolOrder,
        SnmpRoCommunity = Mask(input.SnmpROCommunity),
        SnmpRoCommunityDesc = input.SnmpROCommunityDesc,
        SnmpRwCommunity = Mask(input.SnmpRWCommunity),
        SnmpRwCommunityDesc = input.SnmpRWCommunityDesc,
        SnmpUserName = input.SnmpUserName,
        SnmpMode = input.SnmpMode,
        SnmpAuthProtocol = input.SnmpAuthProtocol,
        SnmpAuthPassphrase = Mask(input.SnmpAuthPassphrase),
        SnmpPrivProtocol = input.SnmpPrivProtocol,
        SnmpPrivPassphrase = Mask(input.SnmpPrivPassphrase),
        UserNameList = input.UserNameList is null ? null : string.Join(',', input.UserNameList),
        PasswordList = MaskAll(input.PasswordList),
        EnablePasswordList = MaskAll(input.EnablePasswordList),
        NetconfPort = input.NetconfPort,
        ParentDiscoveryId = input.ParentDiscoveryId,
    };

    private static string? Mask(string? secret) => string.IsNullOrEmpty(secret) ? null : Masked;

    private static string? MaskAll(IReadOnlyList<string>? secrets) => secrets is null ? null : string.Join(',', secrets.Select(_ => Masked));
}
