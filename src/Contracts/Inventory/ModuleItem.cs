using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>
/// A module of <c>/network-device/module</c>: a line card, supervisor, power or transceiver module. What is not known is null and written
/// so.
/// </summary>
public sealed record ModuleItem
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public int? ModuleIndex { get; init; }

    public string? PartNumber { get; init; }

    public string? SerialNumber { get; init; }

    public string? Manufacturer { get; init; }

    public string? Description { get; init; }

    public string? OperationalStateCode { get; init; }

    public string? VendorEquipmentType { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? EntityPhysicalIndex { get; init; }

    public string? ContainmentEntity { get; init; }

    public string? AssemblyNumber { get; init; }

    public string? AssemblyRevision { get; init; }

    /// <summary>UNKNOWN, TRUE, FALSE or NOT_APPLICABLE.</summary>
    public string IsFieldReplaceable { get; init; } = "UNKNOWN";

    /// <summary>UNKNOWN, TRUE, FALSE or NOT_APPLICABLE.</summary>
    public string IsReportingAlarmsAllowed { get; init; } = "UNKNOWN";

    public IReadOnlyDictionary<string, string> AttributeInfo { get; init; } = new Dictionary<string, string>();
}
