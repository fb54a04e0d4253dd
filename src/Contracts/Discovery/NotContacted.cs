namespace Towpath.Contracts;

/// <summary>An address that was announced to a crawl and not contacted: <c>GET /discovery/{id}/not-contacted</c>.</summary>
public sealed record NotContacted
{
    public required string IpAddress { get; init; }

    /// <summary>The address of the device that heard the announcement.</summary>
    public required string AnnouncedBy { get; init; }

    /// <summary>Who announced it, in the neighbor's own words.</summary>
    public string? Neighbor { get; init; }

    /// <summary>Which rule forbids it, and what to do where the address is meant.</summary>
    public required string Reason { get; init; }
}
