namespace Towpath.Tasks;

/// <summary>Whether what is stored is whole, as far as somebody has looked.</summary>
public interface IStorageHealth
{
    /// <summary>The <see cref="ISerialJob.Kind"/> of the job that looks. A database that looks after its pages itself has none.</summary>
    const string CheckKind = "storage-check";

    /// <summary>How often it looks, after a first time at the start.</summary>
    static readonly TimeSpan CheckInterval = TimeSpan.FromHours(1);

    /// <summary>What is damaged and what to do, in words; null: nothing is known of any.</summary>
    string? Damage { get; }
}
