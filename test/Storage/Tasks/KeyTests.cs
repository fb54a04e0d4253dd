using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>Keys under which requests are accepted once, on whatever engine.</summary>
public abstract class KeyTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_000);

    [Fact]
    public async Task A_key_that_is_in_use_refuses_the_task_and_tells_the_first_one()
    {
        TaskRecord first = Database.NewTask(), second = Database.NewTask();
        await CommitAsync(Use("carol", "k", first.Id, s_at, 1, 2), new AcceptTask(first));

        await Assert.ThrowsAsync<WriteConflictException>(() => CommitAsync(Use("carol", "k", second.Id, s_at, 3), new AcceptTask(second)));

        Assert.Null(await Database.Tasks.FindAsync(second.Id, default));
        UsedKey? used = await Database.Tasks.FindKeyAsync("carol", "k", s_at, default);
        Assert.Equal(first.Id, used?.TaskId);
        Assert.Equal([1, 2], used!.Request);
        Assert.Null(await Database.Tasks.FindKeyAsync("carol", "K", s_at, default));
    }

    [Fact]
    public async Task Another_callers_same_key_is_another_key()
    {
        TaskRecord carols = Database.NewTask(), daves = Database.NewTask();
        await CommitAsync(Use("carol", "k", carols.Id, s_at, 1));
        await CommitAsync(Use("dave", "k", daves.Id, s_at, 1));
        Assert.Equal(daves.Id, (await Database.Tasks.FindKeyAsync("dave", "k", s_at, default))?.TaskId);
        Assert.Equal(carols.Id, (await Database.Tasks.FindKeyAsync("carol", "k", s_at, default))?.TaskId);
    }

    [Fact]
    public async Task A_key_is_new_again_after_its_time_and_not_before()
    {
        TaskRecord first = Database.NewTask(), second = Database.NewTask();
        await CommitAsync(Use("carol", "k", first.Id, s_at, 1));
        await Assert.ThrowsAsync<WriteConflictException>(() => CommitAsync(Use("carol", "k", second.Id, s_at + OnceKey.KeptFor, 2)));

        DateTimeOffset later = s_at + OnceKey.KeptFor + TimeSpan.FromMilliseconds(1);
        Assert.Null(await Database.Tasks.FindKeyAsync("carol", "k", later - OnceKey.KeptFor, default));
        await CommitAsync(Use("carol", "k", second.Id, later, 2));
        Assert.Equal(second.Id, (await Database.Tasks.FindKeyAsync("carol", "k", s_at, default))?.TaskId);
    }

    [Fact]
    public async Task Keys_that_are_over_are_forgotten_some_with_each_that_is_used()
    {
        for (int i = 0; i < 30; i++) await CommitAsync(Use("carol", $"{i}", Database.NewTask().Id, s_at, 1));
        await CommitAsync(Use("dave", "a", Database.NewTask().Id, s_at + 2 * OnceKey.KeptFor, 1));
        Assert.Equal(11, Database.Count("once_key"));
        await CommitAsync(Use("dave", "b", Database.NewTask().Id, s_at + 2 * OnceKey.KeptFor, 1));
        Assert.Equal(2, Database.Count("once_key"));
    }

    private static UseKey Use(string account, string key, TaskId task, DateTimeOffset at, params byte[] request) =>
        new(new OnceKey(account, key, request), task, at);
}
