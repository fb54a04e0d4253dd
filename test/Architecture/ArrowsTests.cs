using System.Xml.Linq;
using Towpath.Testing;

namespace Towpath.Architecture.Tests;

/// <summary>The house plan: which folder of src may know which.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> _arrows = new()
    {
        ["Network"] = [],
        ["PathTrace"] = ["Network"],
        ["Snmp"] = [],
        ["Collection"] = ["Network", "Snmp"],
        ["Tasks"] = [],
        ["Accounts"] = ["Tasks"],
        ["Inventory"] = ["Network", "Tasks"],
        ["Discovery"] = ["Collection", "Inventory", "Tasks"],
        ["FlowAnalysis"] = ["PathTrace", "Collection", "Inventory", "Tasks"],
        ["Storage"] = ["Tasks", "Accounts", "Inventory", "Discovery", "FlowAnalysis"],
        ["Contracts"] = [],
        ["Server"] = ["Network", "PathTrace", "Snmp", "Collection", "Tasks", "Accounts", "Inventory", "Discovery", "FlowAnalysis",
            "Storage", "Contracts"],
        ["Client"] = ["Contracts"],
        ["Simulator"] = ["Network", "Snmp"],
        ["Towpath"] = ["Server", "Client", "Simulator"],
    };

    [Fact]
    public void Every_folder_of_src_is_a_project_with_just_the_planned_arrows()
    {
        string src = Path.Combine(Repository.Root, "src");
        var found = Directory.GetDirectories(src).Select(folder => Path.GetFileName(folder)!).Order().ToArray();
        Assert.Equal(_arrows.Keys.Order(), found);
        foreach (string project in found)
        {
            var references = XDocument.Load(Path.Combine(src, project, project + ".csproj")).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order();
            Assert.Equal(_arrows[project].Order(), references);
        }
    }

    [Fact]
    public void Quartz_is_known_to_Server_alone_and_databases_to_Storage_alone()
    {
        string src = Path.Combine(Repository.Root, "src");
        foreach (string file in Directory.GetFiles(src, "*.csproj", SearchOption.AllDirectories))
        {
            var packages = XDocument.Load(file).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)
                .ToArray();
            string project = Path.GetFileNameWithoutExtension(file);
            Assert.True(project == "Server" || !packages.Contains("Quartz"), $"{project} knows Quartz");
            Assert.True(project == "Storage" || !packages.Any(package => package.Contains("Sqlite", StringComparison.OrdinalIgnoreCase)),
                $"{project} knows SQLite");
        }
    }

    [Fact]
    public void The_web_framework_is_known_to_Server_and_the_command_alone()
    {
        string src = Path.Combine(Repository.Root, "src");
        string[] web = [.. Directory.GetFiles(src, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("FrameworkReference").Any()).Select(Path.GetFileNameWithoutExtension)
            .OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Equal(["Server", "Towpath"], web);
    }
}
