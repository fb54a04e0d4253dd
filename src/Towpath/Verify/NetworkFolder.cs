using System.Text.RegularExpressions;

namespace Towpath.Commands;

/// <summary>
/// A folder of recorded walks, with what is known about them: <see cref="ReferenceFlow"/> and <see cref="ExpectedLink"/>.
/// </summary>
internal sealed partial record NetworkFolder(string Path)
{
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path)));

    /// <summary>The folder itself where it holds walks, else those of its folders that do, by name.</summary>
    /// <exception cref="UsageException">There is no such folder, or neither it nor a folder in it holds a walk.</exception>
    public static IEnumerable<NetworkFolder> Under(string path)
    {
        if (!Directory.Exists(path)) throw new UsageException($"There is no folder {path}.");
        if (HoldsWalks(path)) return [new NetworkFolder(path)];
        NetworkFolder[] inside = [.. Directory.EnumerateDirectories(path).Where(HoldsWalks).Order(StringComparer.Ordinal)
            .Select(folder => new NetworkFolder(folder))];
        return inside.Length > 0 ? inside
            : throw new UsageException($"Neither {path} nor a folder in it holds a recorded walk; walks are files named .snmprec, .txt, "
                + ".walk, .snmpwalk or .properties, each also with .gz.");
    }

    private static bool HoldsWalks(string path) => Directory.EnumerateFiles(path).Any(file => WalkName().IsMatch(file));

    [GeneratedRegex(@"\.(?:snmprec|txt|walk|snmpwalk|properties)(?:\.gz)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WalkName();
}
