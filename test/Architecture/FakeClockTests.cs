using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Architecture.Tests;

/// <summary>FakeTimeProvider is the tests' clock; where it is not enough, <see cref="ManualTime"/> is.</summary>
public sealed partial class FakeClockTests
{
    [Fact]
    public void No_test_makes_a_clock_of_its_own()
    {
        string[] clocks = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "test"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Clock().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file))];

        Assert.Equal(["test/Testing/ManualTime.cs"], clocks);
    }

    [GeneratedRegex(@"\bclass \w+[^;{]*: (Fake)?TimeProvider\b")]
    private static partial Regex Clock();
}
