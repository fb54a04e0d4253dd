namespace Towpath.Server.Tests;

/// <summary>Large tables take no more than a part of the processors, however many ask for them.</summary>
public sealed class TableScansTests
{
    [Fact]
    public async Task A_question_waits_while_all_places_are_taken_and_gives_its_own_back()
    {
        using var scans = new TableScans();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int>[] taken = [.. Enumerable.Range(0, TableScans.Most).Select(_ => scans.RunAsync(() => gate.Task, default))];
        using var gone = new CancellationTokenSource();
        bool hasLooked = false;
        Task<int> waiting = scans.RunAsync(Look, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.SetResult(1);
        Assert.All(await Task.WhenAll(taken), one => Assert.Equal(1, one));
        Assert.False(hasLooked);
        for (int i = 0; i <= TableScans.Most; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => scans.RunAsync(Fail, default));
        Assert.Equal(2, await scans.RunAsync(Look, default));

        Task<int> Fail() => throw new TimeoutException();

        Task<int> Look()
        {
            hasLooked = true;
            return Task.FromResult(2);
        }
    }
}
