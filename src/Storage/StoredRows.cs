using System.Text.Json;

namespace Towpath.Storage;

internal static class StoredRows
{
    /// <summary>
    /// A row was found and holds nothing that our writes have put there, in words; null when the exception is about something else. An
    /// engine sees damage to its own structures only.
    /// </summary>
    public static string? Unreadable(Exception exception) =>
        exception is InvalidCastException or FormatException or JsonException or ArgumentException or OverflowException
            ? $"a row of it is damaged ({exception.Message}). Restore a copy."
            : null;
}
