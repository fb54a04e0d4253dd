using System.Collections.Frozen;

namespace Towpath.Inventory;

/// <summary>A device's place in the network.</summary>
public enum DeviceRole : byte
{
    Unknown,
    Access,
    Distribution,
    Core,
    BorderRouter,
}

/// <summary>The API's words for roles.</summary>
public static class DeviceRoleWords
{
    private static readonly FrozenDictionary<string, DeviceRole> s_roles = new Dictionary<string, DeviceRole>
    {
        ["UNKNOWN"] = DeviceRole.Unknown,
        ["ACCESS"] = DeviceRole.Access,
        ["DISTRIBUTION"] = DeviceRole.Distribution,
        ["CORE"] = DeviceRole.Core,
        ["BORDER ROUTER"] = DeviceRole.BorderRouter,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of the enum.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_roles.OrderBy(word => word.Value).Select(word => word.Key)];

    public static string Of(DeviceRole role) => All[(int)role];

    /// <summary>Compared case-blind.</summary>
    public static bool TryParse(string? word, out DeviceRole role) => s_roles.TryGetValue(word?.Trim() ?? "", out role);
}
