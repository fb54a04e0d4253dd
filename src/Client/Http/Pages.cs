using System.Globalization;
using System.Runtime.CompilerServices;

namespace Towpath.Client;

/// <summary>Reads a long list page by page, in the largest pages the API has.</summary>
internal static class Pages
{
    private const int Size = 500;

    /// <param name="path">Gives the path of the page that starts at the 1-based index and has at most that many items.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Connection connection, Func<int, int, string> path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int start = 1; ; start += Size)
        {
            IReadOnlyList<T> page = await connection.GetAsync<IReadOnlyList<T>>(path(start, Size), cancellationToken).ConfigureAwait(false);
            foreach (T item in page) yield return item;
            if (page.Count < Size) yield break;
        }
    }

    public static string Range(string path, int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{path}/{start}/{count}");
}
