using Towpath.Network;
using Towpath.Testing;

namespace Towpath.Inventory.Tests;

/// <summary><c>docs/events.md</c> has every kind of event, and the tables that make none.</summary>
public sealed class EventsPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));

    [Fact]
    public void Every_kind_has_its_words() =>
        Assert.All(EventKindWords.All, word => Assert.Contains($"`{word}`", s_page, StringComparison.Ordinal));

    [Fact]
    public void A_kind_is_read_by_its_word()
    {
        Assert.Equal("TABLE_READ_AGAIN", EventKindWords.Of(EventKind.TableReadAgain));
        Assert.All(Enum.GetValues<EventKind>(), kind =>
            Assert.True(EventKindWords.TryParse(EventKindWords.Of(kind), out EventKind read) && read == kind));
    }

    [Fact]
    public void Every_table_without_row_events_is_named() =>
        Assert.All(FactLayout.All.Where(layout => layout.Change == RowChange.Counted && layout != TableReading.Layout),
            layout => Assert.Contains($"`{layout.Name}`", s_page, StringComparison.Ordinal));
}
