using System.Collections.Concurrent;

namespace Towpath.Discovery;

/// <summary>
/// Agents that have answered and wait to be collected: quick ones, slow ones, and doubtful ones, which wait while anything else is left to
/// begin. A fault of an agent's software is on each device that runs it, so what is doubtful is a kind, by the devices collected so far:
/// <list type="number">
/// <item>a kind of which more devices invented rows than were read well;</item>
/// <item>a kind of which nothing is known yet, while of more kinds the first device invented rows than was read well.</item>
/// </list>
/// Of the doubtful ones, those go first whose kind was read well since, then large kinds, then small ones, and last the kinds that invent.
/// The order alone follows from that: all are collected. <see cref="Invents"/> and <see cref="ReadWell"/> are safe for concurrent use; the
/// rest is for one caller at a time.
/// </summary>
internal sealed class Answered
{
    // An agent that needs longer for an answer gets hardly a request in a second, so it needs no place for long.
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(1);

    private readonly Queue<Visit> _quick = [], _slow = [];
    private readonly List<Kind> _doubtful = []; // those of which some wait
    private readonly ConcurrentDictionary<AgentKind, Kind> _kinds = new();
    private int _unknownDoubts;

    /// <param name="visit">With a contact.</param>
    public void Add(Visit visit)
    {
        Kind kind = KindOf(visit);
        kind.Devices++;
        if (IsDoubtful(kind)) AddDoubtful(kind, visit);
        else (visit.Contact!.Took < s_slow ? _quick : _slow).Enqueue(visit);
    }

    public Visit? NextQuick() => NextOf(_quick);

    public Visit? NextSlow() => NextOf(_slow);

    public Visit? NextDoubtful()
    {
        if (_doubtful.MinBy(kind => (Math.Sign(kind.Doubts), -kind.Devices)) is not { } first) return null;
        Visit next = first.Waiting.Dequeue();
        if (first.Waiting.Count == 0) _doubtful.Remove(first);
        return next;
    }

    /// <summary>A table of such a device brings no facts; told once a device.</summary>
    public void Invents(AgentKind kind) => Doubt(kind, 1);

    /// <summary>Such a device was collected, and all its tables brought facts.</summary>
    public void ReadWell(AgentKind kind) => Doubt(kind, -1);

    private void Doubt(AgentKind of, int more)
    {
        Kind kind = _kinds.GetOrAdd(of, static _ => new Kind());
        Interlocked.Add(ref kind.Doubts, more);
        if (Interlocked.Exchange(ref kind.IsKnown, true)) return;
        Interlocked.Add(ref _unknownDoubts, more);
    }

    private Kind KindOf(Visit visit) => _kinds.GetOrAdd(visit.Contact!.Kind, static _ => new Kind());

    private bool IsDoubtful(Kind kind) => Volatile.Read(ref kind.IsKnown) ? kind.Doubts > 0 : Volatile.Read(ref _unknownDoubts) > 0;

    private void AddDoubtful(Kind kind, Visit visit)
    {
        if (kind.Waiting.Count == 0) _doubtful.Add(kind);
        kind.Waiting.Enqueue(visit);
    }

    private Visit? NextOf(Queue<Visit> waiting)
    {
        while (waiting.TryDequeue(out Visit? visit))
        {
            Kind kind = KindOf(visit);
            if (!IsDoubtful(kind)) return visit;
            AddDoubtful(kind, visit);
        }
        return null;
    }

    private sealed class Kind
    {
        /// <summary>Devices that invented rows less those that were read well.</summary>
        public int Doubts;

        /// <summary>A device of the kind was collected, or invents rows.</summary>
        public bool IsKnown;

        /// <summary>That have answered.</summary>
        public int Devices { get; set; }

        /// <summary>Doubtful ones.</summary>
        public Queue<Visit> Waiting { get; } = [];
    }
}

/// <summary>The model and the software of a device, as its system group tells them (RFC 3418). Both the same: the same agent.</summary>
internal readonly record struct AgentKind(string SysObjectId, string SysDescr);
