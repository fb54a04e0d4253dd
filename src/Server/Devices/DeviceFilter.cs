using System.Collections.Frozen;
using System.Collections.Immutable;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>Which devices a list shows: those that match any pattern of each attribute. Attribute names are the API's.</summary>
/// <param name="NotSyncedFor">Only devices not collected for at least this long; null: any.</param>
internal sealed record DeviceFilter(ImmutableArray<(string Attribute, ImmutableArray<TextPattern> Patterns)> Conditions,
    TimeSpan? NotSyncedFor = null)
{
    private static readonly FrozenDictionary<string, Func<InventoryDevice, string?>> s_attributes =
        new Dictionary<string, Func<InventoryDevice, string?>>
    {
        ["hostname"] = device => device.Name,
        ["managementIpAddress"] = device => device.ManagementAddress.ToString(),
        ["macAddress"] = device => device.Mac?.ToString(),
        ["serialNumber"] = device => device.SerialNumber,
        ["family"] = device => DeviceFamilyWords.Of(device.Kind.Family),
        ["type"] = device => device.Kind.Type,
        ["series"] = device => device.Kind.Series,
        ["platformId"] = device => device.Kind.Model,
        ["softwareType"] = device => device.SoftwareType,
        ["softwareVersion"] = device => device.SoftwareVersion,
        ["role"] = device => DeviceRoleWords.Of(device.Role),
        ["roleSource"] = NetworkDeviceItems.RoleSource,
        ["reachabilityStatus"] = device => device.ReachabilityStatus,
        ["reachabilityFailureReason"] = device => device.UnreachableReason,
        ["collectionStatus"] = device => device.CollectionStatus,
        ["collectionInterval"] = _ => DeviceStatus.CollectionInterval,
        ["errorCode"] = device => device.ErrorCode,
        ["errorDescription"] = device => device.ErrorDescription ?? device.Conflict,
        ["upTime"] = device => device.UpTimeText,
        ["associatedWlcIp"] = device => device.AssociatedController?.ToString(),
        // Nothing that is collected tells these, so no device matches them.
        ["vrfName"] = _ => null,
        ["location"] = _ => null,
        ["locationName"] = _ => null,
        ["deviceSupportLevel"] = _ => null,
        ["license.name"] = _ => null,
        ["license.type"] = _ => null,
        ["license.status"] = _ => null,
        ["module+name"] = _ => null,
        ["module+equpimenttype"] = _ => null,
        ["module+servicestate"] = _ => null,
        ["module+vendorequipmenttype"] = _ => null,
        ["module+partnumber"] = _ => null,
        ["module+operationstatecode"] = _ => null,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The attributes that conditions may name.</summary>
    public static ImmutableArray<string> Attributes => s_attributes.Keys;

    /// <summary>Null when the device does not tell.</summary>
    /// <exception cref="KeyNotFoundException">There is no such attribute.</exception>
    public static string? Value(string attribute, InventoryDevice device) => s_attributes[attribute](device);

    public bool Matches(InventoryDevice device, DateTimeOffset now) =>
        (NotSyncedFor is not { } age || now - device.CollectedAt >= age)
        && Conditions.All(condition => condition.Patterns.Any(pattern => pattern.Matches(Value(condition.Attribute, device))));
}
