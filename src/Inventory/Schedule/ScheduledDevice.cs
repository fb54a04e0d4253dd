using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The row by which the schedule knows a device. There is one for each device, from its first collection on.</summary>
/// <param name="Interval">Of a whole collection: its own, else the default; zero: off.</param>
public sealed record ScheduledDevice(DeviceId Id, TimeSpan Interval)
{
    /// <summary>Set for this device; null: it follows the default.</summary>
    public TimeSpan? OwnInterval { get; init; }

    /// <summary>When it is asked whether it is there; null while the schedule is off.</summary>
    public DateTimeOffset? PulseAt { get; init; }

    /// <summary>When it is read; null while the schedule is off.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    public PulseNotes Pulse { get; init; } = PulseNotes.None;

    public ReadingNotes Reading { get; init; } = ReadingNotes.None;

    /// <summary>The subnet in which it is, when it did not answer the last question; null: it answered, or was never asked.</summary>
    public Prefix? SilentIn { get; init; }
}

/// <summary>What is kept of a device from one question to the next.</summary>
public sealed record PulseNotes
{
    public static PulseNotes None { get; } = new();

    /// <summary>Questions in a row without an answer, while it counts as reachable.</summary>
    public int Misses { get; init; }

    /// <summary>When the first of them was over.</summary>
    public DateTimeOffset? MissedSince { get; init; }

    /// <summary>Answers in a row, while it counts as unreachable.</summary>
    public int Answers { get; init; }

    public ChangeSigns? Signs { get; init; }

    /// <summary>
    /// When a tier is due because a sign of it has changed; past times stay, since they say when it was last brought forward.
    /// </summary>
    public ImmutableDictionary<CollectionTier, DateTimeOffset> Forward { get; init; } =
        ImmutableDictionary<CollectionTier, DateTimeOffset>.Empty;

    /// <summary>How many milliseconds its last answers took, at most <see cref="AnswersKept"/>.</summary>
    public ImmutableArray<double> Took { get; init; } = [];

    public const int AnswersKept = 9;

    /// <summary>Their median; null until there are enough to tell.</summary>
    public TimeSpan? UsualAnswer() => Took.Length < 3 ? null : TimeSpan.FromMilliseconds(Took.Order().ElementAt(Took.Length / 2));
}

/// <summary>What is kept of a device from one reading to the next.</summary>
public sealed record ReadingNotes
{
    public static ReadingNotes None { get; } = new();

    /// <summary>When each tier was read by the schedule. What was read otherwise, the device's own readings tell.</summary>
    public ImmutableDictionary<CollectionTier, DateTimeOffset> Read { get; init; } =
        ImmutableDictionary<CollectionTier, DateTimeOffset>.Empty;

    /// <summary>Tiers that were due and not read whole, and when they are tried again.</summary>
    public ImmutableDictionary<CollectionTier, DateTimeOffset> Waiting { get; init; } =
        ImmutableDictionary<CollectionTier, DateTimeOffset>.Empty;

    /// <summary>Until then the device is left alone, since it was busy with us.</summary>
    public DateTimeOffset? RestsUntil { get; init; }
}

/// <summary>Notes as a row has them. What an earlier version wrote and this one cannot read says nothing.</summary>
public static class ScheduleNotes
{
    public static string Write<T>(T notes) => JsonSerializer.Serialize(notes);

    public static T Read<T>(string stored, T none) where T : class
    {
        try
        {
            return stored.Length == 0 ? none : JsonSerializer.Deserialize<T>(stored) ?? none;
        }
        catch (JsonException)
        {
            return none;
        }
    }
}
