using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

public sealed class PulseRulesTests
{
    private static readonly DateTimeOffset s_noon = Facts.Noon;
    private static readonly ChangeSigns s_signs = new(1_000, 10, 20, 30, 40, 50);
    private static readonly Pulse s_silence = new(null, "No answer.", TimeSpan.Zero);

    [Theory]
    [InlineData(new[] { 0, 30, 60 }, true)]
    [InlineData(new[] { 0, 30, 59 }, false)] // three, and not over a minute
    [InlineData(new[] { 0, 20, 40, 60 }, true)]
    [InlineData(new[] { 0, 300 }, false)] // only two
    public void A_device_is_unreachable_after_three_misses_over_a_minute(int[] seconds, bool lost)
    {
        PulseOutcome last = Missed(PulseNotes.None, seconds);

        Assert.Equal(lost ? (bool?)false : null, last.Verdict);
        Assert.Equal(lost ? Intervals.Pulse : Intervals.PulseInDoubt, last.Next);
    }

    [Fact]
    public void An_answer_in_between_begins_the_misses_anew()
    {
        PulseNotes notes = Missed(PulseNotes.None, 0, 30).Notes;
        notes = Follow(notes, Answer(s_signs), true, 45).Notes;

        Assert.Null(Missed(notes, 60, 90).Verdict);
        Assert.False(Missed(notes, 60, 90, 120).Verdict);
    }

    [Fact]
    public void A_device_that_somebody_else_found_again_may_miss_three_times_more()
    {
        PulseNotes lost = Missed(PulseNotes.None, 0, 30, 60).Notes;

        Assert.Null(Missed(lost, 400).Verdict);
    }

    [Fact]
    public void A_clock_that_was_put_back_makes_no_long_silence_and_no_endless_one()
    {
        PulseNotes notes = Missed(PulseNotes.None, 0, 30).Notes;

        Assert.Null(Missed(notes, -3_600).Verdict);
        Assert.False(Missed(notes, -3_600, -3_540).Verdict);
    }

    [Fact]
    public void A_device_is_reachable_after_two_answers_and_then_everything_is_due()
    {
        PulseOutcome first = Follow(PulseNotes.None, Answer(s_signs), false, 0);
        PulseOutcome second = Follow(first.Notes, Answer(s_signs), false, 30);

        Assert.Equal(((bool?)null, Intervals.PulseInDoubt, (DateTimeOffset?)null), (first.Verdict, first.Next, first.Forward));
        Assert.Equal(((bool?)true, Intervals.Pulse, (DateTimeOffset?)s_noon.AddSeconds(30)), (second.Verdict, second.Next, second.Forward));
        Assert.Equal(CollectionTiers.All.Order(), second.Notes.Forward.Keys.Order());
    }

    [Fact]
    public void A_miss_between_the_two_answers_begins_them_anew()
    {
        PulseNotes notes = Follow(PulseNotes.None, Answer(s_signs), false, 0).Notes;
        PulseOutcome missed = Follow(notes, s_silence, false, 30);

        Assert.Equal(((bool?)null, Intervals.Pulse), (missed.Verdict, missed.Next));
        Assert.Null(Follow(missed.Notes, Answer(s_signs), false, 60).Verdict);
    }

    [Fact]
    public void A_change_brings_its_tier_forward_and_the_first_answer_is_none()
    {
        PulseOutcome first = Follow(PulseNotes.None, Answer(s_signs), true, 0);
        PulseOutcome second = Follow(first.Notes, Answer(s_signs with { Routes = 49 }), true, 300);

        Assert.Null(first.Forward);
        Assert.Equal(s_noon.AddSeconds(300), second.Forward);
        Assert.Equal(CollectionTier.Routes, Assert.Single(second.Notes.Forward).Key);
    }

