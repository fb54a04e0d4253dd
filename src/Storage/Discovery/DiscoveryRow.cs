using System.Globalization;
using System.Text.Json;
using Towpath.Discovery;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>One row of <c>discovery</c>; its id is given by the engine.</summary>
internal static class DiscoveryRow
{
    /// <summary>The columns of the row itself. An engine computes two more when the row is read: see <see cref="Read"/>.</summary>
    public const string Columns = "id, task_id, plan, run, active, condition, created_at";

    public const string Created = "task_id, name, plan, run, active, condition, created_at";

    /// <summary>
    /// Reads <see cref="Columns"/> and two more: the ids of the devices of the newest run, see <see cref="Sql.Ids"/>, or null; and how many
    /// addresses were withheld, or null.
    /// </summary>
    public static DiscoveryRecord Read(Row row) => new(
        row.Int32(0), row.Task(1), JsonSerializer.Deserialize<DiscoveryPlan>(row.Text(2))!, row.Int32(3), row.Flag(4),
        (DiscoveryCondition)row.Int32(5),
        row.TextOrNull(7) is { } devices ? [.. devices.Split(',').Select(ReadDevice)] : [],
        row.Time(6))
    {
        Withheld = row.IsNull(8) ? 0 : row.Int32(8),
    };

    public static (string Name, object? Value)[] Values(CreateDiscovery create) =>
    [
        ("task_id", create.TaskId), ("name", create.Plan.Name), ("plan", JsonSerializer.Serialize(create.Plan)),
        ("run", 1), ("active", true), ("condition", (int)DiscoveryCondition.Queued), ("created_at", create.At),
    ];

    private static DeviceId ReadDevice(string text) => new(Guid.Parse(text, CultureInfo.InvariantCulture));
}
