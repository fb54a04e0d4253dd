using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// <c>/network-device/collection-schedule/global</c> and <c>/network-device/{id}/collection-schedule</c>: how often devices are read again
/// on their own, in seconds; 0 is off. PUT and DELETE are Towpath's own.
/// </summary>
internal static class CollectionScheduleEndpoints
{
    public static void MapCollectionSchedules(this IEndpointRouteBuilder devices)
    {
        devices.MapGet("/collection-schedule/global", GlobalAsync)
            .Gives<int>("Every how many seconds devices are read again.");
        devices.MapPut("/collection-schedule/global", SetGlobalAsync)
            .Takes<CollectionScheduleInput>().Starts("Sets how often devices are read again.");
        devices.MapDelete("/collection-schedule/global", ResetGlobalAsync)
            .Starts("Goes back to the usual interval.");
        devices.MapGet("/{id}/collection-schedule", FindAsync)
            .Gives<int>("Every how many seconds this device is read again.");
        devices.MapPut("/{id}/collection-schedule", SetAsync)
            .Takes<CollectionScheduleInput>().Starts("Sets how often this device is read again.");
        devices.MapDelete("/{id}/collection-schedule", ResetAsync)
            .Starts("Reads this device as often as the others.");
    }

    private static async Task<IResult> GlobalAsync(CollectionSchedule schedule, CancellationToken cancellationToken) =>
        Answers.Ok((int)(await schedule.IntervalAsync(cancellationToken)).TotalSeconds);

    private static Task<IResult> SetGlobalAsync(HttpContext context, CollectionSchedule schedule, CancellationToken cancellationToken) =>
        ReplaceAsync(context, null, schedule, cancellationToken);

    private static Task<IResult> ResetGlobalAsync(HttpContext context, CollectionSchedule schedule, CancellationToken cancellationToken) =>
        ForgetAsync(context, null, schedule, cancellationToken);

    private static async Task<IResult> FindAsync(
        string id, Devices devices, CollectionSchedule schedule, CancellationToken cancellationToken) =>
        Answers.Ok((int)(await schedule.IntervalOfAsync(Require(id, devices), cancellationToken)).TotalSeconds);

    private static Task<IResult> SetAsync(
        HttpContext context, string id, Devices devices, CollectionSchedule schedule, CancellationToken cancellationToken) =>
        ReplaceAsync(context, Require(id, devices), schedule, cancellationToken);

    private static Task<IResult> ResetAsync(
        HttpContext context, string id, Devices devices, CollectionSchedule schedule, CancellationToken cancellationToken) =>
        ForgetAsync(context, Require(id, devices), schedule, cancellationToken);

    private static async Task<IResult> ReplaceAsync(
        HttpContext context, DeviceId? device, CollectionSchedule schedule, CancellationToken cancellationToken)
    {
        const string name = "intervalSeconds";
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        int least = (int)Intervals.Least.TotalSeconds, most = (int)Intervals.Most.TotalSeconds;
        int? seconds = body.Number(name, 0, most);
        if (!body.IsGiven(name)) body.Refuse($"{name} is required: {least} to {most}, or 0 for off.");
        if (seconds > 0 && seconds < least) body.Refuse($"{name} must be 0 or at least {least}, not {seconds}.");
        var warnings = body.Validate();
        return Answers.Accepted(context, await schedule.SetAsync(
            Caller.Of(context).Name, device, TimeSpan.FromSeconds(seconds ?? 0), cancellationToken), warnings);
    }

    private static async Task<IResult> ForgetAsync(
        HttpContext context, DeviceId? device, CollectionSchedule schedule, CancellationToken cancellationToken) =>
        Answers.Accepted(context, await schedule.SetAsync(Caller.Of(context).Name, device, null, cancellationToken));

    /// <summary>An access point is read with its controller.</summary>
    private static DeviceId Require(string id, Devices devices) =>
        devices.View.Find(new DeviceId(Ids.Parse(id, "device")))?.Source.Id ?? throw ApiException.NotInNetwork("device", id);
}
