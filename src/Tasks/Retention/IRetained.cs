using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>What one area keeps for a while: rows in the order in which they came. <see cref="RetentionJob"/> deletes them.</summary>
public interface IRetained
{
    /// <summary>What the rows are, for the log: <c>tasks</c>.</summary>
    string Name { get; }

    /// <summary>How many there are; where they cannot be more than <paramref name="most"/>, any number up to that.</summary>
    Task<long> CountAsync(long most, CancellationToken cancellationToken);

    /// <summary>The oldest behind a place, in order.</summary>
    /// <param name="after">A <see cref="RetainedRow.Place"/>; 0: from the first on.</param>
    Task<ImmutableArray<RetainedRow>> OldestAsync(long after, int most, CancellationToken cancellationToken);

    /// <summary>Deletes rows that have ended, each with all that belongs to it.</summary>
    Write Purge(ImmutableArray<Guid> ids);
}

/// <summary>One row, and how it is.</summary>
/// <param name="Place">From 1; later rows have higher ones.</param>
/// <param name="EndedAt">Null: it goes on, or a part of it does.</param>
/// <param name="Rows">How many go with it, itself counted.</param>
public readonly record struct RetainedRow(long Place, Guid Id, DateTimeOffset? EndedAt, int Rows);
