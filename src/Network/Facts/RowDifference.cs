namespace Towpath.Network;

/// <summary>The facts of one kind that a device told at one time and not, or otherwise, at another.</summary>
/// <param name="Rows">Those that changed or are gone in the order of the earlier table, then the new ones in that of the later. Null: there
/// are more than were asked for.</param>
/// <param name="Gone">So many are not as they were.</param>
/// <param name="Come">So many are new, or other than they were.</param>
public sealed record TableDifference(IReadOnlyList<RowDifference>? Rows, int Gone, int Come)
{
    internal static TableDifference None { get; } = new([], 0, 0);
}

/// <summary>
/// A fact that a device told at one time and not, or otherwise, at another. Cells are in the order of the layout's columns; one without a
/// value is left out.
/// </summary>
/// <param name="Key">Of the columns that tell the row from others, see <see cref="FactLayout.Key"/>.</param>
/// <param name="Before">The other columns as they were; null: the row is new.</param>
/// <param name="After">The same as they are now; null: the row is gone.</param>
public sealed record RowDifference(IReadOnlyList<RowCell> Key, IReadOnlyList<RowCell>? Before, IReadOnlyList<RowCell>? After);

/// <param name="Text">In words: addresses as they are written, interfaces by name; at most some 250 characters.</param>
public readonly record struct RowCell(string Column, string Text);
