namespace Towpath.Commands;

/// <param name="Rank">See <see cref="Column{T}"/>.</param>
/// <param name="IsWhole">See <see cref="Column{T}"/>.</param>
internal readonly record struct Heading(string Text, int Rank, bool IsWhole = false);

/// <summary>
/// Columns without borders, which can be searched and cut. Where a terminal is too narrow, cells are wrapped between words; where words do
/// not fit, whole columns are left out, and named: those first that have no value in any row.
/// </summary>
/// <param name="Lines">The heading first, which may take several lines: <paramref name="HeadingLines"/>.</param>
/// <param name="LeftOut">The headings of the columns that do not fit.</param>
internal sealed record TableLayout(IReadOnlyList<string> Lines, int HeadingLines, IReadOnlyList<string> LeftOut)
{
    /// <summary>What a cell shows that has none.</summary>
    public const string NoValue = "-";

    private const int Gap = 2;

    // A word that is longer than this is broken: a description of 255 characters without a space would push everything else out.
    private const int LongestWord = 32;

    /// <param name="width">Of the terminal, in characters; null: as wide as it gets, for whoever reads through a pipe.</param>
    /// <param name="mayLeaveOut">False: the columns were asked for, so all of them are shown.</param>
    public static TableLayout Of(IReadOnlyList<Heading> headings, IReadOnlyList<string[]> rows, int? width, bool mayLeaveOut)
    {
        string[][] cells = [[.. headings.Select(heading => heading.Text)], .. rows];
        int[] natural = [.. headings.Select((_, column) => cells.Max(row => row[column].Length))];
        int[] least = [.. headings.Select((heading, column) => heading.IsWhole
            ? natural[column] : Math.Min(LongestWord, cells.Max(row => LongestWordOf(row[column]))))];
        bool[] isEmpty = [.. headings.Select((_, column) => rows.All(row => row[column] == NoValue))];
        List<int> shown = [.. Enumerable.Range(0, headings.Count)];
        while (mayLeaveOut && width is not null && shown.Count > 1 && Total(shown.Select(column => least[column])) > width)
        {
            shown.Remove(shown.OrderByDescending(column => isEmpty[column]).ThenByDescending(column => headings[column].Rank)
                .ThenByDescending(column => column).First());
        }

        int[] widths = [.. shown.Select(column => natural[column])];
        Narrow(widths, [.. shown.Select(column => least[column])], width ?? int.MaxValue);
        List<string> lines = [.. Wrapped(cells[0], shown, widths)];
        int headingLines = lines.Count;
        foreach (string[] row in rows) lines.AddRange(Wrapped(row, shown, widths));
        return new TableLayout(lines, headingLines,
            [.. headings.Where((_, column) => !shown.Contains(column)).Select(heading => heading.Text)]);
    }

    /// <summary>The text in lines of at most this length, broken between words where that is possible.</summary>
    /// <param name="mayCut">False: a word that is longer stays whole, on a line of its own.</param>
    public static IReadOnlyList<string> Wrap(string text, int width, bool mayCut = true)
    {
        if (text.Length <= width) return [text];
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ')) // several spaces have empty words between
        {
            if (line.Length > 0 && line.Length + 1 + word.Length <= width)
            {
                line += $" {word}";
                continue;
            }
            if (line.Length > 0) lines.Add(line.TrimEnd());
            string rest = word;
            for (; mayCut && rest.Length > width; rest = rest[width..]) lines.Add(rest[..width]);
            line = rest;
        }
        lines.Add(line.TrimEnd());
        return lines;
    }

    /// <summary>Takes from the widest column, again and again.</summary>
    private static void Narrow(int[] widths, int[] least, int width)
    {
        while (Total(widths) > width)
        {
            int widest = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column])
                .DefaultIfEmpty(-1).MaxBy(column => column < 0 ? 0 : widths[column]);
            if (widest < 0) return;
            widths[widest]--;
        }
    }

    private static IEnumerable<string> Wrapped(string[] row, List<int> shown, int[] widths)
    {
        IReadOnlyList<string>[] cells = [.. shown.Select((column, at) => Wrap(row[column], widths[at]))];
        for (int line = 0; line < cells.Max(cell => cell.Count); line++)
        {
            yield return string.Join("  ", cells.Select((cell, at) => (line < cell.Count ? cell[line] : "").PadRight(widths[at])))
                .TrimEnd();
        }
    }

    private static int Total(IEnumerable<int> widths) => widths.Sum(width => width + Gap) - Gap;

    private static int LongestWordOf(string text) => text.Split(' ').Max(word => word.Length);
}
