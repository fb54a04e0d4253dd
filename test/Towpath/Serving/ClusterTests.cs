using Towpath.Cluster;
using Xunit.Abstractions;

namespace Towpath.Commands.Tests;

/// <summary>
/// The short form of <c>eng/cluster.sh</c>: three servers in processes of their own; one is killed, one paused, one stopped, and their
/// database killed, its disk filled, and its flushes fail.
/// </summary>
[Trait("Needs", "servers")]
public sealed class ClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_accepted_is_lost_while_servers_are_killed_paused_and_stopped_and_their_database_and_its_disk_fail()
    {
        await using Site site = await Site.StartAsync(nodes: 3, output.WriteLine, diskMebibytes: 1024);

        Report report = await Trial.RunAsync(site, losses: 6, seed: 1, output.WriteLine);

        Assert.True(report.IsClean, string.Join('\n', report.Lines));
        Assert.NotEqual(0, report.Adopted);
    }
}
