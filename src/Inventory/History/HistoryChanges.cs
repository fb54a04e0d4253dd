using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Another process has looked at the network as a whole (<see cref="HistoryJob"/>): the hosts that are gone are others.</summary>
public sealed class HistoryChanges(HostHistory hosts) : IChangeListener
{
    /// <summary>The topic; there is one key.</summary>
    public const string Word = "history";

    public static Change Looked { get; } = new(Word, Guid.Empty);

    public string Topic => Word;

    public Task ChangedAsync(ImmutableArray<Guid> keys, CancellationToken cancellationToken) => hosts.HearAsync(cancellationToken);

    public Task MissedAsync(CancellationToken cancellationToken) => hosts.HearAsync(cancellationToken);
}
