using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// A database as <see cref="GroupCommit"/> needs it. An engine is this and an <see cref="ISqlDatabase"/>, and each area's migrations in its
/// words; the areas' writes and reads are the same on all.
/// </summary>
internal interface IStorageEngine
{
    /// <summary>The one session that writes. It is used by the writer's thread alone.</summary>
    IWriteSession OpenForWriting();

    /// <summary>The fault of the database as such, in words; null when the exception is about what was written.</summary>
    string? Unavailable(Exception exception);

    /// <summary>A constraint of the stored data refused a write.</summary>
    bool IsConflict(Exception exception);

    /// <summary>
    /// Other processes write the same rows, and the database gave this transaction up for theirs: the same again may pass.
    /// </summary>
    bool IsRivalry(Exception exception);
}

/// <summary>
/// Transactions, one at a time, and the writes in them. A session is only disposed of after an exception that is about the database.
/// </summary>
internal interface IWriteSession : IDisposable
{
    void Begin();

    /// <summary>All of it is on the disk when this returns.</summary>
    void Commit();

    void Rollback();

    /// <summary>The writes that follow can be undone for themselves. There is one savepoint at a time.</summary>
    void SetSavepoint();

    /// <summary>Undoes the writes since; the savepoint stays set.</summary>
    void UndoToSavepoint();

    void ReleaseSavepoint();

    /// <summary>Executes this one write, and not the effects that it carries.</summary>
    /// <returns>Whether it took effect; null: no area executes it.</returns>
    bool? TryExecute(Write write);
}
