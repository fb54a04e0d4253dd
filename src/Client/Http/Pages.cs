using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Reads a long list page by page, in the largest pages the API has.</summary>
internal static class Pages
{
    private const int Size = 500;

    /// <summary>
    /// Some controllers have filters without paging: whatever is asked, all comes at once. Such a page is longer than asked, or starts as
    /// the one before it did.
    /// </summary>
    /// <param name="path">Gives the path of the page that starts at the 1-based index and has at most that many items.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Connection connection, Func<int, int, string> path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? firstBefore = null;
        for (int start = 1; ; start += Size)
        {
            IReadOnlyList<T> page = await connection.GetAsync<IReadOnlyList<T>>(path(start, Size), cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) yield break;
            byte[] first = JsonSerializer.SerializeToUtf8Bytes(page[0], TowpathJson.Options);
            if (firstBefore is not null && first.AsSpan().SequenceEqual(firstBefore)) yield break;
            foreach (T item in page) yield return item;
            if (page.Count != Size) yield break;
            firstBefore = first;
        }
    }

    public static string Range(string path, int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{path}/{start}/{count}");
}
