using System.Text.Json.Serialization;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// A task as it is written: octet by octet a <see cref="TaskItem"/>, of which none is made. Lists of tasks are long and asked for often,
/// and what is not made need not be collected.
/// </summary>
internal sealed class WrittenTask(IListedTask task)
{
    public Guid Id => task.Id.Value;

    public Guid RootId => task.RootId.Value;

    public Guid? ParentId => task.ParentId?.Value;

    public string ServiceType => task.ServiceType;

    public string Username => task.Username;

    public long StartTime => task.StartTime.ToUnixTimeMilliseconds();

    /// <summary>Absent beats null: clients ask whether the key <c>endTime</c> is there.</summary>
    public long? EndTime => task.EndTime?.ToUnixTimeMilliseconds();

    public long LastUpdate => task.LastUpdate.ToUnixTimeMilliseconds();

    public long Version => task.Version;

    public string? Progress => task.Progress;

    public string? Data => task.Data;

    public bool IsError => task.IsError;

    public string? ErrorCode => task.ErrorCode;

    public string? FailureReason => task.FailureReason;

    public IReadOnlyList<string>? OperationIdList => task.OperationIds is { IsDefaultOrEmpty: false } ids ? ids : null;

    /// <summary>See <see cref="AnswerJson"/>.</summary>
    public string? InstanceTenantId { get; init; }
}

/// <summary>Source-generated metadata, for <see cref="AnswerJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Envelope<WrittenTask>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<WrittenTask>>))]
[JsonSerializable(typeof(Envelope<WrittenTaskSummary>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<WrittenTaskSummary>>))]
internal sealed partial class WrittenTaskJson : JsonSerializerContext;
