using Towpath.Testing;

namespace Towpath.Discovery.Tests;

public sealed class TurnsTests : IDisposable
{
    private const int Most = 99;
    private static readonly TimeSpan s_stay = TimeSpan.FromSeconds(3);
    private readonly ManualTime _time = new();
    private readonly List<string> _begun = [];
    private readonly Dictionary<string, TaskCompletionSource<string>> _works = [];
    private readonly SemaphoreSlim _begins = new(0);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private int _known;

    public void Dispose()
    {
        _begins.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Places_are_taken_in_order_and_left_at_the_end()
    {
        var turns = new Turns<string>(new Places(2, _time).Enter(1), Lane("a", "b", "c", "d"));
        Task<List<string>> taken = turns.TakeAsync(Most, _patience.Token);
        Assert.Equal(["a", "b"], _begun);
        _works["b"].SetResult("b");
        Assert.Equal(["b"], await taken);

        taken = turns.TakeAsync(Most, _patience.Token);
        Assert.Equal(["a", "b", "c"], _begun);
        _works["a"].SetResult("a");
        Assert.Equal(["a"], await taken);
        taken = turns.TakeAsync(Most, _patience.Token);
        Assert.Equal(["a", "b", "c", "d"], _begun);
        _works["d"].SetResult("d");
        Assert.Equal(["d"], await taken);
        _works["c"].SetResult("c");
        Assert.Equal(["c"], await turns.TakeAsync(Most, _patience.Token));
        Assert.Empty(await turns.TakeAsync(Most, _patience.Token));
    }

    [Fact]
    public async Task Work_that_lasts_goes_on_without_its_place()
    {
        var turns = new Turns<string>(new Places(2, _time).Enter(1), Lane("a", "b", "c", "d", "e"));
        Task<List<string>> taken = turns.TakeAsync(Most, _patience.Token);
        await WaitsForAPlaceAsync();
        _time.Advance(s_stay - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a", "b"], _begun);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await BegunAsync("a", "b", "c", "d");
        await WaitsForAPlaceAsync();
        _time.Advance(s_stay);
        await BegunAsync("a", "b", "c", "d", "e");

        Assert.False(taken.IsCompleted);
        _works["a"].SetResult("a");
        Assert.Equal(["a"], await taken);
    }

    [Fact]
    public async Task No_more_is_under_way_than_its_lane_allows_and_another_lane_goes_on()
    {
        var turns = new Turns<string>(new Places(2, _time).Enter(1), Lane("a", most: 2, "b", "c"), Lane("x", "y", "z"));
        Task<List<string>> taken = turns.TakeAsync(Most, _patience.Token);
        await WaitsForAPlaceAsync();
        _time.Advance(s_stay);
        await BegunAsync("a", "b", "x", "y");
        await WaitsForAPlaceAsync();
        _works["b"].SetResult("b");
        Assert.Equal(["b"], await taken);

        taken = turns.TakeAsync(Most, _patience.Token);
        Assert.Equal(["a", "b", "x", "y"], _begun);
        _time.Advance(s_stay);
        await BegunAsync("a", "b", "x", "y", "c", "z");
        Assert.False(taken.IsCompleted);
    }

    /// <summary>As devices do that bring no facts: with a place and a lane for one, three are under way.</summary>
    [Fact]
    public async Task Work_that_steps_aside_leaves_its_place_and_its_lane_and_is_taken_at_its_end()
    {
        var stepsAside = new List<Action>();
        var waiting = new Queue<string>(["a", "b", "c"]);
        var lane = new Lane<string>(s_stay, most: 1, stepAside =>
        {
            stepsAside.Add(stepAside);
            return waiting.TryDequeue(out string? name) ? Begin(name) : null;
        });
        var turns = new Turns<string>(new Places(1, _time).Enter(1), lane);
        Task<List<string>> taken = turns.TakeAsync(Most, _patience.Token);
        Assert.Equal(["a"], _begun);
        stepsAside[0]();
        stepsAside[0](); // twice is once
        await BegunAsync("a", "b");
        stepsAside[1]();
        await BegunAsync("a", "b", "c");
        Assert.False(taken.IsCompleted);

        foreach (string name in (string[])["a", "c", "b"])
        {
            _works[name].SetResult(name);
            Assert.Equal([name], await taken);
            taken = turns.TakeAsync(Most, _patience.Token);
        }
        Assert.Empty(await taken);
    }

    /// <summary>Two of four places are its share while another discovery is at work; then it goes on.</summary>
    [Fact]
    public async Task Who_has_its_share_of_work_aside_begins_no_more_beside_another_discovery()
    {
        var places = new Places(4, _time);
        var waiting = new Queue<string>(["a", "b", "c"]);
        var lane = new Lane<string>(s_stay, Most, stepAside =>
        {
            if (!waiting.TryDequeue(out string? name)) return null;
            stepAside(); // each at once
            return Begin(name);
        });
        Places.Guest good = places.Enter(1);
        Task<List<string>> inventing = new Turns<string>(places.Enter(2), lane).TakeAsync(Most, _patience.Token);
        await BegunAsync("a", "b", "c"); // before the first of them is seen to step aside
        waiting.Enqueue("d");
        Task<List<string>> other = new Turns<string>(good, Lane("w", "x", "y", "z")).TakeAsync(Most, _patience.Token);
        await BegunAsync("a", "b", "c", "w", "x", "y", "z"); // all four places
        _works["w"].SetResult("w");
        Assert.Equal(["w"], await other);
        Assert.DoesNotContain("d", _begun);

        good.Dispose();
        await BegunAsync("a", "b", "c", "w", "x", "y", "z", "d");
        Assert.False(inventing.IsCompleted);
    }

    [Fact]
    public async Task The_first_lane_goes_before_the_second()
    {
        Queue<string> first = [];
        var before = new Lane<string>(s_stay, Most, _ => first.TryDequeue(out string? name) ? Begin(name) : null);
        var turns = new Turns<string>(new Places(1, _time).Enter(1), before, Lane("x", "y"));
        Task<List<string>> taken = turns.TakeAsync(Most, _patience.Token);
        _works["x"].SetResult("x");
        await taken;
        first.Enqueue("a");
        first.Enqueue("b");
        foreach (string name in (string[])["a", "b", "y"])
        {
            taken = turns.TakeAsync(Most, _patience.Token);
            _works[name].SetResult(name);
            Assert.Equal([name], await taken);
        }
        Assert.Equal(["x", "a", "b", "y"], _begun);
    }

    [Fact]
    public async Task Not_more_is_handed_over_than_asked_for()
    {
        var turns = new Turns<string>(new Places(3, _time).Enter(1), Lane("a", "b", "c"));
        Task<List<string>> taken = turns.TakeAsync(1, _patience.Token);
        _works["c"].SetResult("c");
        await taken;
        _works["b"].SetResult("b");
        _works["a"].SetResult("a");
        Assert.Equal(["b"], await turns.TakeAsync(1, _patience.Token));
        Assert.Equal(["a"], await turns.TakeAsync(1, _patience.Token));
    }

    [Fact]
    public async Task A_failure_reaches_whoever_takes()
    {
        var turns = new Turns<string>(new Places(1, _time).Enter(1), Lane("a"));
        Task<List<string>> taken = turns.TakeAsync(Most, _patience.Token);
        _works["a"].SetException(new InvalidOperationException("as asked"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => taken);
    }

    private Lane<string> Lane(params string[] names) => Lane(names[0], Most, names[1..]);

    private Lane<string> Lane(string first, int most, params string[] others)
    {
        var waiting = new Queue<string>([first, .. others]);
        return new Lane<string>(s_stay, most, _ => waiting.TryDequeue(out string? name) ? Begin(name) : null);
    }

    private Task<string> Begin(string name)
    {
        var work = new TaskCompletionSource<string>();
        _works.Add(name, work);
        _begun.Add(name);
        _begins.Release();
        return work.Task;
    }

    private async Task WaitsForAPlaceAsync() => await _time.AwaitedAsync();

    /// <summary>Waits for as many to begin; these and no others have begun then.</summary>
    private async Task BegunAsync(params string[] expected)
    {
        for (; _known < expected.Length; _known++) await _begins.WaitAsync(_patience.Token);
        Assert.Equal(expected, _begun);
    }
}
