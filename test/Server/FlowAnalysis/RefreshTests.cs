using System.Text.Json.Nodes;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Traces that repeat.</summary>
public sealed class RefreshTests : IAsyncLifetime
{
    private const string Traces = "/dna/intent/api/v1/flow-analysis";
    private readonly ShiftedTime _time = new();
    private readonly TestServer _server;

    public RefreshTests() => _server = new TestServer { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_trace_that_asks_for_it_is_recomputed_after_30_seconds_under_its_own_id()
    {
        Answer repeated = await _server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = "192.0.2.2", periodicRefresh = true });
        Answer single = await _server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = "192.0.2.3" });
        await _server.EndOfTaskAsync(repeated.Response["taskId"]!.GetValue<string>());
        await _server.EndOfTaskAsync(single.Response["taskId"]!.GetValue<string>());
        long before = await UpdateTimeAsync(repeated), untouched = await UpdateTimeAsync(single);
        ISerialJob refresh = _server.Service<IEnumerable<ISerialJob>>().Single(job => job.Kind == "flow-analysis-refresh");

        await refresh.RunAsync("", default);
        Assert.Equal(before, await UpdateTimeAsync(repeated)); // not due yet

        _time.Shift(TimeSpan.FromSeconds(31));
        await refresh.RunAsync("", default);
        Assert.True(await UpdateTimeAsync(repeated) >= before + 30_000);
        Assert.Equal(untouched, await UpdateTimeAsync(single));

        _time.Shift(TimeSpan.FromDays(-1)); // the clock was put right: the answer is not good for a day because of that
        await refresh.RunAsync("", default);
        Assert.True(await UpdateTimeAsync(repeated) < before);
    }

    private async Task<long> UpdateTimeAsync(Answer accepted)
    {
        JsonNode request = (await _server.GetAsync($"{Traces}/{accepted.Response["flowAnalysisId"]}")).Response["request"]!;
        return request["lastUpdateTime"]!.GetValue<long>();
    }

    /// <summary>The system's clock, moved on by hand.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        private long _shift;

        public void Shift(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));
    }
}
