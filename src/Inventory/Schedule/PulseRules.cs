using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>What follows from the answer of a device, or from its silence.</summary>
/// <param name="Next">How long until it is asked again.</param>
/// <param name="Verdict">True: it is reachable again; false: it is not any more; null: nothing new.</param>
/// <param name="Forward">What is to be read before its time.</param>
internal sealed record PulseOutcome(PulseNotes Notes, TimeSpan Next, bool? Verdict, DateTimeOffset? Forward);

/// <summary>
/// A device is unreachable after three misses over a minute at least, and reachable again after two answers. What it says has changed is
/// brought forward, a tier once in ten minutes.
/// </summary>
internal static class PulseRules
{
    public const int MissesToLose = 3;
    public const int AnswersToFind = 2;

    /// <summary>From the first of the misses to the last: a line card that restarts is no outage.</summary>
    public static TimeSpan LeastSilence { get; } = TimeSpan.FromSeconds(60);

    /// <param name="isReachable">As the inventory has it, by whomever.</param>
    public static PulseOutcome Follow(PulseNotes before, Pulse pulse, bool isReachable, DateTimeOffset now)
    {
        if (pulse.Signs is { } signs) return Answered(before, signs, pulse.Took, isReachable, now);
        return isReachable ? Missed(before, now) : new PulseOutcome(before with { Answers = 0 }, Intervals.Pulse, null, null);
    }

    private static PulseOutcome Missed(PulseNotes before, DateTimeOffset now)
    {
        DateTimeOffset since = before.MissedSince is { } first && first <= now ? first : now; // the clock was put back
        int misses = before.Misses + 1;
        if (misses >= MissesToLose && now - since >= LeastSilence)
            return new PulseOutcome(before with { Misses = 0, MissedSince = null, Answers = 0 }, Intervals.Pulse, false, null);
        return new PulseOutcome(before with { Misses = misses, MissedSince = since, Answers = 0 }, Intervals.PulseInDoubt, null, null);
    }

    private static PulseOutcome Answered(PulseNotes before, ChangeSigns signs, TimeSpan took, bool isReachable, DateTimeOffset now)
    {
        int answers = isReachable ? 0 : before.Answers + 1;
        bool isBack = answers >= AnswersToFind;
        IReadOnlySet<CollectionTier> changed = signs.ChangedSince(before.Signs ?? signs);
        ImmutableDictionary<CollectionTier, DateTimeOffset> forward = before.Forward;
        foreach (CollectionTier tier in isBack ? CollectionTiers.All : changed) forward = forward.SetItem(tier, Forward(tier));
        PulseNotes notes = before with
        {
            Misses = 0,
            MissedSince = null,
            Answers = isBack ? 0 : answers,
            Signs = signs,
            Forward = forward,
            Took = [.. before.Took.TakeLast(PulseNotes.AnswersKept - 1), took.TotalMilliseconds],
        };
        DateTimeOffset? first = forward == before.Forward ? null
            : forward.Where(one => before.Forward.GetValueOrDefault(one.Key) != one.Value).Min(one => (DateTimeOffset?)one.Value);
        bool inDoubt = !isReachable && !isBack;
        return new PulseOutcome(notes, inDoubt ? Intervals.PulseInDoubt : Intervals.Pulse, isBack ? true : null, first);

        DateTimeOffset Forward(CollectionTier tier)
        {
            DateTimeOffset? last = before.Forward.TryGetValue(tier, out DateTimeOffset at) ? at : null;
            DateTimeOffset earliest = last + Intervals.BetweenChanges ?? now;
            if (last > now && last <= now + Intervals.BetweenChanges) return last.Value; // waits for its turn already
            return earliest > now && earliest <= now + Intervals.BetweenChanges ? earliest : now;
        }
    }
}
