using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>Tells each listener what other processes have changed of its topic, in the order of their commits.</summary>
public sealed class ChangeDispatch(
    IChanges changes, IEnumerable<IChangeListener> listeners, TimeProvider time, ILogger<ChangeDispatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<IChangeListener> _listeners = [.. listeners];
    private long _seen;

    /// <summary>Call before the listeners read what they keep: what is committed after that is told.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken) => _seen = await changes.NowAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                OthersChanges others = await changes.AfterAsync(_seen, stoppingToken);
                foreach (IChangeListener listener in _listeners) await TellAsync(listener, others, stoppingToken);
                _seen = others.Version;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // whatever it is, what others have changed is told later
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.ChangesPostponed(problem.Message);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task TellAsync(IChangeListener listener, OthersChanges others, CancellationToken cancellationToken)
    {
        if (!others.IsWhole)
        {
            await listener.MissedAsync(cancellationToken);
            return;
        }
        ImmutableArray<Guid> keys = [.. others.Changed.Where(change => change.Topic == listener.Topic).Select(change => change.Key)];
        if (!keys.IsEmpty) await listener.ChangedAsync(keys, cancellationToken);
    }
}
