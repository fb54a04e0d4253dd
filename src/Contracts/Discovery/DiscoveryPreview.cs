namespace Towpath.Contracts;

/// <summary>
/// What a discovery would cost at most, if nobody answers: <c>POST /discovery/preview</c> with the body of <c>POST /discovery</c>. No
/// packet is sent for it.
/// </summary>
public sealed record DiscoveryPreview
{
    /// <summary>How many addresses are asked. For a crawl its budget, since nobody knows what will be announced.</summary>
    public required int AddressCount { get; init; }

    /// <summary>How many credentials are tried at each of them.</summary>
    public required int CredentialCount { get; init; }

    /// <summary>With all repetitions.</summary>
    public required long DatagramCount { get; init; }

    /// <summary>Rounded up to a tenth.</summary>
    public required double Minutes { get; init; }

    /// <summary>As <see cref="DiscoveryInput.Pace"/>; <c>off</c> for no limit.</summary>
    public required string Pace { get; init; }
}
