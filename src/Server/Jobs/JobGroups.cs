using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// The execution groups of the scheduler: how many of a kind one process runs at once, and which it leaves to others. What has no group
/// runs anywhere.
/// </summary>
internal static class JobGroups
{
    /// <summary>How many asked-for jobs run at once. They wait for devices and share the places there; more only take memory.</summary>
    public const int MostAsked = 256;

    /// <summary>
    /// Parts of searches that one process has at once. Most addresses are silent, and a part waits for them: so many parts of a large
    /// search are as many addresses as one discovery asks at once.
    /// </summary>
    public const int MostParts = 32;

    /// <summary>Shards of the schedule that one process has at once; more are left to others, or wait.</summary>
    public const int MostShards = 32;

    private const string
        Asked = "asked", Discoveries = "discoveries", Parts = "parts", Shards = "shards", Schedule = "schedule", Traces = "traces";

    /// <summary>All that may run at once, without the periodic ones.</summary>
    public static int Most => 2 * MostAsked + MostParts + MostShards;

    /// <summary>Of a job that is started once.</summary>
    public static string OfAsked(JobWork work) => Of(work) ?? Asked;

    /// <summary>Of one that runs again and again; null: none.</summary>
    public static string? OfPeriodic(JobWork work) => Of(work);

    public static void Apply(IQuartzBuilder quartz, NodeRoles roles)
    {
        quartz.UseExecutionLimits(limits =>
            limits.ForGroup(Asked, MostAsked).ForGroup(Discoveries, MostAsked).ForGroup(Parts, MostParts).ForGroup(Shards, MostShards));
        var refused = new List<string>();
        if (!roles.HasFlag(NodeRoles.Collect)) refused.AddRange([Discoveries, Parts, Shards, Schedule]);
        if (!roles.HasFlag(NodeRoles.Trace)) refused.Add(Traces);
        if (refused.Count > 0) quartz.RefuseExecutionGroups([.. refused]);
    }

    private static string? Of(JobWork work) => work switch
    {
        JobWork.Discovery => Discoveries,
        JobWork.DiscoveryPart => Parts,
        JobWork.Shard => Shards,
        JobWork.Schedule => Schedule,
        JobWork.Traces => Traces,
        _ => null,
    };
}
