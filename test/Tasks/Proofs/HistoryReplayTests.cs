namespace Towpath.Tasks.Tests;

/// <summary>The checker notices what it is there for.</summary>
public sealed class HistoryReplayTests
{
    private readonly History _history = new();

    [Fact]
    public void A_history_without_contradictions_has_no_violation()
    {
        _history.Accept("op 1", "a");
        _history.Observe("a", new(1, 2, 10, null));
        _history.Observe("a", new(3, 4, 11, null));
        _history.Observe("a", new(5, 8, 12, "done"));
        _history.Observe("a", new(6, 7, 11, null)); // beside it, so either may have been first
        Assert.Empty(Violations(("a", "done"), ("op 1", 1)));
    }

    [Fact]
    public void A_lost_task_is_noticed()
    {
        _history.Accept("op 1", "a");
        Assert.Contains("is lost", Assert.Single(Violations(("b", "done"), ("op 1", 1))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_effect_that_is_missing_or_there_twice_is_noticed(int times)
    {
        _history.Accept("op 1", "a");
        Assert.Contains($"there {times} times", Assert.Single(Violations(("a", "done"), ("op 1", times))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_of_a_cut_request_that_is_there_twice_is_noticed() =>
        Assert.Contains("asked once", Assert.Single(Violations(("a", "done"), ("op 9", 2))), StringComparison.Ordinal);

    [Fact]
    public void A_state_that_goes_back_is_noticed()
    {
        _history.Observe("a", new(1, 2, 11, null));
        _history.Observe("a", new(3, 4, 10, null));
        Assert.Contains("version 10 was seen after 11", Assert.Single(Violations(("a", "done"))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_changes_or_is_taken_back_is_noticed()
    {
        _history.Observe("a", new(1, 2, 11, "done"));
        _history.Observe("a", new(3, 4, 11, null));
        Assert.Contains("seen as running", Assert.Single(Violations(("a", "done"))), StringComparison.Ordinal);
        Assert.Contains(Violations(("a", "failed")), words => words.EndsWith("and is failed.", StringComparison.Ordinal));
    }

    private string[] Violations((string Id, string Text) task, params (string Operation, int Times)[] effects) =>
        [.. _history.Violations(new Dictionary<string, string> { [task.Id] = task.Text },
            effects.ToDictionary(effect => effect.Operation, effect => effect.Times))];
}
