namespace Towpath.Tasks.Tests;

public sealed class TaskIdTests
{
    /// <summary>RFC 9562 appendix A.6: 017f22e2-79b0-7cc3-98c4-dc0c0c07398f is of 22 February 2022, 19:22:22 UTC.</summary>
    [Fact]
    public void An_id_begins_with_its_moment_and_says_that_it_is_of_version_7()
    {
        var moment = new DateTimeOffset(2022, 2, 22, 19, 22, 22, TimeSpan.Zero);
        string[] ids = [.. Enumerable.Range(0, 1_000).Select(_ => TaskId.New(moment).ToString())];

        Assert.All(ids, id => Assert.Matches("^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_reads_back_what_it_prints_and_no_other_text()
    {
        TaskId id = TaskId.New(DateTimeOffset.UnixEpoch);

        Assert.Equal(id, TaskId.Parse(id.ToString()));
        Assert.Equal((true, id), (TaskId.TryParse(id.ToString().ToUpperInvariant(), null, out TaskId read), read));
        Assert.Equal((false, default), (TaskId.TryParse("17", null, out TaskId none), none));
    }
}
