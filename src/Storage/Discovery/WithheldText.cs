using System.Text.Json;
using Towpath.Discovery;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>Withheld addresses as a column has them: JSON with addresses as texts.</summary>
internal static class WithheldText
{
    public static string Write(WithheldAddresses withheld)
    {
        IEnumerable<Row> rows = withheld.Listed.Select(one =>
            new Row(one.Address.ToString(), one.AnnouncedBy.ToString(), one.Neighbor, one.Reason));
        return JsonSerializer.Serialize(new Stored([.. rows], withheld.More));
    }

    public static WithheldAddresses Read(string text)
    {
        Stored stored = JsonSerializer.Deserialize<Stored>(text)!;
        return new WithheldAddresses([.. stored.Listed.Select(row =>
            new WithheldAddress(Ipv4Address.Parse(row.Address), Ipv4Address.Parse(row.By), row.Neighbor, row.Reason))], stored.More);
    }

    private sealed record Stored(Row[] Listed, int More);

    private sealed record Row(string Address, string By, string Neighbor, string Reason);
}
