using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Takes over the unfinished tasks of owners that live no more.</summary>
internal sealed class Adoption(TaskEngine engine, ITaskStore store, IWriter writer, ILivingOwners living)
{
    /// <summary>
    /// The tasks, which are this process's now; they are not started yet. Several processes may ask at once: each task becomes one's. A
    /// process that dies in between leaves them to the next who asks.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Nothing is taken over for now.</exception>
    public async Task<ImmutableArray<TaskRecord>> TakeOverAsync(CancellationToken cancellationToken)
    {
        // First the tasks, then who lives: a process is known to live before it accepts, so no owner that is read here can be too new.
        ImmutableArray<string> owners = await store.OwnersAsync(cancellationToken);
        IReadOnlySet<string> others = await living.OthersAsync(cancellationToken);
        string[] dead = [.. owners.Where(owner => owner != engine.Owner && !others.Contains(owner))];
        if (dead.Length == 0) return [];

        // By way of a name that nobody has: what stands under it is what was taken over, whatever is accepted or ends meanwhile.
        string claim = Guid.NewGuid().ToString("n");
        await writer.CommitAsync([.. dead.Select(owner => new AdoptTasks(owner, claim))], cancellationToken);
        ImmutableArray<TaskRecord> adopted = await store.RunningAsync(claim, cancellationToken);
        if (adopted.IsEmpty) return [];
        bool isOurs = (await writer.CommitAsync([new AdoptTasks(claim, engine.Owner)], cancellationToken))[0];
        return isOurs ? adopted : []; // another process took the claim for a dead one's
    }
}
