using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Large tables take no more than a part of the processors, however many ask for them.</summary>
public sealed class TableScansTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Who_waits_for_long_or_behind_many_is_told_to_come_again()
    {
        using var scans = new TableScans(_time);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int>[] taken = [.. Enumerable.Range(0, TableScans.Most).Select(_ => RunAsync())];
        Task<int>[] waiting = [.. Enumerable.Range(0, FewAtOnce.MostWaiting).Select(_ => RunAsync())];

        var tooMany = await Assert.ThrowsAsync<ApiException>(RunAsync);
        Assert.Equal((503, 2), (tooMany.Status, tooMany.RetryAfterSeconds));
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        _time.Advance(FewAtOnce.Patience);
        foreach (Task<int> one in waiting) Assert.Equal(503, (await Assert.ThrowsAsync<ApiException>(() => one)).Status);

        Task<int> next = RunAsync();
        gate.SetResult(1);
        Assert.Equal(1, await next);
        await Task.WhenAll(taken);

        Task<int> RunAsync() => scans.RunAsync(() => gate.Task, default);
    }

    [Fact]
    public async Task A_question_waits_while_all_places_are_taken_and_gives_its_own_back()
    {
        using var scans = new TableScans(_time);
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
