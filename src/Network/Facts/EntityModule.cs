namespace Towpath.Network;

/// <summary>A row of entPhysicalTable (ENTITY-MIB, RFC 6933) whose class is module: a line card, supervisor, power or transceiver module.</summary>
/// <param name="Index">entPhysicalIndex.</param>
/// <param name="Name">entPhysicalName; empty when not answered, like the other texts.</param>
public sealed record EntityModule(int Index, string Name, string Description, string Manufacturer, string Model, string SerialNumber, string SoftwareRevision);
