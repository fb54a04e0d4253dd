using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>One row of <c>event</c>. The cells of a row of a device's table are a JSON object, in their order.</summary>
internal static class EventRow
{
    public const string Columns = "at, kind, device_id, device_name, since, table_name, row_key, before, after, reason";

    public const string WithNumber = $"number, {Columns}";

    /// <summary>Reads a row of the columns <see cref="WithNumber"/>. A kind that is not known is a changed table.</summary>
    public static NetworkEvent Read(Row row) => new(
        row.Time(1), EventKindWords.TryParse(row.Text(2), out EventKind kind) ? kind : EventKind.TableChanged,
        row.IdOrNull(3) is { } device ? new DeviceId(device) : null, row.Text(4))
    {
        Number = row.Number(0),
        Since = row.TimeOrNull(5),
        Table = row.TextOrNull(6),
        Row = Cells(row.TextOrNull(7)) ?? [],
        Before = Cells(row.TextOrNull(8)),
        After = Cells(row.TextOrNull(9)),
        Reason = row.TextOrNull(10),
    };

    public static (string Name, object? Value)[] Values(NetworkEvent happened) =>
    [
        ("at", happened.At), ("kind", EventKindWords.Of(happened.Kind)), ("device_id", happened.Device?.Value),
        ("device_name", happened.DeviceName), ("since", happened.Since), ("table_name", happened.Table),
        ("row_key", happened.Row.IsEmpty ? null : Text(happened.Row)), ("before", happened.Before is { } before ? Text(before) : null),
        ("after", happened.After is { } after ? Text(after) : null), ("reason", happened.Reason),
    ];

    private static string Text(ImmutableArray<RowCell> cells)
    {
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets))
        {
            json.WriteStartObject();
            foreach (RowCell cell in cells) json.WriteString(cell.Column, cell.Text);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(octets.GetBuffer().AsSpan(0, (int)octets.Length));
    }

    private static ImmutableArray<RowCell>? Cells(string? text)
    {
        if (text is null) return null;
        using JsonDocument json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateObject().Select(cell => new RowCell(cell.Name, cell.Value.GetString() ?? ""))];
    }
}
