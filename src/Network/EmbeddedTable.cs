using System.Text.RegularExpressions;

namespace Towpath.Network;

/// <summary>
/// A table of data that stands in an assembly as text: one row a line, columns apart by two blanks or more, comments after <c>#</c> at a
/// line's begin.
/// </summary>
public static partial class EmbeddedTable
{
    /// <param name="name">The file's name, which is its logical name in the assembly of <paramref name="of"/>.</param>
    /// <param name="columns">The last one holds the rest of the line.</param>
    /// <exception cref="FormatException">A line has fewer columns.</exception>
    public static IEnumerable<string[]> Read(Type of, string name, int columns)
    {
        using Stream file = of.Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{of.Assembly.GetName().Name} holds no {name}.");
        using var reader = new StreamReader(file);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] cells = Gap().Split(line.TrimEnd(), columns);
            if (cells.Length != columns) throw new FormatException($"{name}, line {number}: {columns} columns are needed.");
            yield return cells;
        }
    }

    /// <summary>
    /// A pattern for texts that devices send. Such a text may be made to be slow, so the time of a match grows with its length only.
    /// </summary>
    public static Regex Pattern(string text) =>
        new(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
