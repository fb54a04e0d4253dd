using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public abstract class TaskWritesTests(IEngine engine)
{
    private static readonly DateTimeOffset s_later = DateTimeOffset.FromUnixTimeMilliseconds(5_000);

    [Fact]
    public async Task The_end_and_its_effects_are_one_change()
    {
        using Database database = engine.NewDatabase();
        TaskRecord task = Database.NewTask();
        await database.CommitAsync(new AcceptTask(task), new AddNote("trace", "INPROGRESS"));
        await database.CommitAsync(new EndTask(task, "me",
            TaskOutcome.Done("done", new ChangeNote("trace", "COMPLETED")) with { Data = "data" }, s_later));

        TaskRecord ended = await database.TaskAsync(task.Id);
        Assert.Equal((s_later, s_later, 5_000, "done", "data", false),
            (ended.EndTime!.Value, ended.LastUpdate, ended.Version, ended.Progress, ended.Data, ended.IsError));
        Assert.Equal("COMPLETED", database.Note("trace"));
    }

    [Fact]
    public async Task An_end_whose_effects_conflict_does_not_happen()
    {
        using Database database = engine.NewDatabase();
        TaskRecord task = Database.NewTask();
        await database.CommitAsync(new AcceptTask(task), new AddNote("name", "taken"));

        await Assert.ThrowsAsync<WriteConflictException>(() =>
            database.CommitAsync(new EndTask(task, "me",
                TaskOutcome.Done("done", new ChangeNote("name", "changed"), new AddNote("name", "again")), s_later)));

        Assert.Null((await database.TaskAsync(task.Id)).EndTime);
        Assert.Equal("taken", database.Note("name"));
    }

    [Fact]
    public async Task A_task_and_its_resource_are_accepted_together_or_not_at_all()
    {
        using Database database = engine.NewDatabase();
        await database.CommitAsync(new AddNote("name", "taken"));
        TaskRecord task = Database.NewTask();
        await Assert.ThrowsAsync<WriteConflictException>(() => database.CommitAsync(new AcceptTask(task), new AddNote("name", "again")));
        Assert.Null(await database.Tasks.FindAsync(task.Id, CancellationToken.None));
    }

    [Fact]
    public async Task An_ended_task_never_changes_whatever_comes()
    {
        using Database database = engine.NewDatabase();
        TaskRecord task = Database.NewTask();
        await database.CommitAsync(new AcceptTask(task));
        await database.CommitAsync(new EndTask(task, "me", TaskOutcome.Failed("sorry", "Code", "because"), s_later));
        TaskRecord ended = await database.TaskAsync(task.Id);

        bool[] took =
        [
            .. await database.CommitAsync(
                new EndTask(task, "me", TaskOutcome.Done("no", new AddNote("effect", "of a second end")), s_later.AddSeconds(1)),
                new ReportProgress(task.Id, "me", "no", s_later.AddSeconds(1)),
                new EndTask(task, "me", TaskOutcome.AfterChildren("no"), s_later.AddSeconds(1)),
                new AdoptTasks("me", "other"),
                new AcceptTask(Database.NewTask(parent: task))),
        ];

        Assert.Equal([false, false, false, false, false], took);
        Assert.Equal(ended, await database.TaskAsync(task.Id));
        Assert.Null(database.Note("effect"));
    }

    [Fact]
    public async Task Only_the_owner_changes_a_task_and_adoption_makes_a_new_one()
    {
        using Database database = engine.NewDatabase();
        TaskRecord task = Database.NewTask(owner: "me");
        await database.CommitAsync(new AcceptTask(task));
        Assert.False((await database.CommitAsync(new ReportProgress(task.Id, "other", "no", s_later)))[0]);
        Assert.False((await database.CommitAsync(new EndTask(task, "other", TaskOutcome.Done("no"), s_later)))[0]);
        Assert.True((await database.CommitAsync(new AdoptTasks("me", "other")))[0]);
        Assert.False((await database.CommitAsync(new EndTask(task, "me", TaskOutcome.Done("no"), s_later)))[0]);
        Assert.True((await database.CommitAsync(new EndTask(task, "other", TaskOutcome.Done("yes"), s_later)))[0]);
        Assert.Equal("yes", (await database.TaskAsync(task.Id)).Progress);
    }

    [Fact]
    public async Task Versions_rise_and_times_stay_in_order_even_when_the_clock_goes_back()
    {
        using Database database = engine.NewDatabase();
        TaskRecord task = Database.NewTask(at: 10_000);
        await database.CommitAsync(new AcceptTask(task));
        DateTimeOffset before = DateTimeOffset.FromUnixTimeMilliseconds(3);
        await database.CommitAsync(new ReportProgress(task.Id, "me", "half", before));
        TaskRecord half = await database.TaskAsync(task.Id);
        await database.CommitAsync(new EndTask(task, "me", TaskOutcome.Done("done"), before));
        TaskRecord ended = await database.TaskAsync(task.Id);

        Assert.Equal((10_000, 10_001, 10_002), (task.Version, half.Version, ended.Version));
        Assert.True(ended.EndTime >= ended.StartTime && ended.LastUpdate >= ended.StartTime);
    }

    [Fact]
    public async Task Start_times_agree_with_the_order_of_acceptance_unless_the_clock_was_put_back()
    {
        using Database database = engine.NewDatabase();
        TaskRecord[] tasks = [.. new long[] { 20_000, 19_995, 20_003, 19_004, 12_000, 12_001 }.Select(at => Database.NewTask(at: at))];
        tasks[3] = tasks[3] with { EndTime = tasks[3].StartTime };
        foreach (TaskRecord task in tasks) await database.CommitAsync(new AcceptTask(task));

        var ids = new List<TaskId>();
        await database.Tasks.ListAsync(new TaskFilter(), task => ids.Add(task.Id), CancellationToken.None);

        Assert.Equal(tasks.Select(task => task.Id), ids);
        TaskRecord[] stored = await Task.WhenAll(ids.Select(database.TaskAsync));
        Assert.Equal([20_000, 20_000, 20_003, 20_003, 12_000, 12_001], stored.Select(task => task.StartTime.ToUnixTimeMilliseconds()));
        Assert.All(stored, task =>
            Assert.True(task.LastUpdate >= task.StartTime && task.Version >= task.StartTime.ToUnixTimeMilliseconds()));
        Assert.Equal(stored[3].StartTime, stored[3].EndTime);
    }

    /// <summary>Random writes by owners and strangers, compared with the rules written out in plain words.</summary>
    [Fact]
    public async Task Any_order_of_writes_keeps_the_promises()
    {
        using Database database = engine.NewDatabase();
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            TaskRecord root = Database.NewTask(owner: "me" + seed, at: 1_000);
            var tasks = new List<TaskRecord> { root };
            var seen = new Dictionary<TaskId, TaskRecord>();
            await database.CommitAsync(new AcceptTask(root));
            for (int step = 0; step < 40; step++)
            {
                TaskRecord task = tasks[random.Next(tasks.Count)];
                string owner = random.Next(5) == 0 ? "stranger" : root.Owner;
                DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(random.Next(2_000));
                Write write = random.Next(6) switch
                {
                    0 or 1 => new AcceptTask(Database.NewTask(parent: task, owner: root.Owner)),
                    2 => new ReportProgress(task.Id, owner, "step " + step, at),
                    3 => new EndTask(task, owner, TaskOutcome.AfterChildren("all below " + step), at),
                    4 => new EndTask(task, owner, TaskOutcome.Done("done " + step), at),
                    _ => new EndTask(task, owner, TaskOutcome.Failed("failed " + step, "Code", "reason"), at),
                };
                bool took = (await database.CommitAsync(write))[0];
                if (write is AcceptTask { Task: var child } && took) tasks.Add(child);
                foreach (TaskRecord known in tasks)
                {
                    TaskRecord now = await database.TaskAsync(known.Id);
                    Check(seed, step, write, took, seen.GetValueOrDefault(known.Id), now, tasks);
                    seen[known.Id] = now;
                }
                foreach (TaskRecord now in seen.Values.Where(now => now.AwaitsChildren))
                    Assert.True(seen.Values.Any(child => child.ParentId == now.Id && child.EndTime is null),
                        $"seed {seed}, step {step}: waits for nobody");
            }
        }
    }

    private static void Check(int seed, int step, Write write, bool took, TaskRecord? before, TaskRecord now, List<TaskRecord> tasks)
    {
        string where = $"seed {seed}, step {step}, {write}";
        Assert.True(now.EndTime is null || now.EndTime >= now.StartTime, where);
        Assert.True(now.EndTime is not null || !now.IsError && now.FailureReason is null, where);
        if (before is null) return;
        if (before.EndTime is not null) Assert.True(before == now, where + ": an ended task changed");
        if (before != now && (before.EndTime, before.Progress) != (now.EndTime, now.Progress))
            Assert.True(now.Version > before.Version, where + ": the version did not rise");
        if (write is EndTask end && end.Task.Id == now.Id && before.EndTime is null)
        {
            Assert.True(took == (end.Owner == now.Owner), where);
            if (took && !end.Outcome.AwaitsChildren) Assert.True(now.EndTime is not null && now.Progress == end.Outcome.Progress, where);
        }
        if (write is AcceptTask accept && accept.Task.ParentId == now.Id)
            Assert.True(took == before.EndTime is null && took == tasks.Contains(accept.Task), where);
    }
}
