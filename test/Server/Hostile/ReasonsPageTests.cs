using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>docs/reasons.md explains what the product really says.</summary>
public sealed partial class ReasonsPageTests
{
    [Fact]
    public void Every_reason_of_the_page_stands_in_the_sources()
    {
        string[] said = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "reasons.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])];
        string sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));

        Assert.True(said.Length > 30, $"{said.Length} reasons were read");
        Assert.All(said, reason => Assert.Contains(reason, sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_of_the_engine_stands_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reasons.md"));
        string[] reasons = [.. page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])];
        string source = File.ReadAllText(Path.Combine(Repository.Root, "src", "Snmp", "Engine", "Reasons.cs"));
        string[] said = [.. BodyOfText().Matches(source).Select(body => body.Value)];

        Assert.True(said.Length > 15, $"{said.Length} reasons were read");
        // One for what no case of its own was made for.
        Assert.All(said.Where(line => !line.Contains("ended the exchange", StringComparison.Ordinal)), line =>
            Assert.True(reasons.Any(reason => line.Contains(reason, StringComparison.Ordinal)), line));
    }

    [GeneratedRegex("""=>\s*\$"[^\n]*""")]
    private static partial Regex BodyOfText();
}
