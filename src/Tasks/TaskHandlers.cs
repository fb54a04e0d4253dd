using System.Collections.Frozen;

namespace Towpath.Tasks;

/// <summary>
/// The handlers by kind. Resolved at first use: handlers know the services that accept tasks, so they cannot be built before the engine.
/// </summary>
internal sealed class TaskHandlers(Func<IEnumerable<ITaskHandler>> resolve)
{
    private readonly Lazy<FrozenDictionary<string, ITaskHandler>> _byKind = new(() => resolve()
        .ToFrozenDictionary(handler => handler.Kind));

    public ITaskHandler? Find(string kind) => _byKind.Value.GetValueOrDefault(kind);
}
