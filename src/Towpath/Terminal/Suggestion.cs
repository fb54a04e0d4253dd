namespace Towpath.Commands;

/// <summary>What somebody has meant who has mistyped a word.</summary>
internal static class Suggestion
{
    /// <summary>A sentence to append, <c> Did you mean 'devices'?</c>, or nothing.</summary>
    public static string Of(string typed, IEnumerable<string> known) => Nearest(typed, known) is { } word ? $" Did you mean '{word}'?" : "";

    /// <summary>The nearest word: a third of its letters may differ. Null where none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        (string Word, int Distance)[] near = [.. known.Select(word => (word, Distance(typed.ToUpperInvariant(), word.ToUpperInvariant())))
            .Where(word => word.Item2 <= Math.Max(1, word.word.Length / 3))];
        return near.Length == 0 ? null : near.MinBy(word => word.Distance).Word;
    }

    /// <summary>How many letters are added, left out, replaced or swapped (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        int[,] distance = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++) distance[i, 0] = i;
        for (int j = 0; j <= other.Length; j++) distance[0, j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = distance[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                bool isSwapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                if (isSwapped) distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }
        return distance[one.Length, other.Length];
    }
}
