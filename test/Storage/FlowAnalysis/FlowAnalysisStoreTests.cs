using Towpath.FlowAnalysis;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public abstract class FlowAnalysisStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_newer_answer_has_no_statistics_and_those_of_an_older_one_do_not_count()
    {
        FlowAnalysisRecord request = await AddAsync();
        await CommitAsync(Answer(request, s_at));
        Assert.Equal([true], await CommitAsync(new SaveStatistics(request.Id, s_at, [1])));
        Assert.Equal([1], (await AnswerAsync(request)).Statistics!);

        await CommitAsync(Answer(request, s_at.AddSeconds(30)));
        Assert.Null((await AnswerAsync(request)).Statistics);
        Assert.Equal([false, true], await CommitAsync(
            new SaveStatistics(request.Id, s_at, [1]), new SaveStatistics(request.Id, s_at.AddSeconds(30), [2])));
        Assert.Equal([2], (await AnswerAsync(request)).Statistics!);
        Assert.Equal([true], await CommitAsync(new SaveStatistics(request.Id, null, [3]))); // of a task that an earlier version accepted
    }

    [Fact]
    public async Task Statistics_are_missing_where_a_repeated_answer_asks_for_them_and_has_none()
    {
        FlowAnalysisRecord late = await AddAsync(), early = await AddAsync(), first = await AddAsync(), known = await AddAsync();
        FlowAnalysisRecord single = await AddAsync(periodic: false), plain = await AddAsync("ACL-TRACE"), failed = await AddAsync();
        await CommitAsync(
            Answer(late, s_at.AddSeconds(61)), Answer(early, s_at.AddSeconds(60)), Answer(first, s_at.AddSeconds(1)),
            Answer(known, s_at.AddSeconds(60)), Answer(single, s_at.AddSeconds(60)), Answer(plain, s_at.AddSeconds(60)),
            Answer(failed, s_at.AddSeconds(60)) with { Trace = null },
            new SaveStatistics(known.Id, s_at.AddSeconds(60), [1]));

        Assert.Equal([early.Id, late.Id], (await Database.FlowAnalyses.WithoutStatisticsAsync(s_interval, 10, default)).AsEnumerable());
        Assert.Equal([early.Id], (await Database.FlowAnalyses.WithoutStatisticsAsync(s_interval, 1, default)).AsEnumerable());
    }

    [Fact]
    public async Task Requests_are_counted_by_the_filter_of_their_list_whatever_the_page()
    {
        await AddAsync();
        await AddAsync();
        await AddAsync(periodic: false);
        var filter = new FlowAnalysisFilter { PeriodicRefresh = true, Skip = 1, Take = 1 };
        Assert.Equal(2, await Database.FlowAnalyses.CountAsync(filter, default));
        Assert.Equal(3, await Database.FlowAnalyses.CountAsync(new FlowAnalysisFilter(), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_keeps_whether_it_is_to_be_verified(bool verify)
    {
        FlowAnalysisRecord request = await AddAsync();
        FlowAnalysisRecord other = request with { Id = FlowAnalysisId.New(s_at), Request = request.Request with { Verify = verify } };
        await CommitAsync(new AddFlowAnalysis(other), Answer(other, s_at));
        StoredAnswer stored = await AnswerAsync(other);
        Assert.Equal((verify, 7), (stored.Record.Request.Verify, Assert.Single(stored.Trace!)));
    }

    private async Task<StoredAnswer> AnswerAsync(FlowAnalysisRecord request) =>
        (await Database.FlowAnalyses.AnswerAsync(request.Id, default))!;

    private async Task<FlowAnalysisRecord> AddAsync(string inclusion = "INTERFACE-STATS", bool periodic = true)
    {
        var request = new FlowRequest(
            Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), null, null, null, periodic, false, [inclusion]);
        var record = new FlowAnalysisRecord(FlowAnalysisId.New(s_at), TaskId.New(s_at), request, "admin", s_at);
        await CommitAsync(new AddFlowAnalysis(record));
        return record;
    }

    private static SaveTrace Answer(FlowAnalysisRecord request, DateTimeOffset at) =>
        new(request.Id, FlowAnalysisStatus.Completed, null, at, [7]);
}
