namespace Towpath.Contracts;

/// <summary>An item of <c>/site</c>. Towpath has one, which all devices are in.</summary>
public sealed record SiteItem
{
    public required string Id { get; init; }

    public string? ParentId { get; init; }

    public required string Name { get; init; }

    /// <summary>Ids from the root, with slashes between.</summary>
    public string? SiteHierarchy { get; init; }

    /// <summary>Names from the root, with slashes between.</summary>
    public string? SiteNameHierarchy { get; init; }

    public string? InstanceTenantId { get; init; }

    public IReadOnlyList<string>? AdditionalInfo { get; init; }
}

/// <summary>Answer of <c>/membership/{siteId}</c>: not in an envelope, but with envelopes inside.</summary>
public sealed record SiteMembership(SiteMembers<SiteItem> Site, IReadOnlyList<SiteMembers<NetworkDeviceItem>> Device);

/// <summary>What is in a site.</summary>
public sealed record SiteMembers<T>(IReadOnlyList<T> Response, string SiteId, string Version = "1.0");

/// <summary>Answer of <c>/topology/site-topology</c>.</summary>
public sealed record SiteTopology(IReadOnlyList<SiteNode> Sites);

/// <summary>A site in the tree of sites.</summary>
public sealed record SiteNode
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? ParentId { get; init; }

    public string? GroupNameHierarchy { get; init; }

    public string? LocationType { get; init; }
}
