using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>A column of a table.</summary>
/// <param name="Name">As <c>--columns</c> takes it: <c>prefixLength</c>, on the screen <c>PREFIX LENGTH</c>.</param>
/// <param name="Cell">Null or empty: there is no value.</param>
/// <param name="Rank">On a narrow terminal the columns of the highest rank are left out first; <see cref="Wide"/>: always.</param>
/// <param name="IsWhole">A value of it is not broken into lines: a time, an id.</param>
internal sealed record Column<T>(string Name, Func<T, string?> Cell, int Rank = 0, bool IsWhole = false)
{
    public const int Wide = 9;

    public string Heading =>
        string.Concat(Name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {letter}" : $"{char.ToUpperInvariant(letter)}"));
}

/// <summary>A table in each form: for people, for spreadsheets, for programs. Every list that a command shows is one.</summary>
internal sealed class Listing<T>(params IReadOnlyList<Column<T>> columns)
{
    /// <summary>On the screen a line stands once, however many rows look the same without the columns that are left out there.</summary>
    public bool EachLineOnce { get; init; }

    /// <summary>As JSON the rows are the API's own objects; with <c>--columns</c> they are objects of these.</summary>
    /// <exception cref="UsageException">The columns that are asked for are not all known.</exception>
    public void Show(Screen screen, IReadOnlyList<T> rows)
    {
        IReadOnlyList<Column<T>> shown = Chosen(screen);
        if (screen.Form == AnswerForm.Csv)
        {
            WriteCsv([.. shown.Select(column => column.Name)]);
            foreach (T row in rows) WriteCsv(Cells(shown, row));
        }
        else if (screen.Json) WriteJson(screen, shown, rows);
        else
        {
            IEnumerable<string?[]> lines = rows.Select(row => Cells(shown, row));
            screen.Table([.. shown.Select(column => new Heading(column.Heading, column.Rank, column.IsWhole))],
                EachLineOnce && screen.Form == AnswerForm.Table ? lines.DistinctBy(CsvText.Line) : lines);
        }
    }

    /// <summary>Comma-separated values are written while the rows come: a table may be longer than the memory.</summary>
    public async Task ShowAsync(Screen screen, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<Column<T>> shown = Chosen(screen);
        if (screen.Form != AnswerForm.Csv)
        {
            Show(screen, await rows.ToListAsync(cancellationToken));
            return;
        }
        WriteCsv([.. shown.Select(column => column.Name)]);
        await foreach (T row in rows.WithCancellation(cancellationToken)) WriteCsv(Cells(shown, row));
    }

    /// <summary>One thing: a value on each line.</summary>
    public void ShowOne(Screen screen, T item)
    {
        IReadOnlyList<Column<T>> shown = screen.Columns is null ? columns : Chosen(screen);
        if (screen is { Json: true, Columns: null }) Screen.WriteJson(item);
        else if (screen.Form is AnswerForm.Csv or AnswerForm.Json) Show(screen, [item]);
        else screen.Values([.. shown.Select(column => (column.Heading, column.Cell(item)))]);
    }

    /// <summary>Refuses unknown columns before the controller is asked.</summary>
    public void Check(Screen screen) => Chosen(screen);

    private IReadOnlyList<Column<T>> Chosen(Screen screen)
    {
        if (screen.Columns is not { } asked)
            return screen.Form == AnswerForm.Table ? [.. columns.Where(column => column.Rank < Column<T>.Wide)] : columns;
        return [.. asked.Select(name => Find(name) ?? throw new UsageException($"There is no column '{name}'."
            + $"{Suggestion.Of(name, columns.Select(column => column.Name))} There are "
            + $"{string.Join(", ", columns.Select(one => one.Name))}."))];
    }

    private Column<T>? Find(string name) =>
        columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string?[] Cells(IReadOnlyList<Column<T>> shown, T row) => [.. shown.Select(column => column.Cell(row))];

    private static void WriteCsv(IEnumerable<string?> cells) =>
        Console.Out.WriteLine(CsvText.Line(cells.Select(cell => cell is null ? null : Screen.Plain(cell))));

    private static void WriteJson(Screen screen, IReadOnlyList<Column<T>> shown, IReadOnlyList<T> rows)
    {
        if (screen.Columns is null) Screen.WriteJson(rows);
        else Screen.WriteJson(rows.Select(row => shown.ToDictionary(column => column.Name, column => column.Cell(row))).ToArray());
    }
}
