using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>One row of a table as people read it. Columns are named by their place, from 0.</summary>
public abstract class TextRow
{
    /// <summary>In words: addresses as they are written, interfaces by name; null where there is no value.</summary>
    public abstract string? Text(int column);

    /// <summary>The number by which rows are in the order of the column; null where that is its text.</summary>
    public abstract long? Number(int column);
}

/// <summary>The columns of a table that is for people alone: it is concluded from facts, and not stored.</summary>
/// <param name="columns">None names an interface by its number: rows of several devices stand in one table.</param>
public sealed class TextColumns<T>(ImmutableArray<Column<T>> columns)
{
    public ImmutableArray<string> Names => [.. columns.Select(column => column.Name)];

    /// <inheritdoc cref="FactLayout.RangeOf"/>
    public CellRange? RangeOf(int column, string text) => columns[column].RangeOf(text);

    /// <inheritdoc cref="FactLayout.TextsIn"/>
    public IEnumerable<TextRow> Texts(IEnumerable<T> rows, Predicate<TextRow> isWanted) => Texts(rows, PortNames.None, isWanted);

    /// <summary>One object stands for all rows that are not wanted, which mostly are nearly all.</summary>
    internal IEnumerable<TextRow> Texts(IEnumerable<T> rows, PortNames names, Predicate<TextRow> isWanted)
    {
        Row? asked = null;
        foreach (T row in rows)
        {
            if (asked is null) asked = new Row(columns, names, row);
            else asked.Fact = row;
            if (isWanted(asked)) yield return new Row(columns, names, row);
        }
    }

    private sealed class Row(ImmutableArray<Column<T>> columns, PortNames names, T fact) : TextRow
    {
        public T Fact { get; set; } = fact;

        public override string? Text(int column) => columns[column].Text(Fact, names);

        public override long? Number(int column) => columns[column].Order?.Invoke(Fact);
    }
}
