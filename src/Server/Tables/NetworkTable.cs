using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// A table over all devices: one for each kind of fact, as its layout has it, and some that are concluded from facts. A new kind of fact is
/// served without code of its own.
/// </summary>
internal abstract class NetworkTable(string name, ImmutableArray<string> columns)
{
    /// <summary>By name.</summary>
    public static ImmutableArray<NetworkTable> All { get; } =
    [
        .. FactLayout.All.Select(NetworkTable (layout) => layout == Interface.Layout ? new InterfaceTable() : new FactTable(layout))
            .Append(new NeighborTable()).Append(new LinkTable()).Append(new HostTable())
            .OrderBy(table => table.Name, StringComparer.Ordinal),
    ];

    public string Name => name;

    public ImmutableArray<string> Columns => columns;

    /// <summary>The columns that tell a row from the others of its device; empty where no table says so.</summary>
    public virtual ImmutableArray<string> Key => [];

    /// <summary>The layout; null for what is concluded.</summary>
    public virtual FactLayout? Layout => null;

    /// <inheritdoc cref="FactLayout.RangeOf"/>
    public abstract CellRange? RangeOf(int column, string text);

    /// <summary>The rows that are wanted, device by device, of each in the order of its table.</summary>
    /// <exception cref="ApiException">400: it cannot be told of that time.</exception>
    public abstract IAsyncEnumerable<DeviceRow> RowsAsync(
        PastNetwork.Moment network, TableQuestion question, CancellationToken cancellationToken);

    private sealed class FactTable(FactLayout layout) : NetworkTable(layout.Name, [.. layout.ColumnNames])
    {
        public override ImmutableArray<string> Key => layout.Key;

        public override FactLayout Layout => layout;

        public override CellRange? RangeOf(int column, string text) => layout.RangeOf(column, text);

        public override async IAsyncEnumerable<DeviceRow> RowsAsync(
            PastNetwork.Moment network, TableQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (NetworkDevice device in network.DevicesAsync(question.IsOf, [layout], cancellationToken))
            {
                foreach (TextRow row in layout.TextsIn(device.Snapshot, question.RowsOf(device)))
                    yield return new DeviceRow(device, row);
            }
        }
    }
}

/// <param name="Device">With the facts of the time that was asked for; null for a host that is at no known device.</param>
internal readonly record struct DeviceRow(NetworkDevice? Device, TextRow Row);
