using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// The scheduler's word on who lives. It gives up one that has missed its check-ins, and takes over that one's jobs by the same rule. A
/// scheduler that keeps its jobs in memory knows nobody but itself.
/// </summary>
internal sealed class ClusterOwners([FromKeyedServices(SerialJobServices.Scheduler)] ISchedulerFactory factory) : ILivingOwners
{
    public async Task<IReadOnlySet<string>> OthersAsync(CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        var others = new HashSet<string>();
        foreach (ClusterNode node in await scheduler.QueryClusterNodes(cancellationToken))
        {
            if (!node.IsCurrentNode && node.State != ClusterNodeState.Failed) others.Add(node.InstanceId);
        }
        return others;
    }
}
