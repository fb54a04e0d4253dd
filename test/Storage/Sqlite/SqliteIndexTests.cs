namespace Towpath.Storage.Tests;

/// <summary>What names one row of a table that grows with each request is found by an index.</summary>
public sealed class SqliteIndexTests : IDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("SELECT id FROM flow_analysis WHERE task_id = x'00' ORDER BY created_at DESC LIMIT 25", "flow_analysis_by_task")]
    [InlineData("SELECT COUNT(*) FROM flow_analysis WHERE task_id = x'00'", "flow_analysis_by_task")]
    [InlineData("SELECT id FROM task WHERE parent_id = x'00'", "task_child")]
    public void A_question_for_one_goes_by_an_index(string query, string index) =>
        Assert.Contains($"INDEX {index} ", _database.Plan(query), StringComparison.Ordinal);
}
