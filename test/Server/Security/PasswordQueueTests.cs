using Microsoft.Extensions.Time.Testing;

namespace Towpath.Server.Tests;

public sealed class PasswordQueueTests
{
    [Fact]
    public async Task Twenty_wait_at_most_and_those_who_are_known_have_a_line_of_their_own()
    {
        using var queue = new PasswordQueue();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int>[] strangers = [.. Enumerable.Range(0, 21).Select(_ => queue.InTurnAsync(false, () => gate.Task, default))];

        ApiException refusal = await Assert.ThrowsAsync<ApiException>(() => queue.InTurnAsync(false, () => Task.FromResult(1), default));
        Assert.Equal(429, refusal.Status);
        Assert.Equal(2, await queue.InTurnAsync(true, () => Task.FromResult(2), default));

        gate.SetResult(3);
        Assert.All(await Task.WhenAll(strangers), answer => Assert.Equal(3, answer));
        Assert.Equal(4, await queue.InTurnAsync(false, () => Task.FromResult(4), default));
    }

    [Fact]
    public async Task Who_gives_up_gives_his_place_back()
    {
        using var queue = new PasswordQueue();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int> first = queue.InTurnAsync(false, () => gate.Task, default);
        for (int i = 0; i < 100; i++)
        {
            using var patience = new CancellationTokenSource();
            Task<int> waiting = queue.InTurnAsync(false, () => Task.FromResult(0), patience.Token);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        gate.SetResult(1);
        Assert.Equal(1, await first);
    }

    [Fact]
    public void Others_write_ten_lines_a_minute_into_the_log_and_the_rest_is_counted()
    {
        var time = new FakeTimeProvider();
        var log = new LogLimit(time);
        for (int i = 0; i < 10; i++) Assert.Equal("", log.Next());
        for (int i = 0; i < 7; i++) Assert.Null(log.Next());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(" (7 more like this were not logged)", log.Next());
        Assert.Equal("", log.Next());
    }

    [Theory]
    [InlineData("admin", "admin")]
    [InlineData("a\r\nb\u001b[2J", "a??b?[2J")]
    [InlineData("a\u2028b\u202ec\u200bd\u0085", "a?b?c?d?")]
    [InlineData("caf\u00e9 \ud83d\ude00", "caf\u00e9 ??")]
    public void A_name_forges_no_line_of_the_log(string name, string plain) => Assert.Equal(plain, Texts.Plain(name));
}
