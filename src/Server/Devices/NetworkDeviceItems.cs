using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>Devices as the API shows and filters them.</summary>
internal static class NetworkDeviceItems
{
    public static NetworkDeviceItem Of(InventoryDevice device) => new()
    {
        Id = device.Id.ToString(),
        InstanceUuid = device.Id.ToString(),
        Hostname = device.Name,
        ManagementIpAddress = device.ManagementAddress.ToString(),
        MacAddress = device.Mac?.ToString(),
        SerialNumber = device.SerialNumber,
        Family = DeviceFamilyWords.Of(device.Kind.Family),
        Type = device.Kind.Type,
        Series = device.Kind.Series,
        PlatformId = device.Kind.Model,
        SoftwareType = device.SoftwareType,
        SoftwareVersion = device.SoftwareVersion,
        Role = DeviceRoleWords.Of(device.Role),
        RoleSource = RoleSource(device),
        UpTime = device.UpTimeText,
        BootDateTime = device.BootedAt is { } booted ? Text(booted) : null,
        LastUpdated = Text(device.CollectedAt),
        LastUpdateTime = device.CollectedAt.ToUnixTimeMilliseconds(),
        ReachabilityStatus = device.ReachabilityStatus,
        ReachabilityFailureReason = device.UnreachableReason ?? "",
        CollectionStatus = device.CollectionStatus,
        CollectionInterval = DeviceStatus.CollectionInterval,
        InventoryStatusDetail = StatusDetail(device),
        ErrorCode = device.ErrorCode,
        ErrorDescription = device.ErrorDescription ?? device.Conflict,
        InterfaceCount = device.InterfaceCount.ToString(CultureInfo.InvariantCulture),
        MemorySize = device.MemoryBytes?.ToString(CultureInfo.InvariantCulture),
        SnmpContact = device.SnmpContact,
        SnmpLocation = device.SnmpLocation,
        AssociatedWlcIp = device.AssociatedController?.ToString(),
    };

    public static string RoleSource(InventoryDevice device) => device.RoleIsManual ? "MANUAL" : "AUTO";

    /// <summary>As the API writes times of devices.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Repeatable keys; values of one key are alternatives, several keys must all match. Other keys are not filters.</summary>
    /// <exception cref="ApiException">400: <c>notSyncedForMinutes</c> is no number.</exception>
    public static IReadOnlyList<string> Keys { get; } = [.. DeviceFilter.Attributes.Order(StringComparer.Ordinal), "notSyncedForMinutes"];

    public static DeviceFilter Filter(HttpRequest request)
    {
        const int Century = 52_560_000;
        var query = new QueryReader(request);
        int? minutes = query.Text("notSyncedForMinutes") is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= Century ? value : -1
            : null;
        if (minutes < 0)
            query.Refuse($"notSyncedForMinutes must be a number of minutes, not '{Texts.Shorten(query.Text("notSyncedForMinutes")!)}'.");
        query.Validate();
        return new DeviceFilter(
            [.. DeviceFilter.Attributes
                .Select(name => (Attribute: name, Patterns: Patterns(name)))
                .Where(condition => condition.Patterns.Length > 0)],
            minutes is { } age ? TimeSpan.FromMinutes(age) : null);

        // A '+' in a query is a blank unless it was escaped: module+name arrives as "module name".
        ImmutableArray<TextPattern> Patterns(string name) =>
            [.. request.Query[name].Concat(name.Contains('+', StringComparison.Ordinal) ? request.Query[name.Replace('+', ' ')] : default)
                .Where(value => !string.IsNullOrEmpty(value))
                .Select(value => new TextPattern(value!))];
    }

    private static string StatusDetail(InventoryDevice device) => device.ErrorCode is { } code
        ? $"<status><general code=\"{SecurityElement.Escape(code)}\"/></status>"
        : "<status><general code=\"SUCCESS\"/></status>";
}
