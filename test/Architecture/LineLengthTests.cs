using Towpath.Testing;

namespace Towpath.Architecture.Tests;

/// <summary>
/// Lines have at most 140 columns. <c>LongLines.txt</c> lists the old files that have longer ones, and how many; it may only shrink.
/// </summary>
public sealed class LineLengthTests
{
    private const int MostColumns = 140;
    private static readonly (string Path, string Pattern)[] s_folders =
    [
        ("src", "*.cs"), ("test", "*.cs"), ("bench", "*.cs"), ("samples", "*.cs"),
        ("web/src", "*.ts"), ("web/src", "*.tsx"), ("web/src", "*.css"), ("web/e2e", "*.ts"),
    ];

    [Fact]
    public void No_file_has_more_long_lines_than_the_list_says_and_the_list_says_no_more_than_there_are()
    {
        string[] found = [.. s_folders.SelectMany(folder => Files(Path.Combine(Repository.Root, folder.Path), folder.Pattern))
            .Select(Counted).OfType<string>().Order(StringComparer.Ordinal)];
        string[] listed = File.ReadAllLines(Path.Combine(Repository.Root, "test", "Architecture", "LongLines.txt"));
        Assert.Equal(listed, found);
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string? Counted(string file) => File.ReadLines(file).Count(line => line.Length > MostColumns) is > 0 and var count
        ? $"{Path.GetRelativePath(Repository.Root, file)} {count}"
        : null;
}
