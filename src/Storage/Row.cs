using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>The row on which a reader stands, by the places of its columns. How an id is stored is the engine's affair.</summary>
internal abstract class Row
{
    public abstract bool IsNull(int column);

    public abstract string Text(int column);

    public abstract long Number(int column);

    public abstract byte[] Octets(int column);

    public abstract Guid Id(int column);

    /// <exception cref="OverflowException">The number is no Int32.</exception>
    public int Int32(int column) => checked((int)Number(column));

    public bool Flag(int column) => Number(column) != 0;

    /// <summary>The time of a column of epoch milliseconds.</summary>
    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Number(column));

    /// <summary>The duration of a column of milliseconds.</summary>
    public TimeSpan Duration(int column) => TimeSpan.FromMilliseconds(Number(column));

    public int? Int32OrNull(int column) => IsNull(column) ? null : Int32(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[]? OctetsOrNull(int column) => IsNull(column) ? null : Octets(column);

    public TaskId Task(int column) => new(Id(column));

    public TaskId? TaskOrNull(int column) => IsNull(column) ? null : Task(column);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);
}
