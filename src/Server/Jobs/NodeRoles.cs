using System.Collections.Immutable;

namespace Towpath.Server;

/// <summary>
/// Which part of the work a server takes, where several share a database. Whatever it accepts that is short it does itself, at once: a
/// trace through what is in memory, an addition, a synchronization.
/// </summary>
[Flags]
public enum NodeRoles
{
    /// <summary>Serves the API and the page. Without it, only <c>/health</c> is served.</summary>
    Api = 1,

    /// <summary>Runs discoveries and the schedule: asks devices whether they are there, and reads them again.</summary>
    Collect = 2,

    /// <summary>Repeats periodic traces and their statistics.</summary>
    Trace = 4,

    All = Api | Collect | Trace,
}

/// <summary>The words of <c>--roles</c>.</summary>
public static class NodeRoleWords
{
    public static ImmutableArray<string> All { get; } = ["api", "collect", "trace"];

    public static IEnumerable<string> Of(NodeRoles roles) => All.Where((_, place) => roles.HasFlag((NodeRoles)(1 << place)));

    /// <summary>One word or several, with commas between.</summary>
    public static bool TryParse(string text, out NodeRoles roles)
    {
        roles = 0;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int place = All.IndexOf(word);
            if (place < 0) return false;
            roles |= (NodeRoles)(1 << place);
        }
        return true;
    }
}
