using System.Collections.Immutable;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>A search that is dealt out: each part is one process's at a time, and the last end is the end.</summary>
public abstract class DiscoveryPartTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly AddressRange s_low = Range("192.0.2.1", "192.0.2.99"), s_high = Range("198.51.100.1", "203.0.113.9");

    private readonly Guid _dealer = Guid.NewGuid(), _one = Guid.NewGuid(), _other = Guid.NewGuid();

    [Fact]
    public async Task Parts_are_made_once_in_a_run_by_whoever_runs_it()
    {
        int id = await CreateAsync();
        Assert.Equal([false], await CommitAsync(Deal(id, s_low))); // it has not begun
        await CommitAsync(Begin(id));
        Assert.Equal([false], await CommitAsync(Deal(id, s_low) with { Runner = _other }));
        Assert.Empty(await Database.Discoveries.PartsAsync(id, default));

        Assert.Equal([true, true], await CommitAsync(Deal(id, s_low, s_high), Deal(id, s_high)));

        Assert.Equal([new DiscoveryPart(0, s_low, false), new DiscoveryPart(1, s_high, false)],
            (await Database.Discoveries.PartsAsync(id, default)).AsEnumerable());
    }

    [Fact]
    public async Task What_a_process_still_writes_whose_part_another_has_taken_over_does_not_count()
    {
        int id = await DealtAsync();
        Assert.Equal([true, true, true], await CommitAsync(
            new BeginDiscoveryPart(id, 1, 0, _one), Found(id, 0, _one, "192.0.2.1"), new BeginDiscoveryPart(id, 1, 0, _other)));

        Assert.Equal([false, false, false], await CommitAsync(
            Found(id, 0, _one, "192.0.2.2"), new EndDiscoveryPart(id, 0, _one), Abort(id, 0, _one)));
        Assert.Equal([false, false], await CommitAsync(
            Found(id, 0, _dealer, "192.0.2.2"), Found(id, 1, _other, "192.0.2.2"))); // the runner of another

        Assert.Equal([true, true], await CommitAsync(Found(id, 0, _other, "192.0.2.3"), new EndDiscoveryPart(id, 0, _other)));
        Assert.Equal(["192.0.2.1", "192.0.2.3"], await AddressesAsync(id, s_low));
        Assert.Equal([true, false], (await Database.Discoveries.PartsAsync(id, default)).Select(part => part.HasEnded));
    }

    [Fact]
    public async Task A_part_that_has_ended_is_over()
    {
        int id = await DealtAsync();
        await CommitAsync(new BeginDiscoveryPart(id, 1, 0, _one), new EndDiscoveryPart(id, 0, _one));
        Assert.Equal([false, false, false, false], await CommitAsync(
            Found(id, 0, _one, "192.0.2.1"), new EndDiscoveryPart(id, 0, _one), Abort(id, 0, _one),
            new BeginDiscoveryPart(id, 1, 0, _other)));
    }

    [Fact]
    public async Task A_search_ends_once_and_not_before_all_its_parts()
    {
        int id = await DealtAsync();
        Assert.Equal([true, true, false, true, true, true, false], await CommitAsync(
            new BeginDiscoveryPart(id, 1, 0, _one), new EndDiscoveryPart(id, 0, _one), new EndSearch(id, 1),
            new BeginDiscoveryPart(id, 1, 1, _other), new EndDiscoveryPart(id, 1, _other), new EndSearch(id, 1), new EndSearch(id, 1)));
        Assert.Equal(DiscoveryCondition.Complete, (await FindAsync(id)).Condition);
    }

    [Fact]
    public async Task A_run_that_is_not_dealt_out_has_no_parts_that_could_end_it()
    {
        int id = await CreateAsync();
        Assert.Equal([true, false], await CommitAsync(Begin(id), new EndSearch(id, 1)));
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_run_and_all_its_parts()
    {
        int id = await DealtAsync();
        Assert.Equal([true, true, true, false, false, false], await CommitAsync(
            new BeginDiscoveryPart(id, 1, 0, _one), new BeginDiscoveryPart(id, 1, 1, _other), Abort(id, 0, _one),
            Found(id, 1, _other, "203.0.113.1"), new BeginDiscoveryPart(id, 1, 1, _one), new EndSearch(id, 1)));
        Assert.Equal(DiscoveryCondition.Aborted, (await FindAsync(id)).Condition);
    }

    [Fact]
    public async Task A_new_run_has_new_parts_and_those_of_the_old_one_write_nothing()
    {
        int id = await DealtAsync();
        await CommitAsync(new BeginDiscoveryPart(id, 1, 0, _one), new RestartDiscovery(id, 1));
        Assert.Empty(await Database.Discoveries.PartsAsync(id, default));

        var begin = new SetDiscoveryCondition(id, 2, DiscoveryCondition.InProgress, _dealer);
        Assert.Equal([true, true], await CommitAsync(begin, Deal(id, s_low, s_high) with { Run = 2 }));
        Assert.Equal([false, false, false, false, true], await CommitAsync(
            Found(id, 0, _one, "192.0.2.1"), new EndDiscoveryPart(id, 0, _one), Abort(id, 0, _one),
            new BeginDiscoveryPart(id, 1, 0, _one), new BeginDiscoveryPart(id, 2, 0, _one)));
    }

    [Fact]
    public async Task The_parts_of_a_stopped_run_write_nothing_and_those_of_a_deleted_discovery_are_gone()
    {
        int id = await DealtAsync();
        await CommitAsync(new BeginDiscoveryPart(id, 1, 0, _one), new StopDiscovery(id));
        Assert.Equal([false, false], await CommitAsync(Found(id, 0, _one, "192.0.2.1"), new BeginDiscoveryPart(id, 1, 1, _one)));
        await CommitAsync(new DeleteDiscovery(id, 1));
        Assert.Empty(await Database.Discoveries.PartsAsync(id, default));
    }

    /// <summary>As in one run that knows what it has collected: counts and lists tell each device once.</summary>
    [Fact]
    public async Task A_device_that_two_parts_find_is_found_once()
    {
        int id = await DealtAsync();
        DeviceId router = new(Guid.NewGuid()), other = new(Guid.NewGuid());
        await CommitAsync(new BeginDiscoveryPart(id, 1, 0, _one), new BeginDiscoveryPart(id, 1, 1, _other),
            Found(id, 0, _one, "192.0.2.1", router), Found(id, 1, _other, "203.0.113.1", router),
            Found(id, 1, _other, "203.0.113.2", other), Found(id, 0, _one, "192.0.2.1", router)); // saved again, nothing changes

        ImmutableArray<DiscoveryJob> jobs = await Database.Discoveries.JobsAsync(id, null, 0, 500, default);
        Assert.Equal([(JobOutcome.Collected, router), (JobOutcome.Duplicate, null), (JobOutcome.Collected, other)],
            jobs.Select(job => (job.Outcome, job.Device)));
        Assert.Equal((null, DiscoveryJob.OfAnother), (jobs[1].Name, jobs[1].Reason));
        Assert.Equal([other, router], (await FindAsync(id)).Devices.OrderBy(device => device != other));
        Assert.True(await Database.Discoveries.IsFoundAsync(id, router, default));
        Assert.False(await Database.Discoveries.IsFoundAsync(id, new DeviceId(Guid.NewGuid()), default));
        Assert.False(await Database.Discoveries.IsFoundAsync(id + 1, router, default));
    }

    [Fact]
    public async Task The_jobs_of_a_range_are_those_from_its_first_to_its_last_address()
    {
        int id = await DealtAsync();
        await CommitAsync(new BeginDiscoveryPart(id, 1, 0, _one));
        foreach (string address in (string[])["203.0.113.9", "192.0.2.0", "192.0.2.1", "192.0.2.99", "192.0.2.100", "198.51.100.1"])
            await CommitAsync(Found(id, 0, _one, address));
        Assert.Equal(["192.0.2.1", "192.0.2.99"], await AddressesAsync(id, s_low));
        Assert.Equal(["198.51.100.1", "203.0.113.9"], await AddressesAsync(id, s_high));
        Assert.Empty(await AddressesAsync(id + 1, s_low));
    }

    private async Task<int> CreateAsync()
    {
        TaskId task = TaskId.New(s_at);
        var plan = new DiscoveryPlan("search", DiscoveryKind.Range, "192.0.2.1-203.0.113.9")
        {
            TimeoutSeconds = 5, ProtectedAccess = "", Shown = "{}",
        };
        await CommitAsync(new CreateDiscovery(task, plan, s_at));
        return (await Database.Discoveries.FindByTaskAsync(task, default))!.Id;
    }

    private async Task<int> DealtAsync()
    {
        int id = await CreateAsync();
        Assert.Equal([true, true], await CommitAsync(Begin(id), Deal(id, s_low, s_high)));
        return id;
    }

    private async Task<DiscoveryRecord> FindAsync(int id) => (await Database.Discoveries.FindAsync(id, default))!;

    private async Task<IEnumerable<string>> AddressesAsync(int id, AddressRange range) =>
        (await Database.Discoveries.JobsAsync(id, range, default)).Select(job => $"{job.Address}");

    private SetDiscoveryCondition Begin(int id) => new(id, 1, DiscoveryCondition.InProgress, _dealer);

    private DealDiscovery Deal(int id, params ImmutableArray<AddressRange> parts) => new(id, 1, parts, _dealer);

    private static SetDiscoveryCondition Abort(int id, int part, Guid runner) =>
        new(id, 1, DiscoveryCondition.Aborted, runner) { Part = part };

    private static SaveDiscoveryJobs Found(int id, int part, Guid runner, string address, DeviceId? device = null) =>
        new(id, 1, [new DiscoveryJob(id, 1, Ipv4Address.Parse(address), JobOutcome.Collected)
        {
            Name = "r1", Device = device, StartedAt = s_at, EndedAt = s_at,
        }], runner) { Part = part };

    private static AddressRange Range(string first, string last) => new(Ipv4Address.Parse(first), Ipv4Address.Parse(last));
}
