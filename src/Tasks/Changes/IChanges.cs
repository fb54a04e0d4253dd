using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>
/// What other processes commit to the same database, for those who keep some of it in memory. A process that has its database for itself
/// hears nothing: what it writes it knows. Changes are numbered by versions, one for each commit, in the order of the commits.
/// </summary>
public interface IChanges
{
    /// <summary>False: this process has its database for itself.</summary>
    bool AreOthers => true;

    /// <summary>The version whose changes, and all before, are visible to reads that begin now.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    Task<long> NowAsync(CancellationToken cancellationToken);

    /// <summary>What others have committed after this version; perhaps nothing.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer. Ask again with the same version.</exception>
    Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until others have committed something after this version, and returns all of it. It is known within 2 s of its commit.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database does not answer. Ask again with the same version.</exception>
    Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken);
}

/// <param name="Version">To ask with for the next ones.</param>
/// <param name="Changed">Each once.</param>
/// <param name="IsWhole">
/// False: some were forgotten before they were asked for, as after a long standstill. What is in memory is read again, all of it.
/// </param>
public sealed record OthersChanges(long Version, ImmutableHashSet<Change> Changed, bool IsWhole);

/// <summary>One thing that was made, changed or deleted; what it is now, the database says.</summary>
/// <param name="Topic">The word of the area that keeps it in memory.</param>
public readonly record struct Change(string Topic, Guid Key);
