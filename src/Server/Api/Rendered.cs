using System.Collections;

namespace Towpath.Server;

/// <summary>
/// What an answer lists, each item made when it is written: garbage that lives for long is what makes its collection slow, and a
/// collection holds up every request.
/// </summary>
/// <param name="giveWay">Called after each few items: another thread may have the processor now.</param>
internal sealed class Rendered<TFrom, TItem>(IReadOnlyList<TFrom> all, Func<TFrom, TItem> render, Action giveWay) : IReadOnlyList<TItem>
{
    /// <summary>They take a tenth of a millisecond.</summary>
    public const int AtOnce = 64;

    public int Count => all.Count;

    public TItem this[int index] => render(all[index]);

    public IEnumerator<TItem> GetEnumerator()
    {
        for (int i = 0; i < all.Count; i++)
        {
            yield return render(all[i]);
            if (i % AtOnce == AtOnce - 1) giveWay();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class Rendered
{
    /// <param name="render">Called once for each, while the answer is written.</param>
    public static IReadOnlyList<TItem> Of<TFrom, TItem>(IReadOnlyList<TFrom> all, Func<TFrom, TItem> render) =>
        new Rendered<TFrom, TItem>(all, render, () => Thread.Yield());
}
