using System.Text.Json;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>None of the shape is made; nobody can tell.</summary>
public sealed class WrittenTaskTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TaskRecord s_root = Record(1_000);

    private AnswerJson Json => server.Service<AnswerJson>();

    [Fact]
    public void A_task_is_written_as_its_shape_is()
    {
        TaskRecord failed = Record(2_000) with
        {
            ParentId = s_root.Id, RootId = s_root.Id, EndTime = At(3_000), LastUpdate = At(3_001), Version = 3_002,
            Progress = "it's <no> \"path\" é", Data = "", IsError = true, ErrorCode = "NoPath", FailureReason = "none\n",
            OperationIds = ["one", "two"],
        };
        AssertSame(s_root, new TaskItem
        {
            Id = s_root.Id.ToString(), RootId = s_root.Id.ToString(), ServiceType = "Test Service", Username = "admin", StartTime = 1_000,
            LastUpdate = 1_000, Version = 1_000, IsError = false,
        });
        AssertSame(failed, new TaskItem
        {
            Id = failed.Id.ToString(), RootId = s_root.Id.ToString(), ParentId = s_root.Id.ToString(), ServiceType = "Test Service",
            Username = "admin", StartTime = 2_000, EndTime = 3_000, LastUpdate = 3_001, Version = 3_002,
            Progress = "it's <no> \"path\" é", Data = "", IsError = true, ErrorCode = "NoPath", FailureReason = "none\n",
            OperationIdList = ["one", "two"],
        });
    }

    [Fact]
    public void A_task_in_the_newer_form_is_written_as_its_shape_is()
    {
        TaskRecord failed = Record(2_000) with
        {
            ParentId = s_root.Id, RootId = s_root.Id, EndTime = At(3_000), LastUpdate = At(3_001), IsError = true,
        };
        TaskSummary pending = new() { Id = s_root.Id.ToString(), RootId = s_root.Id.ToString(), StartTime = 1_000, UpdatedTime = 1_000,
            Status = "PENDING", ResultLocation = $"/api/v1/tasks/{s_root.Id}/detail" };
        AssertSame(s_root, pending);
        AssertSame(s_root with { EndTime = At(1_001) }, pending with { EndTime = 1_001, Status = "SUCCESS" });
        AssertSame(failed, new TaskSummary
        {
            Id = failed.Id.ToString(), RootId = s_root.Id.ToString(), ParentId = s_root.Id.ToString(), StartTime = 2_000, EndTime = 3_000,
            UpdatedTime = 3_001, Status = "FAILURE", ResultLocation = $"/api/v1/tasks/{failed.Id}/detail",
        });
    }

    private static TaskRecord Record(long at)
    {
        TaskId id = TaskId.New(At(at));
        return new TaskRecord
        {
            Id = id, RootId = id, Kind = "test", Input = "{}", ServiceType = "Test Service", Username = "admin", StartTime = At(at),
            Deadline = At(at), Owner = "me", LastUpdate = At(at), Version = at,
        };
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private void AssertSame(TaskRecord task, TaskItem expected)
    {
        string written = JsonSerializer.Serialize(new WrittenTask(task), Json.Of<WrittenTask>());
        Assert.Equal(JsonSerializer.Serialize(expected, Json.Of<TaskItem>()), written);
        Assert.Contains("\"instanceTenantId\":\"", written, StringComparison.Ordinal);
    }

    private void AssertSame(TaskRecord task, TaskSummary expected) => Assert.Equal(
        JsonSerializer.Serialize(expected, Json.Of<TaskSummary>()),
        JsonSerializer.Serialize(new WrittenTaskSummary(task, ApiFamily.ApicEm), Json.Of<WrittenTaskSummary>()));
}
