using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>A task as it is written for <c>/tasks</c>: octet by octet a <see cref="TaskSummary"/>; see <see cref="WrittenTask"/>.</summary>
internal sealed class WrittenTaskSummary(IListedTask task, ApiFamily family)
{
    public const string Pending = "PENDING", Failure = "FAILURE", Success = "SUCCESS";

    public Guid Id => task.Id.Value;

    public Guid RootId => task.RootId.Value;

    public Guid? ParentId => task.ParentId?.Value;

    public long StartTime => task.StartTime.ToUnixTimeMilliseconds();

    public long UpdatedTime => task.LastUpdate.ToUnixTimeMilliseconds();

    public long? EndTime => task.EndTime?.ToUnixTimeMilliseconds();

    public string Status => Word(task);

    public TaskDetailAddress ResultLocation => new(family, Id);

    public static string Word(IListedTask task) =>
        task switch { { EndTime: null } => Pending, { IsError: true } => Failure, _ => Success };
}

/// <summary>Where the detail of a task is read; written as a text of which none is made.</summary>
[JsonConverter(typeof(TaskDetailAddressWriter))]
internal readonly record struct TaskDetailAddress(ApiFamily Family, Guid Task);

internal sealed class TaskDetailAddressWriter : JsonConverter<TaskDetailAddress>
{
    private const int Longest = 128;

    public override TaskDetailAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("It is written only.");

    public override void Write(Utf8JsonWriter writer, TaskDetailAddress value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Longest];
        if (!Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{value.Family.Prefix}/tasks/{value.Task}/detail", out int length))
            throw new InvalidOperationException($"The prefix {value.Family.Prefix} is too long.");
        writer.WriteStringValue(text[..length]);
    }
}