    [Fact]
    public void A_tier_is_brought_forward_once_in_ten_minutes()
    {
        PulseNotes notes = Follow(PulseNotes.None, Answer(s_signs), true, 0).Notes;
        var due = new List<DateTimeOffset?>();
        for (int minute = 5; minute <= 35; minute += 5)
        {
            PulseOutcome outcome = Follow(notes, Answer(s_signs with { Routes = 50 + minute }), true, 60 * minute);
            notes = outcome.Notes;
            due.Add(outcome.Forward);
        }
        // at once, then ten minutes after the last; while one waits the next change changes nothing
        Assert.Equal([At(5), At(15), At(25), null, At(35), null, At(45)], due);

        static DateTimeOffset? At(int minute) => s_noon.AddMinutes(minute);
    }

    [Fact]
    public void Another_tier_does_not_wait_for_that()
    {
        PulseNotes notes = Follow(PulseNotes.None, Answer(s_signs), true, 0).Notes;
        notes = Follow(notes, Answer(s_signs with { Routes = 1 }), true, 60).Notes;

        PulseOutcome outcome = Follow(notes, Answer(s_signs with { Routes = 1, Topology = 41 }), true, 120);

        Assert.Equal(s_noon.AddSeconds(120), outcome.Forward);
    }

    [Fact]
    public void The_usual_answer_is_the_median_of_the_last_nine()
    {
        PulseNotes notes = PulseNotes.None;
        foreach (int milliseconds in (int[])[900, 900, 900, 900, 900])
            notes = Follow(notes, Answer(s_signs, milliseconds), true, 0).Notes;
        Assert.Equal(TimeSpan.FromMilliseconds(900), notes.UsualAnswer());
        foreach (int milliseconds in (int[])[3, 4, 5, 2_000, 6, 7, 8, 9, 10])
            notes = Follow(notes, Answer(s_signs, milliseconds), true, 0).Notes;

        Assert.Equal(TimeSpan.FromMilliseconds(7), notes.UsualAnswer());
        Assert.Equal(9, notes.Took.Length);
    }

    [Fact]
    public void Two_answers_tell_nothing_usual()
    {
        PulseNotes notes = Follow(Follow(PulseNotes.None, Answer(s_signs), true, 0).Notes, Answer(s_signs), true, 300).Notes;

        Assert.Null(notes.UsualAnswer());
        Assert.NotNull(Follow(notes, Answer(s_signs), true, 600).Notes.UsualAnswer());
    }

    [Fact]
    public void Notes_read_back_what_was_written_and_what_is_not_understood_says_nothing()
    {
        PulseNotes notes = new()
        {
            Misses = 2, MissedSince = s_noon, Answers = 1, Signs = s_signs, Took = [1.5, 2],
            Forward = ImmutableDictionary<CollectionTier, DateTimeOffset>.Empty.Add(CollectionTier.Routes, s_noon),
        };
        string stored = ScheduleNotes.Write(notes);

        PulseNotes read = ScheduleNotes.Read(stored, PulseNotes.None);

        Assert.Equal(stored, ScheduleNotes.Write(read));
        Assert.Equal((2, s_noon, 1), (read.Misses, read.MissedSince!.Value, read.Answers));
        Assert.Equal(s_signs, read.Signs);
        Assert.Equal(s_noon, read.Forward[CollectionTier.Routes]);
        Assert.Equal([1.5, 2], read.Took.ToArray());
        Assert.All(["", "{", "[]", "null", """{"Took":null}""", """{"Forward":{"Elsewhen":1}}"""], wrong =>
            Assert.Equal(0, ScheduleNotes.Read(wrong, PulseNotes.None).Misses));
    }

    private static Pulse Answer(ChangeSigns signs, int milliseconds = 5) => new(signs, null, TimeSpan.FromMilliseconds(milliseconds));

    private static PulseOutcome Follow(PulseNotes notes, Pulse pulse, bool isReachable, int seconds) =>
        PulseRules.Follow(notes, pulse, isReachable, s_noon.AddSeconds(seconds));

    private static PulseOutcome Missed(PulseNotes notes, params int[] seconds)
    {
        PulseOutcome? last = null;
        foreach (int second in seconds) last = Follow(last?.Notes ?? notes, s_silence, true, second);
        return last!;
    }
}
