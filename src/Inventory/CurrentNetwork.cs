using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// The network as last collected, and the indexes over it. Whoever reads it never makes them: after a change one background task does, and
/// readers go on with the last finished ones. So a change is seen a little later than it is made, in a large network by seconds.
/// What is promised: <see cref="UpToDateAsync"/> returns when every reader sees what was changed before that call. Each task of the
/// inventory and each discovery waits for that before it ends, so whoever sees one ended sees its devices, and a trace started then goes
/// through them.
/// </summary>
public sealed class CurrentNetwork
{
    /// <summary>Builds rest so many times as long as the last took, unless somebody waits: a discovery makes a thousand changes.</summary>
    private const int Rest = 4;

    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_restAfterFailure = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<CurrentNetwork> _logger;
    private readonly Func<InventoryState, InventoryView, int, InventoryView> _build;
    private readonly Lock _lock = new();
    private readonly List<(long Change, TaskCompletionSource<InventoryView> Seen)> _waiting = [];
    private volatile InventoryState _state = InventoryState.Empty;
    private volatile InventoryView _view = InventoryView.Empty;
    private volatile bool _isWithheld;
    private TaskCompletionSource _awaited = new();
    private long _changes;
    private long _built; // of the changes, those that _view shows
    private bool _isBuilding;
    private long _restsSince;
    private TimeSpan _rest;
    private TimeSpan _lastTook;

    public CurrentNetwork(TimeProvider time, ILogger<CurrentNetwork> logger)
        : this(time, logger, Build)
    {
    }

    /// <param name="build">Makes the view of a state, on so many cores; the last finished one lends what has not changed.</param>
    internal CurrentNetwork(
        TimeProvider time, ILogger<CurrentNetwork> logger, Func<InventoryState, InventoryView, int, InventoryView> build) =>
        (_time, _logger, _build) = (time, logger, build);

    /// <summary>The last finished one. Readers take it once and keep it for their whole answer.</summary>
    /// <exception cref="InventoryUnreadException">What is stored is still being read.</exception>
    public NetworkSnapshot Snapshot => View.Network;

    /// <summary>The last finished one, with the records and roles of the same moment.</summary>
    /// <exception cref="InventoryUnreadException">What is stored is still being read.</exception>
    internal InventoryView View => _isWithheld ? throw new InventoryUnreadException() : _view;

    internal bool IsWithheld => _isWithheld;

    /// <summary>As of now: what the next view will show.</summary>
    internal InventoryState State => _state;

    /// <summary>
    /// Readers get nothing from now on, since it would be only a part of what is stored, and <see cref="UpToDateAsync"/> waits for the next
    /// view that is shown.
    /// </summary>
    internal void Withhold()
    {
        lock (_lock)
        {
            _isWithheld = true;
            _changes++;
        }
    }

    /// <summary>All that is stored is shown.</summary>
    internal void Release() => _isWithheld = false;

    /// <summary>What is shown from now on. Call after it is durable, one caller at a time; returns at once.</summary>
    internal void Show(InventoryState state)
    {
        lock (_lock)
        {
            _state = state;
            _changes++;
            if (_isBuilding) return;
            _isBuilding = true;
        }
        _ = Task.Run(BuildUntilShownAsync);
    }

    /// <summary>The view that shows every change made before this call. Waits for its build without a thread.</summary>
    /// <exception cref="Exception">That build failed; it is tried again, and the last finished view stays meanwhile.</exception>
    internal Task<InventoryView> UpToDateAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_built == _changes) return Task.FromResult(_view);
            var seen = new TaskCompletionSource<InventoryView>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_changes, seen));
            _awaited.TrySetResult();
            return seen.Task.WaitAsync(cancellationToken);
        }
    }

    private static InventoryView Build(InventoryState state, InventoryView last, int cores)
    {
        if (state.Devices == last.State.Devices) return new InventoryView(state, last.Network, last);
        NetworkDevice[] changed =
            [.. state.Devices.Values.Where(device => !ReferenceEquals(device, last.State.Devices.GetValueOrDefault(device.Id)))];
        if (state.Devices.Count == last.State.Devices.Count && Array.TrueForAll(changed, device => TellsTheSame(device, last.State)))
            return new InventoryView(state, last.Network.With(changed), last);
        return new InventoryView(state, NetworkSnapshot.Build(state.Devices.Values, cores), last);
    }

    /// <summary>Only whether it answers is another: then the indexes are the same.</summary>
    private static bool TellsTheSame(NetworkDevice device, InventoryState before) =>
        before.Devices.GetValueOrDefault(device.Id) is { } known
        && ReferenceEquals(known.Snapshot, device.Snapshot) && known.ManagementAddress == device.ManagementAddress;

    private async Task BuildUntilShownAsync()
    {
        do
        {
            await RestAsync();
            (InventoryState state, long change) = Take();
            int cores = _isWithheld ? Environment.ProcessorCount : 1; // once there are readers, the others are theirs
            long started = _time.GetTimestamp();
            try
            {
                // Not on a thread of the pool, which the requests need once there are some.
                InventoryView view = await Task.Factory.StartNew(
                    () => _build(state, _view, cores), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                _lastTook = _time.GetElapsedTime(started);
                Finish(change, view, null, Rest * _lastTook);
            }
#pragma warning disable CA1031 // whatever a device told that no index can hold: readers keep the last view, and it is tried again
            catch (Exception problem)
#pragma warning restore CA1031
            {
                _logger.IndexesFailed(problem, state.Devices.Count);
                Finish(change, null, problem, _rest < s_restAfterFailure ? s_restAfterFailure : 2 * _rest);
            }
        }
        while (!IsShown());
    }

    private async Task RestAsync()
    {
        // A caller that waits hurries a build, but 500 that come one after the other keep no core busy: nothing is built for as long as the
        // last build took.
        TimeSpan unhurried = _lastTook - _time.GetElapsedTime(_restsSince);
        if (unhurried > TimeSpan.Zero) await Task.Delay(unhurried, _time);
        TimeSpan left = _rest - _time.GetElapsedTime(_restsSince);
        if (left <= TimeSpan.Zero) return;
        try
        {
            await _awaited.Task.WaitAsync(left, _time);
        }
        catch (TimeoutException)
        {
        }
    }

    private (InventoryState State, long Change) Take()
    {
        lock (_lock)
        {
            _awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (_state, _changes);
        }
    }

    private void Finish(long change, InventoryView? view, Exception? problem, TimeSpan rest)
    {
        lock (_lock)
        {
            if (view is not null) (_view, _built) = (view, change);
            (_rest, _restsSince) = (rest < s_longestRest ? rest : s_longestRest, _time.GetTimestamp());
            foreach ((_, TaskCompletionSource<InventoryView> seen) in _waiting.Where(waiting => waiting.Change <= change))
            {
                if (view is not null) seen.SetResult(view);
                else seen.SetException(problem!);
            }
            _waiting.RemoveAll(waiting => waiting.Change <= change);
        }
    }

    private bool IsShown()
    {
        lock (_lock)
        {
            _isBuilding = _built != _changes;
            return !_isBuilding;
        }
    }
}
