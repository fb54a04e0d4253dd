using Towpath.Collection;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis.Tests;

public sealed class StatisticsHandlerTests
{
    private static readonly DeviceId s_device = new(Guid.Parse("11111111-1111-4111-8111-111111111111"));
    private static readonly DateTimeOffset s_time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_task_that_fails_leaves_the_reason_at_every_device_and_interface_that_was_asked_for()
    {
        var question = new StatisticsQuestion(FlowAnalysisId.New(s_time), s_time, [new DeviceQuestion(s_device, true, [new IfIndex(7)])]);
        TaskId id = TaskId.New(s_time);
        var task = new TaskRecord
        {
            Id = id,
            RootId = id,
            Kind = StatisticsHandler.TaskKind,
            Input = StoredTrace.Encode(question),
            ServiceType = "",
            Username = "admin",
            StartTime = s_time,
            Deadline = s_time,
            Owner = "",
        };
        var handler = new StatisticsHandler(null!, null!); // nothing is asked

        var save = Assert.IsType<SaveStatistics>(Assert.Single(handler.EffectsOfFailure(task, "The task did not end within 60 s.")));

        Assert.Equal((question.FlowAnalysis, s_time), (save.Id, save.TracedAt));
        ElementReading reading = StoredTrace.DecodeStatistics(save.Statistics).Of(s_device)!;
        Assert.Equal("The statistics were not read: The task did not end within 60 s.", reading.Load!.FailureReason);
        Assert.Equal(new InterfaceReading(new IfIndex(7), null, reading.Load.FailureReason), Assert.Single(reading.Interfaces));
    }
}
