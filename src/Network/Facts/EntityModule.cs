using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A row of entPhysicalTable (ENTITY-MIB, RFC 6933) whose class is module: a line card, supervisor, power or transceiver module.
/// </summary>
/// <param name="Index">entPhysicalIndex.</param>
/// <param name="Name">entPhysicalName; empty when not answered, like the other texts.</param>
public sealed record EntityModule(int Index, string Name, string Description, string Manufacturer, string Model, string SerialNumber,
    string SoftwareRevision)
{
    public static FactSource EntPhysicalTable { get; } = FactSource.Named(nameof(EntPhysicalTable));

    public static FactLayout<EntityModule> Layout { get; } = new("modules", of => of.Modules, (of, rows) => of with { Modules = rows })
    {
        Sources = [EntPhysicalTable],
        Key = ["index"],
        Columns =
        [
            new("index", row => row.Index),
            new("name", row => row.Name),
            new("description", row => row.Description),
            new("manufacturer", row => row.Manufacturer),
            new("model", row => row.Model),
            new("serialNumber", row => row.SerialNumber),
            new("softwareRevision", row => row.SoftwareRevision),
        ],
        Row = cells => new EntityModule(
            cells.Int(0), cells.Text(1), cells.Text(2), cells.Text(3), cells.Text(4), cells.Text(5), cells.Text(6)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<EntityModule> Modules { get; init; } = [];
}
