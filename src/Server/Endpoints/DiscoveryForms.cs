using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Towpath.Contracts;
using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>Between the API's spellings of a discovery and the domain's.</summary>
internal static class DiscoveryForms
{
    private const string Masked = "NO!$DATA!$";
    private const int DeepestLevel = 16;

    /// <summary>Reads a POST; everything that is wrong is noted in the body.</summary>
    /// <param name="properties">What is used where the body names no retries or timeout.</param>
    /// <returns>Null when something is wrong.</returns>
    public static DiscoveryPlan? Read(RequestBody body, Secrets secrets, DeviceReach reach, (int Retries, TimeSpan Timeout) properties)
    {
        List<string> problems = [];
        DiscoveryInput input = Input(body);
        if (input.Name!.Length > 255) problems.Add($"name has {input.Name.Length} characters; the limit is 255.");
        if (!DiscoveryKinds.TryParse(input.DiscoveryType, out DiscoveryKind kind))
            problems.Add($"discoveryType must be one of {DiscoveryKinds.AllWords}, not '{Texts.Shorten(input.DiscoveryType ?? "")}'.");
        else ReadScope(kind, input, reach, problems);
        if (SnmpWords.VersionOf(input.SnmpVersion) is null)
            problems.Add($"snmpVersion must be v2 or v3, not '{Texts.Shorten(input.SnmpVersion!)}'.");
        if (input.Pace is not null && !SearchPace.TryParse(input.Pace, out _))
        {
            problems.Add(
                $"pace must be like {new SearchPace()}, datagrams a second and in one /24, or 'off'; not '{Texts.Shorten(input.Pace)}'.");
        }
        ImmutableArray<string> ids = [.. input.GlobalCredentialIdList ?? []];
        foreach (string id in ids.Where(id => !Guid.TryParse(id, out _)))
            problems.Add($"globalCredentialIdList: '{Texts.Shorten(id)}' is no credential id.");

        var access = new InlineAccess(input.SnmpROCommunity, input.SnmpUserName, input.SnmpMode, input.SnmpAuthProtocol,
            input.SnmpAuthPassphrase, input.SnmpPrivProtocol, input.SnmpPrivPassphrase)
        {
            WriteCommunity = input.SnmpRWCommunity,
        };
        access.Credentials(problems);
        foreach (string problem in problems) body.Refuse(problem);
        return problems.Count > 0 ? null : new DiscoveryPlan(input.Name.Trim(), kind, input.IpAddressList!)
        {
            FilterList = [.. input.IpFilterList ?? []],
            Level = (kind == DiscoveryKind.Lldp ? input.LldpLevel : input.CdpLevel) ?? DeepestLevel,
            Retries = input.Retry ?? properties.Retries,
            TimeoutSeconds = input.Timeout ?? (int)properties.Timeout.TotalSeconds,
            SnmpPort = input.SnmpPort,
            PreferLoopback = string.Equals(input.PreferredMgmtIPMethod, "UseLoopBack", StringComparison.OrdinalIgnoreCase),
            CredentialIds = ids,
            ProtectedAccess = Convert.ToBase64String(secrets.Seal(access).AsSpan()),
            Shown = JsonSerializer.Serialize(Shown(input), TowpathJson.Options),
            WithinList = [.. input.WithinList ?? []],
            Pace = input.Pace,
            Budget = input.AddressBudget ?? DiscoveryPlan.DefaultBudget,
        };
    }

    private static void ReadScope(DiscoveryKind kind, DiscoveryInput input, DeviceReach reach, List<string> problems)
    {
        if (input.AddressBudget is not null && !kind.IsCrawl())
            problems.Add($"addressBudget bounds a crawl; a {kind.Word()} discovery contacts the addresses of ipAddressList.");
        var scope = DiscoveryScope.Parse(kind, input.IpAddressList, input.IpFilterList ?? [], input.WithinList ?? [], problems);
        if (scope is not null && scope.Given().All(address => reach.WhyNot(address) is not null))
            problems.Add($"ipAddressList: {reach.WhyNot(scope.Given().First())}");
    }

