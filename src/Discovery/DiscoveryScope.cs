using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>A closed range of addresses, first to last.</summary>
public readonly record struct AddressRange(Ipv4Address First, Ipv4Address Last)
{
    public long Size => (long)Last.Bits - First.Bits + 1;

    public static AddressRange Of(Prefix prefix) => new(prefix.Network, prefix.Last);

    public bool Contains(Ipv4Address address) => address.Bits >= First.Bits && address.Bits <= Last.Bits;

    public bool Overlaps(Prefix prefix) => prefix.Network.Bits <= Last.Bits && prefix.Last.Bits >= First.Bits;

    /// <inheritdoc/>
    public override string ToString() => First == Last ? First.ToString() : $"{First}-{Last}";
}

/// <summary>The addresses that a discovery may contact. Nothing outside of it gets a packet, so no credential either.</summary>
/// <param name="Kind">For a crawl <paramref name="Ranges"/> are its seeds.</param>
/// <param name="Filters">Never contacted.</param>
/// <param name="Within">The addresses at which a crawl may follow announcements; private space unless the caller stated them.</param>
public sealed record DiscoveryScope(
    DiscoveryKind Kind, ImmutableArray<AddressRange> Ranges, ImmutableArray<AddressRange> Filters, ImmutableArray<AddressRange> Within)
{
    // RFC 1918
    private static readonly ImmutableArray<AddressRange> s_private =
        [.. ((string[])["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]).Select(text => AddressRange.Of(Prefix.Parse(text)))];

    /// <summary>How many addresses one discovery may name; a larger network is crawled, or split.</summary>
    public const int MaxAddresses = 65_536;

    /// <summary>Reads the API's texts; adds every problem it finds to <paramref name="problems"/>.</summary>
    /// <param name="addresses"><c>a</c>, <c>a-b</c>, <c>a-b,c-d</c> or <c>a/n</c>, as the kind wants.</param>
    /// <param name="filters">Addresses, ranges or prefixes.</param>
    /// <param name="within">The same, for a crawl; empty for private space.</param>
    /// <returns>Null when something is wrong.</returns>
    public static DiscoveryScope? Parse(
        DiscoveryKind kind, string? addresses, IReadOnlyList<string> filters, IReadOnlyList<string> within, ICollection<string> problems)
    {
        int before = problems.Count;
        var ranges = ImmutableArray.CreateBuilder<AddressRange>();
        foreach (string part in (addresses ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseRange(part, "ipAddressList", problems, Hosts) is { } range) ranges.Add(range);
        }
        if (ranges.Count == 0 && problems.Count == before)
            problems.Add("ipAddressList is empty; give an address such as 192.0.2.7, a range 192.0.2.1-192.0.2.99 or a prefix 192.0.2.0/24.");
        CheckForm(kind, ranges, addresses ?? "", problems);

        ImmutableArray<AddressRange> excluded = ParseAll(filters, "ipFilterList", problems);
        ImmutableArray<AddressRange> allowed = ParseAll(within, "withinList", problems);
        if (within.Count > 0 && !kind.IsCrawl())
            problems.Add($"withinList bounds a crawl by CDP or LLDP; a {kind.Word()} discovery contacts the addresses of ipAddressList.");
        foreach (AddressRange range in allowed)
        {
            if (NeverContacted(range.First) is { } never && never == NeverContacted(range.Last))
                problems.Add($"withinList: {range} is never contacted: it is {never}.");
        }
        ImmutableArray<AddressRange> merged = Merge(ranges);
        long count = merged.Sum(range => range.Size);
        if (count > MaxAddresses)
            problems.Add($"ipAddressList names {count} addresses; the limit is {MaxAddresses}. Split it, or crawl by CDP or LLDP.");
        foreach (AddressRange range in merged)
        {
            if (NeverContacted(range.First) is { } why && NeverContacted(range.Last) is not null)
                problems.Add($"ipAddressList: {range} is never contacted: it is {why}.");
        }
        if (problems.Count > before) return null;

        var scope = new DiscoveryScope(kind, merged, excluded, allowed.Length > 0 ? allowed : s_private);
        if (scope.Given().Any()) return scope;
        problems.Add("ipFilterList leaves no address of ipAddressList.");
        return null;
    }

    /// <summary>Every address that is given, each once, in ascending order, without the filtered and the never contacted ones.</summary>
    public IEnumerable<Ipv4Address> Given()
    {
        foreach (AddressRange range in Ranges)
        {
            for (long bits = range.First.Bits; bits <= range.Last.Bits; bits++)
            {
                var address = new Ipv4Address((uint)bits);
                if (IsContactable(address)) yield return address;
            }
        }
    }

    /// <summary>Only the given addresses that are in the range.</summary>
    public DiscoveryScope In(AddressRange range) => this with
    {
        Ranges = [.. Ranges.Where(given => given.First.Bits <= range.Last.Bits && range.First.Bits <= given.Last.Bits)
            .Select(given => new AddressRange(
                new Ipv4Address(Math.Max(given.First.Bits, range.First.Bits)),
                new Ipv4Address(Math.Min(given.Last.Bits, range.Last.Bits))))],
    };

    /// <summary>Why a crawl never contacts an address, whoever announces it; null when it may.</summary>
    public string? WhyNotAnnounced(Ipv4Address address)
    {
        if (NeverContacted(address) is { } never) return $"it is {never}.";
        if (Filters.Any(filter => filter.Contains(address))) return "it is in ipFilterList.";
        if (Within.Any(range => range.Contains(address))) return null;
        return Within == s_private
            ? "it is outside of private address space. State the public range that is meant: withinList (--within)."
            : "it is outside of withinList (--within).";
    }

    /// <summary>True when a crawl may contact some address of the prefix.</summary>
    public bool MayLieIn(Prefix prefix) => Within.Any(range => range.Overlaps(prefix));

    private bool IsContactable(Ipv4Address address) => NeverContacted(address) is null && !Filters.Any(filter => filter.Contains(address));

    /// <summary>Why no discovery sends anything there; null when one may.</summary>
    private static string? NeverContacted(Ipv4Address address) => address switch
    {
        { Bits: <= 0x00ff_ffff } => "no address (0.0.0.0/8)",
        { IsLoopback: true } => "loopback; give an address that the device has on a network",
        { IsMulticast: true } => "a multicast address",
        { IsLinkLocal: true } => "a link-local address",
        { Bits: >= 0xf000_0000 } => "a broadcast or reserved address",
        _ => null,
    };

    private static ImmutableArray<AddressRange> ParseAll(IReadOnlyList<string> texts, string field, ICollection<string> problems) =>
        [.. texts.Select(text => ParseRange(text.Trim(), field, problems, AddressRange.Of)).OfType<AddressRange>()];

    /// <param name="meant">What a prefix stands for.</param>
    private static AddressRange? ParseRange(string text, string field, ICollection<string> problems, Func<Prefix, AddressRange> meant)
    {
        if (Prefix.TryParse(text, null, out Prefix prefix)) return meant(prefix);
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length > 2 || !Ipv4Address.TryParse(ends[0], null, out Ipv4Address first)
            || !Ipv4Address.TryParse(ends[^1], null, out Ipv4Address last))
        {
            problems.Add($"{field}: '{text}' is no IPv4 address, range a-b or prefix a/n.");
            return null;
        }
        if (first.Bits <= last.Bits) return new AddressRange(first, last);
        problems.Add($"{field}: the range {text} is reversed; write {last}-{first}.");
        return null;
    }

    // The network and broadcast addresses of a subnet that is searched are nobody's; a /31 or /32 has none (RFC 3021). A prefix that is
    // left out or allowed counts whole.
    private static AddressRange Hosts(Prefix prefix) => prefix.Length >= 31
        ? AddressRange.Of(prefix)
        : new(new Ipv4Address(prefix.Network.Bits + 1), new Ipv4Address(prefix.Last.Bits - 1));

    private static void CheckForm(DiscoveryKind kind, IReadOnlyCollection<AddressRange> ranges, string text, ICollection<string> problems)
    {
        if (kind == DiscoveryKind.Single && ranges.Any(range => range.Size > 1))
            problems.Add($"A Single discovery takes one address; '{text}' names more. Use Range, Multi Range or CIDR.");
        if (kind is DiscoveryKind.Single or DiscoveryKind.Range or DiscoveryKind.Cidr && ranges.Count > 1)
            problems.Add($"A {kind.Word()} discovery takes one entry; '{text}' has {ranges.Count}. Use Multi Range.");
        if (kind == DiscoveryKind.Cidr && ranges.Count > 0 && !text.Contains('/', StringComparison.Ordinal))
            problems.Add($"A CIDR discovery takes a prefix such as 192.0.2.0/24; '{text}' is none.");
        if (kind.IsCrawl() && ranges.Any(range => range.Size > 1))
            problems.Add($"A {kind.Word()} discovery starts at single addresses; '{text}' has a range.");
    }

    private static ImmutableArray<AddressRange> Merge(IEnumerable<AddressRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<AddressRange>();
        foreach (AddressRange range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First.Bits <= merged[^1].Last.Bits)
                merged[^1] = merged[^1] with { Last = new Ipv4Address(Math.Max(merged[^1].Last.Bits, range.Last.Bits)) };
            else
                merged.Add(range);
        }
        return merged.ToImmutable();
    }
}
