namespace Towpath.Storage.Tests;

public sealed class WriterQueueTests
{
    private static readonly TimeSpan s_forever = Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task The_writer_sleeps_until_there_is_something()
    {
        using var queue = new WriterQueue(10, s_forever);
        Task<int> taken = Task.Run(() => Take(queue, enough: 1));
        Assert.True(queue.TryAdd(new PendingWrites([])));
        Assert.Equal(1, await taken);
    }

    [Fact]
    public async Task A_patient_writer_takes_as_many_as_are_enough()
    {
        using var queue = new WriterQueue(1_000, s_forever);
        for (int round = 0; round < 200; round++)
        {
            Task<int> taken = Task.Run(() => Take(queue, enough: 3));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => queue.TryAdd(new PendingWrites([])))));
            Assert.Equal(3, await taken);
        }
    }

    [Fact]
    public async Task Patience_ends()
    {
        using var queue = new WriterQueue(10, TimeSpan.FromMilliseconds(1));
        queue.TryAdd(new PendingWrites([]));
        Assert.Equal(1, await Task.Run(() => Take(queue, enough: 3)));
    }

    [Fact]
    public async Task To_close_it_wakes_the_writer_which_takes_what_is_left()
    {
        using var queue = new WriterQueue(10, s_forever);
        queue.TryAdd(new PendingWrites([]));
        Task<int> taken = Task.Run(() => Take(queue, enough: 3));
        queue.Close();
        Assert.Equal(1, await taken);
        Assert.False(queue.WaitToTake(enough: 3));
    }

    private static int Take(WriterQueue queue, int enough)
    {
        int taken = 0;
        if (queue.WaitToTake(enough))
        {
            while (queue.TryTake(out _)) taken++;
        }
        return taken;
    }
}