    // Old clients send the read object's spellings back; both are taken.
    private static DiscoveryInput Input(RequestBody body)
    {
        return new DiscoveryInput
        {
            Name = body.RequiredText("name"),
            DiscoveryType = body.RequiredText("discoveryType"),
            IpAddressList = string.Join(',', body.Texts("ipAddressList")),
            IpFilterList = List(body, "ipFilterList"),
            WithinList = List(body, "withinList"),
            Pace = body.Text("pace"),
            AddressBudget = body.Number("addressBudget", 1, DiscoveryScope.MaxAddresses),
            CdpLevel = body.Number("cdpLevel", 0, DeepestLevel),
            LldpLevel = body.Number("lldpLevel", 0, DeepestLevel),
            ProtocolOrder = body.Text("protocolOrder"),
            Retry = EitherNumber("retry", "retryCount", 0, SnmpProperties.MostRetries),
            Timeout = EitherNumber("timeout", "timeOut", 1, SnmpProperties.LongestTimeout),
            SnmpPort = body.Number("snmpPort", 1, IPEndPoint.MaxPort),
            SnmpVersion = body.Text("snmpVersion"),
            SnmpROCommunity = Either("snmpROCommunity", "snmpRoCommunity"),
            SnmpROCommunityDesc = Either("snmpROCommunityDesc", "snmpRoCommunityDesc"),
            SnmpRWCommunity = Either("snmpRWCommunity", "snmpRwCommunity"),
            SnmpRWCommunityDesc = Either("snmpRWCommunityDesc", "snmpRwCommunityDesc"),
            SnmpUserName = body.Text("snmpUserName"),
            SnmpMode = body.Text("snmpMode"),
            SnmpAuthProtocol = body.Text("snmpAuthProtocol"),
            SnmpAuthPassphrase = body.Text("snmpAuthPassphrase"),
            SnmpPrivProtocol = body.Text("snmpPrivProtocol"),
            SnmpPrivPassphrase = body.Text("snmpPrivPassphrase"),
            UserNameList = body.Texts("userNameList"),
            PasswordList = body.Texts("passwordList"),
            EnablePasswordList = body.Texts("enablePasswordList"),
            GlobalCredentialIdList = body.Texts("globalCredentialIdList"),
            NetconfPort = body.Text("netconfPort"),
            PreferredMgmtIPMethod = body.Text("preferredMgmtIPMethod"),
            ParentDiscoveryId = body.Text("parentDiscoveryId"),
            ReDiscovery = body.Flag("reDiscovery"),
            HttpReadCredential = Http("httpReadCredential"),
            HttpWriteCredential = Http("httpWriteCredential"),
        };

        string? Either(string name, string other) => body.Text(name) is { } text ? text : body.Text(other);

        int? EitherNumber(string name, string other, int least, int most) =>
            body.Number(name, least, most) ?? body.Number(other, least, most);

        // Nothing is read over HTTP; the field is known, and its secrets are not kept.
        HttpCredential? Http(string name)
        {
            body.Object(name)?.IgnoreTheRest();
            return null;
        }
    }

