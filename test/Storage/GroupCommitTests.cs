using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public abstract class GroupCommitTests(IEngine engine)
{
    [Fact]
    public async Task What_was_committed_is_read_at_once_and_each_write_says_whether_it_took_effect()
    {
        using Database database = engine.NewDatabase();
        bool[] took = [.. await database.CommitAsync(new AddNote("a", "1"), new ChangeNote("a", "2"), new ChangeNote("nobody", "3"))];
        Assert.Equal([true, true, false], took);
        Assert.Equal("2", database.Note("a"));
    }

    [Fact]
    public async Task One_callers_conflict_undoes_all_of_its_writes_and_none_of_the_others()
    {
        using Database database = engine.NewDatabase();
        var (reached, released) = await HoldAsync(database);
        Task good = database.CommitAsync(new AddNote("a", "first"));
        Task bad = database.CommitAsync(new AddNote("b", "undone"), new AddNote("a", "second"));
        Task alsoGood = database.CommitAsync(new AddNote("c", "third"));
        released.Set();

        await good;
        WriteConflictException conflict = await Assert.ThrowsAsync<WriteConflictException>(() => bad);
        await alsoGood;
        Assert.Contains("note", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(("first", null, "third"), (database.Note("a"), database.Note("b"), database.Note("c")));
        Assert.True(reached.IsCompleted);
    }

    [Fact]
    public async Task A_write_that_no_area_knows_is_told_to_its_caller_only()
    {
        using Database database = engine.NewDatabase();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.CommitAsync(new AddNote("a", "undone"), new StrayWrite()));
        Assert.Contains(nameof(StrayWrite), error.Message, StringComparison.Ordinal);
        Assert.Null(database.Note("a"));
        await database.CommitAsync(new AddNote("a", "written"));
        Assert.Equal("written", database.Note("a"));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_writes_nothing_of_it()
    {
        using Database database = engine.NewDatabase(capacity: 2);
        var (_, released) = await HoldAsync(database);
        Task[] waiting = [database.CommitAsync(new AddNote("a", "1")), database.CommitAsync(new AddNote("b", "2"))];

        await Assert.ThrowsAsync<WriterFullException>(() => database.CommitAsync(new AddNote("c", "3")));

        released.Set();
        await Task.WhenAll(waiting);
        Assert.Null(database.Note("c"));
        await database.CommitAsync(new AddNote("c", "4"));
    }

    [Fact]
    public async Task A_full_disk_is_told_to_everybody_who_waits_and_passes_by_itself()
    {
        using Database database = engine.NewDatabase();
        await database.CommitAsync(new AddNote("before", "kept"));
        var (_, released) = await HoldAsync(database);
        Task limit = database.CommitAsync(new FillDisk());
        Task[] refused = [.. Enumerable.Range(0, 8).Select(i => database.CommitAsync(new AddNote("big" + i, new string('x', 1_000_000))))];
        released.Set();

        foreach (Task write in refused)
        {
            var told = await Assert.ThrowsAsync<StorageUnavailableException>(() => write);
            Assert.Contains("full", told.Message, StringComparison.Ordinal);
        }
        await Assert.ThrowsAsync<StorageUnavailableException>(() => limit); // it shared their transaction
        Assert.Equal("kept", database.Note("before"));
        Assert.Null(database.Note("big0"));

        await database.CommitAsync(new AddNote("after", new string('y', 1_000_000)));
        Assert.NotNull(database.Note("after"));
    }

    [Fact]
    public async Task Many_callers_at_once_all_get_their_own_answer()
    {
        using Database database = engine.NewDatabase();
        await database.CommitAsync(new AddNote("shared", "0"));
        bool[][] answers = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(async i =>
            (await database.CommitAsync(new AddNote("n" + i, "x"), new ChangeNote(i % 2 == 0 ? "shared" : "nobody", "" + i))).ToArray()));
        for (int i = 0; i < answers.Length; i++) Assert.Equal([true, i % 2 == 0], answers[i]);
        Assert.NotNull(database.Note("n1999"));
    }

    /// <summary>Returns once the writer stands still inside of a commit; what is written now goes into its next one.</summary>
    private static async Task<(Task Reached, ManualResetEventSlim Released)> HoldAsync(Database database)
    {
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());
        Task held = database.CommitAsync(new HoldWriter(reached, released));
        await reached.Task;
        Assert.False(held.IsCompleted);
        return (reached.Task, released);
    }
}
