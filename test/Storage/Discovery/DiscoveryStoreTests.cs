using System.Collections.Immutable;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public abstract class DiscoveryStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    [Fact]
    public async Task A_discovery_reads_back_what_was_stored()
    {
        DiscoveryRecord stored = await CreateAsync("campus");
        Assert.Equal((1, 1, true, DiscoveryCondition.Queued, s_at),
            (stored.Id, stored.Run, stored.Active, stored.Condition, stored.CreatedAt));
        Assert.Equal(["192.0.2.9"], stored.Plan.FilterList.AsEnumerable());
        Assert.Equal((DiscoveryKind.Cdp, "192.0.2.1", 3, 1, 5),
            (stored.Plan.Kind, stored.Plan.AddressList, stored.Plan.Level, stored.Plan.Retries, stored.Plan.TimeoutSeconds));
        Assert.Empty(stored.Devices);
    }

    [Fact]
    public async Task A_name_is_given_once_and_the_same_task_may_ask_again()
    {
        DiscoveryRecord first = await CreateAsync("campus");
        Assert.Equal([true], await CommitAsync(new CreateDiscovery(first.TaskId, Plan("campus"), s_at)));
        Assert.Equal([false], await CommitAsync(new CreateDiscovery(TaskId.New(s_at), Plan("campus"), s_at)));
        Assert.Equal(1, await Database.Discoveries.CountAsync(default));
    }

    [Fact]
    public async Task An_id_is_never_used_again()
    {
        DiscoveryRecord first = await CreateAsync("one");
        await CommitAsync(new DeleteDiscovery(first.Id, first.Run));
        Assert.Null(await Database.Discoveries.FindAsync(first.Id, default));
        Assert.Equal(first.Id + 1, (await CreateAsync("one")).Id);
    }

    [Fact]
    public async Task What_an_older_run_still_writes_does_not_count()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        await CommitAsync(Jobs(discovery.Id, run: 1, "192.0.2.1"));
        Assert.Equal([true, false, false], await CommitAsync(
            new RestartDiscovery(discovery.Id, 1), Jobs(discovery.Id, run: 1, "192.0.2.2"),
            new SetDiscoveryCondition(discovery.Id, 1, DiscoveryCondition.Complete)));

        DiscoveryRecord restarted = (await Database.Discoveries.FindAsync(discovery.Id, default))!;
        Assert.Equal((2, DiscoveryCondition.Queued), (restarted.Run, restarted.Condition));
        Assert.Empty(await Database.Discoveries.JobsAsync(discovery.Id, null, 0, 500, default));
        Assert.Equal([false], await CommitAsync(new RestartDiscovery(discovery.Id, 1)));
    }

    [Fact]
    public async Task What_a_stopped_run_still_writes_does_not_count()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        Assert.Equal([true, true, false, false], await CommitAsync(
            Jobs(discovery.Id, run: 1, "192.0.2.1"), new StopDiscovery(discovery.Id), Jobs(discovery.Id, run: 1, "192.0.2.2"),
            new SetDiscoveryCondition(discovery.Id, 1, DiscoveryCondition.InProgress)));
        Assert.Single(await Database.Discoveries.JobsAsync(discovery.Id, null, 0, 500, default));
    }

    [Fact]
    public async Task What_a_process_still_writes_whose_run_another_has_taken_over_does_not_count()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        Guid first = Guid.NewGuid(), second = Guid.NewGuid();
        Assert.Equal([true, true, true, true], await CommitAsync(
            Begin(first), Jobs(discovery.Id, run: 1, "192.0.2.1") with { Runner = first }, Begin(second),
            Jobs(discovery.Id, run: 1, "192.0.2.2") with { Runner = second }));

        Assert.Equal([false, false, false, true], await CommitAsync(
            Jobs(discovery.Id, run: 1, "192.0.2.3") with { Runner = first },
            new SaveWithheld(discovery.Id, 1, new WithheldAddresses([], 7), first),
            new SetDiscoveryCondition(discovery.Id, 1, DiscoveryCondition.Complete, first),
            new SetDiscoveryCondition(discovery.Id, 1, DiscoveryCondition.Complete, second)));
        Assert.Equal(["192.0.2.1", "192.0.2.2"],
            (await Database.Discoveries.JobsAsync(discovery.Id, null, 0, 500, default)).Select(job => $"{job.Address}"));

        SetDiscoveryCondition Begin(Guid runner) => new(discovery.Id, 1, DiscoveryCondition.InProgress, runner);
    }

    [Fact]
    public async Task A_deletion_names_the_run_that_it_ends()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        await CommitAsync(Jobs(discovery.Id, run: 1, "192.0.2.1"));
        Assert.Equal([true, false], await CommitAsync(new RestartDiscovery(discovery.Id, 1), new DeleteDiscovery(discovery.Id, 1)));
        Assert.Equal([true], await CommitAsync(new DeleteDiscovery(discovery.Id, 2)));
        Assert.Null(await Database.Discoveries.FindAsync(discovery.Id, default));
        Assert.Empty(await Database.Discoveries.JobsAsync(discovery.Id, null, 0, 500, default));
    }

    [Fact]
    public async Task Jobs_come_in_order_of_address_and_name_the_devices_found()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        var device = new DeviceId(Guid.NewGuid());
        await CommitAsync(Jobs(discovery.Id, 1, "192.0.2.10"), Jobs(discovery.Id, 1, "192.0.2.9", device));
        ImmutableArray<DiscoveryJob> jobs = await Database.Discoveries.JobsAsync(null, null, 0, 500, default);
        Assert.Equal(["192.0.2.9", "192.0.2.10"], jobs.Select(job => job.Address.ToString()));
        Assert.Equal((device, JobOutcome.Collected, s_at), (jobs[0].Device, jobs[0].Outcome, jobs[0].EndedAt));
        Assert.Equal([device], (await Database.Discoveries.FindAsync(discovery.Id, default))!.Devices.AsEnumerable());
        Assert.Single(await Database.Discoveries.JobsAsync(discovery.Id, Ipv4Address.Parse("192.0.2.10"), 0, 500, default));
    }

    [Fact]
    public async Task A_job_says_which_credential_was_answered()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        TakenCredential?[] taken = [new(Guid.NewGuid(), "core-ro"), new(null, "SNMPv2c"), null];
        DiscoveryJob[] jobs =
            [.. taken.Select((credential, at) => Jobs(discovery.Id, 1, $"192.0.2.{at}").Jobs[0] with { Credential = credential })];
        await CommitAsync(new SaveDiscoveryJobs(discovery.Id, 1, [.. jobs]));
        Assert.Equal(taken, (await Database.Discoveries.JobsAsync(discovery.Id, null, 0, 500, default)).Select(job => job.Credential));
    }

    [Fact]
    public async Task Only_active_discoveries_that_have_not_ended_go_on_after_a_start()
    {
        DiscoveryRecord running = await CreateAsync("running"), ended = await CreateAsync("ended"), stopped = await CreateAsync("stopped");
        await CommitAsync(
            new SetDiscoveryCondition(running.Id, 1, DiscoveryCondition.InProgress),
            new SetDiscoveryCondition(ended.Id, 1, DiscoveryCondition.Complete), new StopDiscovery(stopped.Id));
        Assert.Equal([running.Id], (await Database.Discoveries.UnfinishedAsync(default)).Select(discovery => discovery.Id));
        DiscoveryRecord afterStop = (await Database.Discoveries.FindAsync(stopped.Id, default))!;
        Assert.Equal((false, DiscoveryCondition.Aborted), (afterStop.Active, afterStop.Condition));
    }

    [Fact]
    public async Task What_was_not_contacted_is_kept_with_its_reason_for_the_newest_run()
    {
        DiscoveryRecord discovery = await CreateAsync("campus");
        var public1 = new WithheldAddress(
            Ipv4Address.Parse("203.0.113.9"), Ipv4Address.Parse("192.0.2.1"),
            "edge \u202e \"1\"", "it is outside of private address space.");
        Assert.Equal([true, true], await CommitAsync(
            new SaveWithheld(discovery.Id, 1, new WithheldAddresses([], 7)),
            new SaveWithheld(discovery.Id, 1, new WithheldAddresses([public1], 41))));
        WithheldAddresses read = await Database.Discoveries.WithheldAsync(discovery.Id, default);
        Assert.Equal((public1, 41), (Assert.Single(read.Listed), read.More));
        Assert.Equal(42, (await Database.Discoveries.FindAsync(discovery.Id, default))!.Withheld);

        Assert.Equal([true, false], await CommitAsync(
            new RestartDiscovery(discovery.Id, 1), new SaveWithheld(discovery.Id, 1, new WithheldAddresses([public1], 0))));
        Assert.Empty((await Database.Discoveries.WithheldAsync(discovery.Id, default)).Listed);
        Assert.Equal([true], await CommitAsync(new SaveWithheld(discovery.Id, 2, new WithheldAddresses([public1], 0))));
        await CommitAsync(new DeleteDiscovery(discovery.Id, 2));
        Assert.Empty((await Database.Discoveries.WithheldAsync(discovery.Id, default)).Listed);
    }

    private async Task<DiscoveryRecord> CreateAsync(string name)
    {
        TaskId task = TaskId.New(s_at);
        Assert.Equal([true], await CommitAsync(new CreateDiscovery(task, Plan(name), s_at)));
        return (await Database.Discoveries.FindByTaskAsync(task, default))!;
    }

    private static DiscoveryPlan Plan(string name) => new(name, DiscoveryKind.Cdp, "192.0.2.1")
    {
        FilterList = ["192.0.2.9"], Level = 3, Retries = 1, TimeoutSeconds = 5, ProtectedAccess = "", Shown = "{}",
    };

    private static SaveDiscoveryJobs Jobs(int discovery, int run, string address, DeviceId? device = null) =>
        new(discovery, run, [new DiscoveryJob(discovery, run, Ipv4Address.Parse(address), JobOutcome.Collected)
        {
            Device = device, StartedAt = s_at, EndedAt = s_at,
        }]);
}
