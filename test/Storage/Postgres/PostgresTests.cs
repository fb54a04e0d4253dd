namespace Towpath.Storage.Tests;

/// <summary>The tests that share the server; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
