using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Testing;

namespace Towpath.Tasks.Tests;

public sealed class ChangeDispatchTests
{
    private static readonly Guid s_key = Guid.CreateVersion7();

    private readonly ScriptedChanges _changes = new();
    private readonly Listener _devices = new("device");
    private readonly Listener _others = new("other");

    [Fact]
    public async Task A_listener_hears_of_its_own_topic_and_everybody_hears_that_some_were_missed()
    {
        using ChangeDispatch dispatch = await StartedAsync();
        _changes.Tell(new OthersChanges(5, [new Change("device", s_key), new Change("nobody's", s_key)], IsWhole: true));
        _changes.Tell(new OthersChanges(9, [], IsWhole: false));

        Assert.Equal(["changed 1", "missed"], await _devices.HeardAsync(2));
        Assert.Equal(["missed"], await _others.HeardAsync(1));
        await dispatch.StopAsync(default);
        Assert.Equal([3, 5], _changes.AskedAfter.Take(2));
    }

    [Fact]
    public async Task What_a_listener_could_not_read_is_told_again()
    {
        _devices.FailsFor = 1;
        using ChangeDispatch dispatch = await StartedAsync();
        var change = new OthersChanges(5, [new Change("device", s_key)], IsWhole: true);
        _changes.Tell(change);
        _changes.Tell(change);

        Assert.Equal(["changed 1"], await _devices.HeardAsync(1));
        await dispatch.StopAsync(default);
        Assert.Equal([3, 3], _changes.AskedAfter.Take(2));
    }

    private async Task<ChangeDispatch> StartedAsync()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch) { IsHurried = true };
        var dispatch = new ChangeDispatch(_changes, [_devices, _others], time, NullLogger<ChangeDispatch>.Instance);
        await dispatch.BeginAsync(default);
        await dispatch.StartAsync(default);
        return dispatch;
    }

    private sealed class ScriptedChanges : IChanges
    {
        private readonly Channel<OthersChanges> _told = Channel.CreateUnbounded<OthersChanges>();

        public List<long> AskedAfter { get; } = [];

        public void Tell(OthersChanges others) => _told.Writer.TryWrite(others);

        public Task<long> NowAsync(CancellationToken cancellationToken) => Task.FromResult(3L);

        public Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A dispatch waits.");

        public async Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken)
        {
            AskedAfter.Add(version);
            return await _told.Reader.ReadAsync(cancellationToken);
        }
    }

    private sealed class Listener(string topic) : IChangeListener
    {
        private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();

        public string Topic => topic;

        public int FailsFor { get; set; }

        public Task ChangedAsync(ImmutableArray<Guid> keys, CancellationToken cancellationToken)
        {
            if (FailsFor-- > 0) throw new StorageUnavailableException("It does not answer.", null);
            _heard.Writer.TryWrite($"changed {keys.Length}");
            return Task.CompletedTask;
        }

        public Task MissedAsync(CancellationToken cancellationToken)
        {
            _heard.Writer.TryWrite("missed");
            return Task.CompletedTask;
        }

        public async Task<string[]> HeardAsync(int count)
        {
            var heard = new string[count];
            for (int i = 0; i < count; i++) heard[i] = await _heard.Reader.ReadAsync();
            return heard;
        }
    }
}
