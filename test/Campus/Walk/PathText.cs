namespace Towpath.Campus.Tests;

/// <summary>
/// A walked path in the words in which it is compared: what nobody manages is UNKNOWN where it routes, and unseen where it only bridges.
/// </summary>
internal static class PathText
{
    public static string Of(Walked walked)
    {
        List<string> words = [];
        foreach (Element element in walked.Elements)
        {
            if (element.Node.Hidden)
            {
                // Neighbors cannot tell how many there are.
                if (element.Routed && (words.Count == 0 || words[^1] != "UNKNOWN")) words.Add("UNKNOWN");
            }
            else
            {
                words.Add(element.Node.Kind switch
                {
                    NodeKind.Host => Plan.Text(element.Node.Own.Address),
                    NodeKind.AccessPoint => element.Node.Name + Tunnel(element),
                    _ => $"{element.Node.Name} [{element.In?.Name ?? "-"} > {element.Out?.Name ?? "-"}]{Tunnel(element)}",
                });
            }
        }
        return string.Join("\n", [.. words, "= " + walked.Ending]);
    }

    private static string Tunnel(Element element) => element.Tunneled ? " CAPWAP" : "";
}
