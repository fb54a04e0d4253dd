using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Whether the jobs of this process run: without them it collects and repeats nothing, though it serves.</summary>
internal sealed class SchedulerCheck([FromKeyedServices(SerialJobServices.Scheduler)] ISchedulerFactory factory, IChanges changes)
{
    /// <summary>The roles whose work is jobs.</summary>
    public const NodeRoles Needing = NodeRoles.Collect | NodeRoles.Trace;

    /// <returns>Why not, in words; null when all is well.</returns>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (!changes.AreOthers) return null; // alone it has no other to leave them to, and begins them behind its first requests
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        return scheduler.Status == SchedulerStatus.Running ? null
            : "The scheduler of the jobs does not run. See the log, and start this server again.";
    }
}
