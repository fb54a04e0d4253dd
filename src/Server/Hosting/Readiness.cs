using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Towpath.Server;

/// <summary>
/// Tells whether the process does its job yet. Each thing it still waits for is a reason not to be ready, for the roles that need it: what
/// only others need keeps no process from being ready.
/// </summary>
/// <param name="roles">Those of this process.</param>
public sealed class Readiness(NodeRoles roles)
{
    private readonly ConcurrentDictionary<string, NodeRoles> _waitingFor = new();

    public NodeRoles Roles => roles;

    /// <summary>What is waited for, by which of the roles of this process. Empty when ready.</summary>
    public ImmutableArray<(string What, NodeRoles Roles)> WaitingFor =>
    [
        .. _waitingFor.Select(one => (What: one.Key, Roles: one.Value & roles)).Where(one => one.Roles != 0).OrderBy(one => one.What),
    ];

    public bool IsReady => WaitingFor.IsEmpty;

    /// <summary><c>/health/ready</c> answers 503 until <see cref="Done"/> is called with the same words.</summary>
    /// <param name="needing">Who cannot work without it.</param>
    public void WaitFor(string what, NodeRoles needing = NodeRoles.All) => _waitingFor[what] = needing;

    public void Done(string what) => _waitingFor.TryRemove(what, out _);
}
