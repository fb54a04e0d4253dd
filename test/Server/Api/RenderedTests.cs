namespace Towpath.Server.Tests;

public sealed class RenderedTests
{
    [Fact]
    public void An_item_is_made_when_it_is_written()
    {
        var made = new List<int>();
        IReadOnlyList<string> items = Rendered.Of(Enumerable.Range(1, 3).ToList(), number =>
        {
            made.Add(number);
            return $"{number}";
        });

        Assert.Equal(3, items.Count);
        Assert.Empty(made);
        using IEnumerator<string> written = items.GetEnumerator();
        Assert.True(written.MoveNext());
        Assert.Equal("1", written.Current);
        Assert.Equal([1], made);
        Assert.Equal(["1", "2", "3"], items);
        Assert.Equal("3", items[2]);
    }

    [Fact]
    public void Whoever_writes_many_gives_way_after_each_few()
    {
        const int Few = Rendered<int, int>.AtOnce;
        var (made, gaveWay) = (0, new List<int>());
        var items = new Rendered<int, int>([.. Enumerable.Range(0, 3 * Few - 1)], _ => ++made, () => gaveWay.Add(made));

        Assert.All(items, number => Assert.Equal(made, number));
        Assert.Equal(3 * Few - 1, made);
        Assert.Equal([Few, 2 * Few], gaveWay);
    }
}