    /// <summary>A list in the input, comma-separated in the read object.</summary>
    private static string[] List(RequestBody body, string name) =>
        [.. body.Texts(name).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A restart asks again what was asked: a change that would be lost silently is refused.</summary>
    public static void RefuseChanges(RequestBody body, DiscoveryPlan plan)
    {
        Compare("name", body.Text("name"), plan.Name);
        string? type = body.Text("discoveryType");
        Compare("discoveryType", DiscoveryKinds.TryParse(type, out DiscoveryKind kind) ? kind.Word() : type, plan.Kind.Word());
        Compare("ipAddressList", string.Join(',', body.Texts("ipAddressList")), plan.AddressList);
        Compare("ipFilterList", string.Join(',', List(body, "ipFilterList")), string.Join(',', plan.FilterList));
        Compare("withinList", string.Join(',', List(body, "withinList")), string.Join(',', plan.WithinList));
        Compare("pace", body.Text("pace"), plan.Pace ?? "");
        Compare("snmpPort", body.Text("snmpPort"), plan.SnmpPort?.ToString(CultureInfo.InvariantCulture) ?? "");
        Compare("addressBudget", body.Text("addressBudget"), plan.Budget.ToString(CultureInfo.InvariantCulture));

        void Compare(string name, string? sent, string stored)
        {
            if (string.IsNullOrEmpty(sent) || sent.Trim().Equals(stored, StringComparison.OrdinalIgnoreCase)) return;
            body.Refuse($"{name} is '{Texts.Shorten(stored)}' and cannot become '{Texts.Shorten(sent)}': a PUT stops a discovery or "
                + "starts it again. Make another one with a POST.");
        }
    }

    /// <summary>The discovery as GET gives it back.</summary>
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
            WithinList = plan.WithinList.Length == 0 ? null : string.Join(',', plan.WithinList),
            Pace = plan.Pace,
            AddressBudget = plan.Kind.IsCrawl() ? plan.Budget : null,
            NumNotContacted = plan.Kind.IsCrawl() ? discovery.Withheld : null,
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
            SnmpPort = plan.SnmpPort,
            GlobalCredentialIdList = plan.CredentialIds,
            PreferredMgmtIPMethod = plan.PreferLoopback ? "UseLoopBack" : "None",
            IsAutoCdp = plan.Kind.IsCrawl(),
            AttributeInfo = ImmutableDictionary<string, string>.Empty,
        };
    }

    /// <summary>The outcome at one address, in the API's words.</summary>
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
            CredentialId = job.Credential?.Id?.ToString(),
            Credential = job.Credential?.Name,
            AttributeInfo = job.Reason is null ? ImmutableDictionary<string, string>.Empty
                : ImmutableDictionary<string, string>.Empty.Add("reason", job.Reason),
        };

        static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    public static DiscoveryPreview ToPreview(DiscoveryEstimate estimate) => new()
    {
        AddressCount = estimate.Addresses,
        CredentialCount = estimate.Credentials,
        DatagramCount = estimate.Datagrams,
        Minutes = Math.Ceiling(estimate.Duration.TotalMinutes * 10) / 10,
        Pace = estimate.Pace.ToString(),
    };

    /// <summary>An address that was announced and not contacted.</summary>
    public static NotContacted ToNotContacted(WithheldAddress withheld) => new()
    {
        IpAddress = withheld.Address.ToString(),
        AnnouncedBy = withheld.AnnouncedBy.ToString(),
        Neighbor = withheld.Neighbor,
        Reason = withheld.Reason,
    };

    /// <summary>A device that a discovery found.</summary>
    public static DiscoveredDevice ToFound(InventoryDevice device) => new()
    {
        Id = device.Id.ToString(),
        Hostname = device.Name,
        ManagementIpAddress = device.ManagementAddress.ToString(),
        MacAddress = device.Mac?.ToString(),
        SerialNumber = device.SerialNumber,
        Family = DeviceFamilyWords.Of(device.Kind.Family),
        Type = device.Kind.Type,
        PlatformId = device.Kind.Model,
        SoftwareVersion = device.SoftwareVersion,
        Role = DeviceRoleWords.Of(device.Role),
        RoleSource = device.RoleIsManual ? "MANUAL" : "AUTO",
        UpTime = device.UpTimeText,
        ReachabilityStatus = device.ReachabilityStatus,
        ReachabilityFailureReason = device.UnreachableReason,
        ErrorCode = device.ErrorCode,
        ErrorDescription = device.ErrorDescription,
        InterfaceCount = device.InterfaceCount.ToString(CultureInfo.InvariantCulture),
        SnmpContact = device.SnmpContact,
        SnmpLocation = device.SnmpLocation,
        PingStatus = "NOT-VALIDATED",
        SnmpStatus = "SUCCESS",
        CliStatus = "NOT-VALIDATED",
        NetconfStatus = "NOT-VALIDATED",
        HttpStatus = "NOT-VALIDATED",
        InventoryCollectionStatus = device.CollectionStatus,
        InventoryReachabilityStatus = device.ReachabilityStatus,
    };

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

    private static string? MaskAll(IReadOnlyList<string>? secrets) =>
        secrets is null ? null : string.Join(',', secrets.Select(_ => Masked));
}
