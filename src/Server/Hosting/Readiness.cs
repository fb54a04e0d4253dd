using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Towpath.Server;

/// <summary>Tells whether the process does its job yet. Each thing it still waits for is a reason not to be ready.</summary>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, bool> _waitingFor = new();

    /// <summary>Empty when ready.</summary>
    public ImmutableArray<string> WaitingFor => [.. _waitingFor.Keys.Order()];

    public bool IsReady => _waitingFor.IsEmpty;

    /// <summary><c>/health/ready</c> answers 503 until <see cref="Done"/> is called with the same words.</summary>
    public void WaitFor(string what) => _waitingFor[what] = true;

    public void Done(string what) => _waitingFor.TryRemove(what, out _);
}
