using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>
/// Looks again and again for tasks whose process has died, and starts them before all that wait here. One process of those that share a
/// database does it at a time.
/// </summary>
public sealed class AdoptionJob : ISerialJob
{
    /// <summary>Its <see cref="ISerialJob.Kind"/>.</summary>
    public const string Name = "adoption";

    /// <summary>With the time after which a silent process is given up it makes the time from a kill to its tasks' new start.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly TaskEngine _engine;
    private readonly Adoption _adoption;
    private readonly ILogger<AdoptionJob> _logger;

    public AdoptionJob(TaskEngine engine, ITaskStore store, IWriter writer, ILivingOwners living, ILogger<AdoptionJob> logger) =>
        (_engine, _adoption, _logger) = (engine, new Adoption(engine, store, writer, living), logger);

    public string Kind => Name;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        ImmutableArray<TaskRecord> adopted = await _adoption.TakeOverAsync(cancellationToken);
        if (adopted.IsEmpty) return;
        _engine.Adopt(adopted, beforeAllThatWait: true);
        _logger.Adopted(adopted.Length);
    }
}
