using System.Collections.Immutable;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>How filter values of <c>/host</c> compare.</summary>
internal enum TextComparison : byte
{
    /// <summary>See <see cref="TextPattern"/>.</summary>
    Exact,
    StartsWith,
    Contains,
    EndsWith,
}

/// <summary>Which hosts a list shows: those that match any value of each attribute. Attribute names are the API's.</summary>
internal sealed record HostFilter(ImmutableArray<(string Attribute, ImmutableArray<string> Values)> Conditions, TextComparison Comparison)
{
    public static ImmutableArray<string> Attributes { get; } =
        ["hostName", "hostMac", "hostIp", "connectedInterfaceName", "connectedNetworkDeviceIpAddress", "hostType", "subType"];

    public bool Matches(InventoryHost host) =>
        Conditions.All(condition => Value(condition.Attribute, host) is { } text && condition.Values.Any(value => Matches(text, value)));

    /// <summary>Null when it is not known.</summary>
    public static string? Value(string attribute, InventoryHost host) => attribute switch
    {
        "hostMac" => host.Host.Mac.ToString(),
        "hostIp" => host.Host.Address.ToString(),
        "connectedInterfaceName" => host.AttachedAt?.Interface.Name,
        "connectedNetworkDeviceIpAddress" => host.AttachedTo?.ManagementAddress.ToString(),
        "hostType" => host.Type,
        "subType" => "UNKNOWN",
        _ => null, // names of hosts are not collected
    };

    private bool Matches(string text, string value) => Comparison switch
    {
        TextComparison.StartsWith => text.StartsWith(value, StringComparison.OrdinalIgnoreCase),
        TextComparison.Contains => text.Contains(value, StringComparison.OrdinalIgnoreCase),
        TextComparison.EndsWith => text.EndsWith(value, StringComparison.OrdinalIgnoreCase),
        _ => new TextPattern(value).Matches(text),
    };
}
