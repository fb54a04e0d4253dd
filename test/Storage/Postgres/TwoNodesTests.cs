using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>Two processes that write to one database. Each holds its transaction open where the test wants.</summary>
[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class TwoNodesTests : IDisposable
{
    private static readonly DateTimeOffset s_later = DateTimeOffset.FromUnixTimeMilliseconds(2_000);
    private static readonly Prefix s_subnet = Prefix.Parse("192.0.2.0/24");

    private readonly PostgresServer _server;
    private readonly PostgresTestDatabase _one;
    private readonly PostgresTestDatabase _other;

    public TwoNodesTests(PostgresServer server)
    {
        (_server, _one) = (server, new PostgresTestDatabase(server));
        _other = _one.Beside();
    }

    public void Dispose()
    {
        _other.Dispose();
        _one.Dispose();
    }

    [Fact]
    public async Task A_parent_ends_with_its_last_two_children_though_each_ends_on_another_node()
    {
        (TaskRecord parent, TaskRecord first, TaskRecord second) = await ParentOfTwoAsync();
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());

        Task one = _one.CommitAsync(Ended(first), new HoldWriter(reached, released));
        await reached.Task;
        Task other = _other.CommitAsync(Ended(second));
        await _server.WaitsAsync(_one.Address, other);
        released.Set();
        await Task.WhenAll(one, other);

        Assert.Equal(s_later, (await _one.TaskAsync(parent.Id)).EndTime);
    }

    [Fact]
    public async Task A_child_is_not_accepted_while_another_node_ends_its_parent()
    {
        TaskRecord parent = Database.NewTask();
        await _one.CommitAsync(new AcceptTask(parent));
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());

        Task one = _one.CommitAsync(Ended(parent), new HoldWriter(reached, released));
        await reached.Task;
        Task<bool> other = AcceptedAsync(_other, Database.NewTask(parent: parent));
        await _server.WaitsAsync(_one.Address, other);
        released.Set();
        await one;

        Assert.False(await other);
    }

    [Fact]
    public async Task An_end_by_a_node_whose_task_was_adopted_meanwhile_has_no_effect()
    {
        TaskRecord task = Database.NewTask(owner: "one");
        await _one.CommitAsync(new AcceptTask(task));
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());

        Task adopted = _other.CommitAsync(new AdoptTasks("one", "other"), new HoldWriter(reached, released));
        await reached.Task;
        Task<bool> ended = TookAsync(_one, new EndTask(task, "one", TaskOutcome.Done("done"), s_later));
        await _server.WaitsAsync(_one.Address, ended);
        released.Set();
        await adopted;

        Assert.False(await ended);
        Assert.Null((await _one.TaskAsync(task.Id)).EndTime);
    }

    [Fact]
    public async Task Nodes_that_wait_for_each_other_in_a_circle_both_get_through()
    {
        await _one.CommitAsync(new AddNote("a", ""), new AddNote("b", ""));
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());

        Task one = _one.CommitAsync(new ChangeNote("a", "1"), new HoldWriter(reached, released), new ChangeNote("b", "1"));
        await reached.Task;
        Task other = _other.CommitAsync(new ChangeNote("b", "2"), new ChangeNote("a", "2"));
        await _server.WaitsAsync(_one.Address, other);
        released.Set();
        await Task.WhenAll(one, other);

        Assert.Equal(_one.Note("a"), _one.Note("b")); // one after the other
    }

    [Fact]
    public async Task A_subnet_whose_devices_two_nodes_found_silent_is_told_once_by_the_one_that_knows_of_all()
    {
        DeviceId[] devices = [.. Enumerable.Range(1, 4).Select(_ => new DeviceId(Guid.NewGuid()))];
        await _one.CommitAsync([.. devices.Select(Known)]);
        var conclude = new ConcludeSubnet(s_subnet, devices.Length, s_later);
        var (reached, released) = (new TaskCompletionSource(), new ManualResetEventSlim());

        Task<ImmutableArray<bool>> one = _one.CommitAsync(
            Silent(devices[0]), Silent(devices[1]), conclude, new HoldWriter(reached, released));
        await reached.Task;
        Task<ImmutableArray<bool>> other = _other.CommitAsync(Silent(devices[2]), conclude);
        await _server.WaitsAsync(_one.Address, other);
        released.Set();

        Assert.False((await one)[2]); // two of four are none
        Assert.True((await other)[1]);
        Assert.False((await _one.CommitAsync(Silent(devices[3]), conclude))[1]);
        NetworkEvent told = Assert.Single(
            await _one.History.EventsAsync(new EventFilter { Kind = EventKind.SubnetSilent }, default));
        Assert.Equal("3 of its 4 devices do not answer.", told.Reason);
    }

    private static Write Known(DeviceId id) => new SaveDevice(
        new DeviceRecord(id, Ipv4Address.Parse("192.0.2.1"), new StoredAccess(Guid.NewGuid(), [], 2, TimeSpan.FromSeconds(2)), s_later)
        {
            CollectedAt = s_later, SnapshotDigest = "", UpdatedAt = s_later,
        }, [1], IsNew: true);

    private static Write Silent(DeviceId id) => new SavePulse(id, s_later, PulseNotes.None, null) { SilentIn = s_subnet };

    private async Task<(TaskRecord Parent, TaskRecord First, TaskRecord Second)> ParentOfTwoAsync()
    {
        TaskRecord parent = Database.NewTask();
        (TaskRecord first, TaskRecord second) = (Database.NewTask(parent: parent), Database.NewTask(parent: parent));
        await _one.CommitAsync(new AcceptTask(parent), new AcceptTask(first), new AcceptTask(second));
        await _one.CommitAsync(new EndTask(parent, "me", TaskOutcome.AfterChildren("done"), s_later));
        return (parent, first, second);
    }

    private static EndTask Ended(TaskRecord task) => new(task, "me", TaskOutcome.Done("done"), s_later);

    private static Task<bool> AcceptedAsync(Database node, TaskRecord task) => TookAsync(node, new AcceptTask(task));

    private static async Task<bool> TookAsync(Database node, Write write) => (await node.CommitAsync(write))[0];
}
