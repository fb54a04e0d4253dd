using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Towpath.FlowAnalysis;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>Tasks and traces as they are kept for a while, and what goes with them.</summary>
public abstract class RetentionStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_end = DateTimeOffset.FromUnixTimeMilliseconds(5_000);

    private IRetained Tasks => Database.Services.GetServices<IRetained>().Single(area => area.Name == "tasks");

    private IRetained Traces => Database.Services.GetServices<IRetained>().Single(area => area.Name == "traces");

    [Fact]
    public async Task A_task_goes_with_all_that_is_below_it_and_its_operations()
    {
        TaskRecord root = Database.NewTask() with { OperationIds = ["first"] };
        TaskRecord child = Database.NewTask(parent: root) with { OperationIds = ["second"] };
        TaskRecord below = Database.NewTask(parent: child), other = Database.NewTask() with { OperationIds = ["third"] };
        await CommitAsync(new AcceptTask(root), new AcceptTask(child), new AcceptTask(below), new AcceptTask(other));
        await CommitAsync(End(below), End(child), End(root), End(other));

        ImmutableArray<RetainedRow> rows = await Tasks.OldestAsync(0, 10, default);
        Assert.Equal([(root.Id.Value, 3, s_end), (other.Id.Value, 1, s_end)],
            rows.Select(row => (row.Id, row.Rows, row.EndedAt!.Value)));
        Assert.Equal(4, await Tasks.CountAsync(1, default));

        Assert.Equal([true], await CommitAsync(Tasks.Purge([root.Id.Value])));
        Assert.Equal((1, 1), (Database.Count("task"), Database.Count("task_operation")));
        Assert.Equal(1, await Tasks.CountAsync(1, default));
        Assert.Equal([false], await CommitAsync(Tasks.Purge([root.Id.Value])));
    }

    [Fact]
    public async Task A_task_that_runs_or_whose_parts_run_goes_on_and_is_not_deleted()
    {
        TaskRecord running = Database.NewTask(), root = Database.NewTask();
        TaskRecord child = Database.NewTask(parent: root);
        await CommitAsync(new AcceptTask(running), new AcceptTask(root), new AcceptTask(child), End(root));
        Assert.Equal([null, null], (await Tasks.OldestAsync(0, 10, default)).Select(row => row.EndedAt));

        Assert.Equal([false, false], await CommitAsync(Tasks.Purge([running.Id.Value]), Tasks.Purge([child.Id.Value])));
        Assert.Equal(3, Database.Count("task"));
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_of_acceptance()
    {
        TaskRecord[] tasks = [Database.NewTask(), Database.NewTask(), Database.NewTask()];
        foreach (TaskRecord task in tasks) await CommitAsync(new AcceptTask(task));
        ImmutableArray<RetainedRow> first = await Tasks.OldestAsync(0, 2, default);
        ImmutableArray<RetainedRow> second = await Tasks.OldestAsync(first[^1].Place, 2, default);
        Assert.Equal(tasks.Select(task => task.Id.Value), first.Concat(second).Select(row => row.Id));
        Assert.True(first[0].Place > 0);
    }

    [Fact]
    public async Task A_trace_goes_with_its_answer_unless_it_is_repeated_or_in_progress()
    {
        FlowAnalysisRecord ended = await AddAsync(), failed = await AddAsync(), running = await AddAsync(), repeated = await AddAsync(true);
        await CommitAsync(
            new SaveTrace(ended.Id, FlowAnalysisStatus.Completed, null, s_end, [7]),
            new SaveTrace(failed.Id, FlowAnalysisStatus.Failed, "no route", s_end, null),
            new SaveTrace(repeated.Id, FlowAnalysisStatus.Completed, null, s_end, [7]));
        Assert.Equal([(ended.Id.Value, s_end), (failed.Id.Value, s_end), (running.Id.Value, null), (repeated.Id.Value, null)],
            (await Traces.OldestAsync(0, 10, default)).Select(row => (row.Id, row.EndedAt)));

        await CommitAsync(Traces.Purge([ended.Id.Value, failed.Id.Value, running.Id.Value, repeated.Id.Value]));
        Assert.Equal([running.Id, repeated.Id],
            (await Database.FlowAnalyses.ListAsync(new FlowAnalysisFilter(), default)).Select(record => record.Id));
        Assert.Null(await Database.FlowAnalyses.AnswerAsync(ended.Id, default));
    }

    [Fact]
    public async Task An_empty_table_has_nothing()
    {
        Assert.Equal((0, 0), (await Tasks.CountAsync(1000, default), await Traces.CountAsync(1000, default)));
        Assert.Empty(await Tasks.OldestAsync(0, 10, default));
    }

    private static EndTask End(TaskRecord task) => new(task, "me", TaskOutcome.Done("done"), s_end);

    private async Task<FlowAnalysisRecord> AddAsync(bool periodic = false)
    {
        var request = new FlowRequest(
            Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), null, null, null, periodic, false, []);
        var record = new FlowAnalysisRecord(FlowAnalysisId.New(s_end), TaskId.New(s_end), request, "admin", s_end);
        await CommitAsync(new AddFlowAnalysis(record));
        return record;
    }
}
