using System.Runtime;

namespace Towpath.Server.Tests;

/// <summary>Alone: the mode is the process's, and every server that starts has its turn.</summary>
[CollectionDefinition(nameof(LoadingMemoryTests), DisableParallelization = true)]
[Collection(nameof(LoadingMemoryTests))]
public sealed class LoadingMemoryTests
{
    [Fact]
    public void The_usual_mode_comes_back_with_the_last_of_several()
    {
        GCLatencyMode usual = GCSettings.LatencyMode;
        var first = new LoadingMemory();
        var second = new LoadingMemory();
        Assert.Equal(GCLatencyMode.Batch, GCSettings.LatencyMode);
        first.Dispose();
        first.Dispose();
        Assert.Equal(GCLatencyMode.Batch, GCSettings.LatencyMode);
        second.Dispose();
        Assert.Equal(usual, GCSettings.LatencyMode);
    }
}
