using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Tasks.Tests;

/// <summary>What is deleted when, and in how small pieces. The rows are a list; how they are stored, the tests of the stores say.</summary>
public sealed class RetentionTests
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
    private readonly Rows _rows = new();

    [Fact]
    public async Task What_ended_longer_ago_than_a_week_goes_and_what_still_runs_stays()
    {
        _rows.Add(_time.GetUtcNow());
        _rows.Add(endedAt: null);
        _rows.Add(_time.GetUtcNow().AddMinutes(1));
        _time.Advance(s_week + TimeSpan.FromSeconds(1));
        await RunAsync(new Retention());
        Assert.Equal([2, 3], _rows.Places);

        _time.Advance(TimeSpan.FromDays(1000));
        await RunAsync(new Retention());
        Assert.Equal([2], _rows.Places);
    }

    [Fact]
    public async Task Of_too_many_the_oldest_that_have_ended_go_with_their_parts()
    {
        _rows.Add(endedAt: null);
        _rows.Add(_time.GetUtcNow(), rows: 3);
        for (int i = 0; i < 1000; i++) _rows.Add(_time.GetUtcNow());
        await RunAsync(new Retention { Most = 1000 }); // of 1,004 rows
        Assert.Equal(1000, _rows.Count);
        Assert.Equal([1, 4, 5], _rows.Places.Take(3));
    }

    [Fact]
    public async Task Little_is_deleted_at_once_and_others_may_write_in_between()
    {
        for (int i = 0; i < 950; i++) _rows.Add(_time.GetUtcNow());
        _time.Advance(2 * s_week);
        Task run = JobOf(new Retention()).RunAsync("", default);
        for (int slice = 1; slice <= 4; slice++)
        {
            Assert.Equal(950 - 200 * slice, _rows.Count);
            Assert.False(run.IsCompleted); // it leaves the writer to others
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }
        _time.Advance(TimeSpan.FromMilliseconds(20));
        await run;
        Assert.Equal(0, _rows.Count);
    }

    [Fact]
    public async Task A_page_of_tasks_that_run_hides_nothing_behind_it_and_a_young_one_ends_the_look()
    {
        for (int i = 0; i < 500; i++) _rows.Add(endedAt: null);
        _rows.Add(_time.GetUtcNow());
        _time.Advance(2 * s_week);
        for (int i = 0; i < 1000; i++) _rows.Add(_time.GetUtcNow());
        await RunAsync(new Retention());
        Assert.Equal(1500, _rows.Count);
        Assert.Equal(4, _rows.Pages); // three of 200 to the old one, and one of young ones
    }

    [Fact]
    public async Task A_full_disk_postpones_it()
    {
        _rows.Add(_time.GetUtcNow());
        _rows.Full = true;
        _time.Advance(2 * s_week);
        Task run = JobOf(new Retention()).RunAsync("", default);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal((1, false), (_rows.Count, run.IsCompleted));
        _rows.Full = false;
        while (!run.IsCompleted) _time.Advance(TimeSpan.FromSeconds(2));
        await run;
        Assert.Equal(0, _rows.Count);
    }

    private async Task RunAsync(Retention keep)
    {
        Task run = JobOf(keep).RunAsync("", default);
        while (!run.IsCompleted) _time.Advance(TimeSpan.FromMilliseconds(20));
        await run;
    }

    private RetentionJob JobOf(Retention keep) => new([_rows], keep, _rows, _time, NullLogger<RetentionJob>.Instance);

    private sealed record Purged(ImmutableArray<Guid> Ids) : Write;

    private sealed class Rows : IRetained, IWriter
    {
        private readonly List<RetainedRow> _rows = [];
        private long _last;

        public string Name => "rows";

        public bool Full { get; set; }

        public int Pages { get; private set; }

        public int Count => _rows.Sum(row => row.Rows);

        public IEnumerable<long> Places => _rows.Select(row => row.Place);

        public void Add(DateTimeOffset? endedAt, int rows = 1) => _rows.Add(new RetainedRow(++_last, Guid.NewGuid(), endedAt, rows));

        public Task<long> CountAsync(long most, CancellationToken cancellationToken) => Task.FromResult<long>(Count);

        public Task<ImmutableArray<RetainedRow>> OldestAsync(long after, int most, CancellationToken cancellationToken)
        {
            Pages++;
            return Task.FromResult<ImmutableArray<RetainedRow>>([.. _rows.Where(row => row.Place > after).Take(most)]);
        }

        public Write Purge(ImmutableArray<Guid> ids) => new Purged(ids);

        public Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
        {
            if (Full) throw new StorageUnavailableException("The disk is full.", null);
            foreach (Purged purge in writes.Cast<Purged>())
            {
                Assert.InRange(purge.Ids.Length, 1, RetentionJob.AtOnce);
                _rows.RemoveAll(row => purge.Ids.Contains(row.Id));
            }
            return Task.FromResult<ImmutableArray<bool>>([.. writes.Select(_ => true)]);
        }
    }
}
