using Towpath.Accuracy;

namespace Towpath.PathTrace.Tests;

/// <summary>How an answer is held against what is right, on graphs of a few steps.</summary>
public sealed class JudgementTests
{
    private static readonly AnsweredStep s_first = new(0, 1, 0.95, 1), s_last = new(1, 2, 0.90, 1);

    [Fact]
    public void Each_step_to_the_element_that_the_packet_passes_is_right() =>
        Assert.Equal([(0.95, true), (0.90, true)], Judge("h a h", [s_first, s_last], "h a h"));

    [Fact]
    public void What_follows_a_wrong_step_is_not_judged() =>
        Assert.Equal([(0.95, false)], Judge("h b h", [s_first, s_last], "h a h"));

    [Fact]
    public void Of_several_ways_the_right_one_counts_and_its_share_is_told_apart()
    {
        JudgedStep fork = Flow("h a b h", [s_first, new(0, 2, 0.30, 0.25), new(1, 3, 0.90, 1), new(2, 3, 0.90, 1)], "h b h").Steps[0];
        Assert.Equal((true, 0.25, 0.99), (fork.IsRight, fork.Share, fork.Stated));
        Assert.Null(Flow("h a h", [s_first, s_last], "h a h").Steps[0].Share);
    }

    [Fact]
    public void An_answer_that_goes_on_or_ends_where_the_packet_does_not_is_wrong_unless_it_says_that_it_does_not_know()
    {
        Assert.Equal([(0.95, true), (0.90, false)], Judge("h a h", [s_first, s_last], "h a"));
        Assert.Equal([(0.95, true), (0.99, false)], Judge("h a", [s_first], "h a h"));
        JudgedFlow open = Flow("h a", [s_first], "h a h", open: 1);
        Assert.Equal((1, true), (open.Steps.Count, open.EndsEarly));
        Assert.True(Flow("", [], "h a h").EndsEarly);
    }

    [Fact]
    public void An_ending_at_an_element_whose_policy_is_not_evaluated_is_as_sure_as_the_product_says_that_it_is()
    {
        var answer = new Answered(["h", "a"], [s_first], new HashSet<int>()) { ByPolicy = new HashSet<int> { 1 } };
        Assert.Equal((RestsOn.Policy.Value, false), Last(answer));
        Assert.Equal((0.99, false), Last(answer with { ByPolicy = new HashSet<int> { 0 } }));

        static (double, bool) Last(Answered answer) =>
            Judgement.Of(answer, ["h", "a", "h"], true).Steps[^1] is { } step ? (step.Stated, step.IsRight) : default;
    }

    [Fact]
    public void The_figures_are_of_all_steps()
    {
        var all = new Percentages([
            new JudgedFlow([new("", 0.99, true), new("", 0.95, true), new("", 0.60, false)], true, false),
            new JudgedFlow([new("", 0.60, true), new("", 0.90, true)], true, true),
            new JudgedFlow([], false, true)]);
        Assert.Equal((0, 0.5, 0.875, 0.5), (all.WrongAndSure, all.RightAndSure, all.Auc!.Value, all.Unanswered));
        Assert.Null(new Percentages([]).Auc);
        Assert.Contains("| 60 % | 2 | 1 | 50.0 % |", all.ToTable(), StringComparison.Ordinal);
    }

    private static (double, bool)[] Judge(string elements, AnsweredStep[] steps, string way) =>
        [.. Flow(elements, steps, way).Steps.Select(step => (step.Stated, step.IsRight))];

    private static JudgedFlow Flow(string elements, AnsweredStep[] steps, string way, int open = -1) => Judgement.Of(
        new Answered(elements.Split(' ', StringSplitOptions.RemoveEmptyEntries), steps, new HashSet<int> { open }), way.Split(' '), true);
}
