using System.Text.RegularExpressions;
using System.Xml.Linq;
using Towpath.Testing;

namespace Towpath.Architecture.Tests;

/// <summary>The house plan: which folder of src may know which. A new arrow is a change here, and visible.</summary>
public sealed partial class ArrowsTests
{
    private static readonly string s_src = Path.Combine(Repository.Root, "src");

    /// <summary>The folders whose namespaces the code of each folder uses.</summary>
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
        ["Server"] = ["Accounts", "Collection", "Contracts", "Discovery", "FlowAnalysis", "Inventory", "Network", "PathTrace", "Snmp",
            "Storage", "Tasks"],
        ["Client"] = ["Contracts"],
        ["Simulator"] = ["Network", "Snmp"],
        ["Towpath"] = ["Client", "Collection", "Contracts", "Network", "PathTrace", "Server", "Simulator", "Snmp"],
    };

    [Fact]
    public void Every_folder_of_src_is_planned() => Assert.Equal(s_uses.Keys.Order(StringComparer.Ordinal),
        Directory.GetDirectories(s_src).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_folder_uses_just_the_namespaces_that_the_plan_names() => Assert.All(s_uses, folder =>
    {
        string[] used = [.. Directory.EnumerateFiles(Path.Combine(s_src, folder.Key), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => UsedNamespace().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => name != folder.Key && s_uses.ContainsKey(name)).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(folder.Value, used);
    });

    [Fact]
    public void No_project_references_what_its_code_may_not_use() => Assert.All(s_uses, folder =>
    {
        string project = Path.Combine(s_src, folder.Key, folder.Key + ".csproj");
        IEnumerable<string> references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        Assert.Empty(references.Except(folder.Value));
    });

    [Fact]
    public void Quartz_is_known_to_Server_alone_and_databases_to_Storage_alone()
    {
        foreach (string file in Directory.GetFiles(s_src, "*.csproj", SearchOption.AllDirectories))
        {
            var packages = XDocument.Load(file).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)
                .ToArray();
            string project = Path.GetFileNameWithoutExtension(file);
            Assert.True(project == "Server" || !packages.Contains("Quartz"), $"{project} knows Quartz");
            Assert.True(project == "Storage" || !packages.Any(IsDatabase), $"{project} knows a database");
        }
    }

    private static bool IsDatabase(string package) =>
        package.Contains("sql", StringComparison.OrdinalIgnoreCase); // Sqlite, Npgsql, PostgreSQL

    [Fact]
    public void The_web_framework_is_known_to_Server_and_the_command_alone()
    {
        string[] web = [.. Directory.GetFiles(s_src, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("FrameworkReference").Any()).Select(Path.GetFileNameWithoutExtension)
            .OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Equal(["Server", "Towpath"], web);
    }

    /// <summary>A using, or a name written in full.</summary>
    [GeneratedRegex(@"(?<!namespace )\bTowpath\.([A-Z][A-Za-z]+)")]
    private static partial Regex UsedNamespace();
}
