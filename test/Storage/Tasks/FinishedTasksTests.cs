using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public sealed class FinishedTasksTests
{
    [Fact]
    public void What_still_runs_is_not_kept()
    {
        var finished = new FinishedTasks(8);
        TaskRecord running = Database.NewTask();
        finished.Add(running);
        Assert.Null(finished.Find(running.Id));
    }

    [Fact]
    public void It_stays_small_and_keeps_what_is_asked_for()
    {
        var finished = new FinishedTasks(8);
        TaskRecord[] tasks =
            [.. Enumerable.Range(0, 100).Select(_ => Database.NewTask()).Select(task => task with { EndTime = task.StartTime })];
        foreach (TaskRecord task in tasks)
        {
            finished.Add(task);
            Assert.Same(tasks[0], finished.Find(tasks[0].Id));
        }
        Assert.InRange(tasks.Count(task => finished.Find(task.Id) is not null), 2, 8);
    }
}
