using Towpath.Testing;

namespace Towpath.Campus.Tests;

/// <summary>The walker itself, against the capture that the campus was modelled on.</summary>
public sealed class WalkerTests
{
    [Fact]
    public void The_walker_takes_the_captured_way_for_the_captured_pair()
    {
        var walker = new Walker(CampusFile.Json);
        Node from = walker.Plan.Nodes["laptop-1"];
        Golden.Match("campus/laptop-1-to-branch-pc-1.txt",
            PathText.Of(walker.One(from, new Header(from.Own.Address, Plan.Address("10.2.1.22").Address, 6, 52114, 445))) + "\n");
    }

    [Fact]
    public void Two_equal_cost_layers_make_four_ways_to_the_branch()
    {
        var walker = new Walker(CampusFile.Json);
        Assert.Equal(4, walker.All(walker.Plan.Nodes["laptop-1"], walker.Plan.Nodes["branch-pc-1"]).Count);
    }
}

/// <summary>The demo campus as it lies in the repository.</summary>
internal static class CampusFile
{
    public static string Json { get; } = File.ReadAllText(Path.Combine(Repository.Root, "src", "Simulator", "Campus", "campus.json"));
}
