using Towpath.Cluster;
using Xunit.Abstractions;

namespace Towpath.Commands.Tests;

/// <summary>
/// The short form of <c>eng/cluster.sh</c>: three servers in processes of their own; one is killed, one paused, one stopped, and their
/// database killed.
/// </summary>
[Trait("Needs", "servers")]
public sealed class ClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_accepted_is_lost_while_servers_are_killed_paused_and_stopped_and_their_database_is_killed()
    {
        await using Site site = await Site.StartAsync(nodes: 3, output.WriteLine);

        Report report = await Trial.RunAsync(site, losses: 4, seed: 1, output.WriteLine);

        Assert.True(report.IsClean, string.Join('\n', report.Lines));
        Assert.NotEqual(0, report.Adopted);
    }
}
