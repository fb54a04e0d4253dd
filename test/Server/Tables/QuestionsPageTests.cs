using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The page on questions names what can be asked.</summary>
public sealed class QuestionsPageTests
{
    [Fact]
    public void The_page_has_every_key_and_every_concluded_table()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "questions.md"));
        Assert.All(TableQuestion.OwnKeys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
        Assert.All(NetworkTable.All.Where(table => table.Layout is null),
            table => Assert.Contains($"| `{table.Name}` |", page, StringComparison.Ordinal));
    }
}
