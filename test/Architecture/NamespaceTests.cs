using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Architecture.Tests;

/// <summary>Which namespaces the code of each folder uses: a new arrow is a change here, and visible.</summary>
public sealed partial class NamespaceTests
{
    private static readonly Dictionary<string, string[]> s_uses = new()
    {
        ["Network"] = [],
        ["PathTrace"] = ["Network"],
        ["Snmp"] = [],
        ["Collection"] = ["Network", "Snmp"],
        ["Tasks"] = [],
        ["Accounts"] = ["Tasks"],
        ["Inventory"] = ["Network", "Tasks"],
        ["Discovery"] = ["Collection", "Inventory", "Network", "Tasks"],
        ["FlowAnalysis"] = ["Collection", "Inventory", "Network", "PathTrace", "Tasks"],
        ["Storage"] = ["Accounts", "Discovery", "FlowAnalysis", "Inventory", "Network", "Tasks"],
        ["Contracts"] = [],
        ["Client"] = ["Contracts"],
        ["Simulator"] = ["Network", "Snmp"],
    };

    [Fact]
    public void Each_folder_uses_just_the_namespaces_that_the_plan_names()
    {
        Assert.All(s_uses, folder =>
        {
            string path = Path.Combine(Repository.Root, "src", folder.Key);
            string[] used = [.. Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .SelectMany(file => UsedNamespace().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
                .Where(name => name != folder.Key).Distinct().Order(StringComparer.Ordinal)];
            Assert.Equal(folder.Value, used);
        });
    }

    /// <summary>A using, or a name written in full.</summary>
    [GeneratedRegex(@"(?<!namespace )\bTowpath\.(Network|PathTrace|Snmp|Collection|Tasks|Accounts|Inventory|Discovery|FlowAnalysis|Storage|Contracts|Server|Client|Simulator)\b")]
    private static partial Regex UsedNamespace();
}
