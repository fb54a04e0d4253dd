using System.Collections.Concurrent;

namespace Towpath.Discovery;

/// <summary>
/// Agents that have answered and wait to be collected. A kind of which more devices invented rows than were read well is doubtful, and
/// waits while anything else is left to begin: a fault of an agent's software is on each device that runs it, so only the first few of them
/// cost the others time. It changes the order alone. <see cref="Invents"/> and <see cref="ReadWell"/> are safe for concurrent use; the rest
/// is for one caller at a time.
/// </summary>
internal sealed class Answered
{
    // An agent that needs longer for an answer gets hardly a request in a second, so it needs no place for long.
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(1);

    private readonly Queue<Visit> _quick = [], _slow = [], _doubtful = [];
    private readonly ConcurrentDictionary<DeviceKind, int> _doubts = new();

    /// <param name="visit">With a contact.</param>
    public void Add(Visit visit) => (IsDoubtful(visit) ? _doubtful : visit.Contact!.Took < s_slow ? _quick : _slow).Enqueue(visit);

    public Visit? NextQuick() => NextOf(_quick);

    public Visit? NextSlow() => NextOf(_slow);

    public Visit? NextDoubtful() => _doubtful.TryDequeue(out Visit? visit) ? visit : null;

    /// <summary>A table of such a device brings no facts; told once a device.</summary>
    public void Invents(DeviceKind kind) => Doubt(kind, 1);

    /// <summary>Such a device was collected, and all its tables brought facts.</summary>
    public void ReadWell(DeviceKind kind) => Doubt(kind, -1);

    private void Doubt(DeviceKind kind, int more) => _doubts.AddOrUpdate(kind, more, (_, before) => before + more);

    private bool IsDoubtful(Visit visit) => _doubts.GetValueOrDefault(visit.Contact!.Kind) > 0;

    private Visit? NextOf(Queue<Visit> waiting)
    {
        while (waiting.TryDequeue(out Visit? visit))
        {
            if (!IsDoubtful(visit)) return visit;
            _doubtful.Enqueue(visit);
        }
        return null;
    }
}

/// <summary>What the system group says of a device's model and its software (RFC 3418). Both the same: the same agent.</summary>
internal readonly record struct DeviceKind(string SysObjectId, string SysDescr);
