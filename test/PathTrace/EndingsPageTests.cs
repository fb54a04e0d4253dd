using System.Reflection;
using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.PathTrace.Tests;

/// <summary>docs/endings.md lists every way a trace ends, and what the code does not have is not on it.</summary>
public sealed partial class EndingsPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "endings.md"));

    [Fact]
    public void Every_ending_has_its_row_and_no_other_stands_on_the_page() =>
        Assert.Equal(CasesOf(typeof(Ending)), FirstColumn("The endings").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_stop_has_its_row_and_no_other_stands_on_the_page() =>
        Assert.Equal(CasesOf(typeof(Stop)), FirstColumn("The stops").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_ending_that_is_a_failure_stands_with_its_code()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "src", "FlowAnalysis", "TraceFailure.cs"));
        (string Ending, string Code)[] codes =
            [.. EndingWithCode().Matches(source).Select(found => (found.Groups[1].Value, found.Groups[2].Value))];
        Assert.Equal(CasesOf(typeof(Ending)).Where(ending => ending != nameof(Ending.Delivered)),
            codes.Select(pair => pair.Ending).Distinct().Order(StringComparer.Ordinal));
        Assert.All(codes, pair => Assert.Contains(Rows("The endings"),
            row => row.StartsWith($"| `{pair.Ending}` ", StringComparison.Ordinal)
                && row.Contains($"`{pair.Code}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_text_of_Unknown_stands_in_the_tracer()
    {
        string tracer = string.Concat(Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "PathTrace"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        string[] texts = FirstColumn("The texts of `Unknown`");
        Assert.True(texts.Length > 30, $"{texts.Length} texts were read");
        Assert.All(texts, text => Assert.Contains(text, tracer, StringComparison.Ordinal));
    }

    private static string[] CasesOf(Type closed) => [.. closed.GetNestedTypes(BindingFlags.Public).Where(closed.IsAssignableFrom)
        .Select(type => type.Name).Order(StringComparer.Ordinal)];

    private static string[] FirstColumn(string section) => [.. Rows(section).Select(row => row.Split('`')[1])];

    private static string[] Rows(string section) => [.. s_page.Split($"## {section}\n")[1].Split("\n## ")[0].Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

    [GeneratedRegex("""Ending\.(\w+) end\b[^\n]*?new\("(\w+)",""")]
    private static partial Regex EndingWithCode();
}
