using Towpath.Network;

namespace Towpath.Commands;

/// <summary>Compares the links that announcements tell with those that the folder asserts: all of them, and no others.</summary>
internal static class LinkCheck
{
    /// <returns>Each asserted link with what is wrong with it (null: nothing), then each link that is announced and not asserted.</returns>
    public static IEnumerable<(string Link, string? Wrong)> Compare(NetworkSnapshot network, IReadOnlyList<ExpectedLink> expected)
    {
        var found = network.Links.ToDictionary(link => (link.A, link.B));
        var asserted = new HashSet<(Port, Port)>();
        foreach (ExpectedLink link in expected)
        {
            if (link.Resolve(network) is not { } ends) yield return (link.ToString(), "the devices have no such ports");
            else if (asserted.Add(ends)) // both protocols may announce it
                yield return (link.ToString(), found.ContainsKey(ends) || IsParted(network, ends) ? null : "not found");
        }
        foreach (Link link in network.Links)
            if (link.Evidence is LinkEvidence.BothSides or LinkEvidence.OneSide && !asserted.Contains((link.A, link.B)))
                yield return ($"{Name(network, link.A)} to {Name(network, link.B)}", "announced, but not expected");
    }

    /// <summary>Both ends announce one unmanaged device, which stands between them.</summary>
    private static bool IsParted(NetworkSnapshot network, (Port Near, Port Far) ends) => UnmanagedBetween.Is(network, ends.Near, ends.Far);

    private static string Name(NetworkSnapshot network, Port port) =>
        network.Device(port.Device) is { } device ? $"{device.Name} {device.Tables.NameOf(port.Interface)}" : port.ToString();
}
