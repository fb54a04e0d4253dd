using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>Tests of a store, on whatever engine: each has a database of its own.</summary>
public abstract class StoreTests(IEngine engine) : IDisposable
{
    protected Database Database { get; } = engine.NewDatabase();

    /// <summary>As a list: xunit compares an ImmutableArray by the array behind it.</summary>
    protected async Task<IEnumerable<bool>> CommitAsync(params Write[] writes) => (await Database.CommitAsync(writes)).ToArray();

    public void Dispose()
    {
        Database.Dispose();
        GC.SuppressFinalize(this);
    }
}
