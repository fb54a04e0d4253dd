using System.Collections.Immutable;

namespace Towpath.Storage;

/// <summary>
/// The rows that a list asks for, in no engine's words: conditions that all hold, an order and a page. An engine writes it as a text that
/// depends on which filters are set and never on their values, so the statements stay few and prepared.
/// </summary>
/// <param name="SortBy">A column; rows that are equal in it, and all rows when it is null, come in the order in which they were
/// added.</param>
/// <param name="Skip">Rows to leave out at the front, from 0.</param>
internal sealed record Selection(ImmutableArray<Condition> Conditions, string? SortBy, bool Descending, int Skip, int Take);

/// <param name="Column">A column of the area's table, or a word that the area's store gives a meaning.</param>
/// <param name="Value">A value as for a parameter of the engine; null when the comparison has none.</param>
internal readonly record struct Condition(string Column, Comparison Comparison, object? Value = null);

internal enum Comparison
{
    Equal,
    EqualIgnoringCase,
    Less,
    AtMost,
    AtLeast,
    Greater,

    /// <summary>A text, with its case.</summary>
    Contains,
    IsSet,
    IsNotSet,
}

/// <summary>Collects the conditions of the filters that are set.</summary>
internal sealed class Conditions
{
    private readonly ImmutableArray<Condition>.Builder _set = ImmutableArray.CreateBuilder<Condition>();

    /// <param name="value">Null: the filter is not set.</param>
    public Conditions When(string column, Comparison comparison, object? value)
    {
        if (value is not null) _set.Add(new Condition(column, comparison, value));
        return this;
    }

    /// <param name="isSet">Null: the filter is not set.</param>
    public Conditions WhenSet(string column, bool? isSet)
    {
        if (isSet is { } set) _set.Add(new Condition(column, set ? Comparison.IsSet : Comparison.IsNotSet));
        return this;
    }

    public ImmutableArray<Condition> ToImmutable() => _set.ToImmutable();
}
