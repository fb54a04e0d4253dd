namespace Towpath.Storage.Tests;

/// <summary>The stores and the group commit on PostgreSQL: a line each.</summary>
[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresGroupCommitTests(PostgresServer server) : GroupCommitTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresTaskWritesTests(PostgresServer server) : TaskWritesTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresTaskReadsTests(PostgresServer server) : TaskReadsTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresWebhookStoreTests(PostgresServer server) : WebhookStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresKeyTests(PostgresServer server) : KeyTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresInventoryStoreTests(PostgresServer server) : InventoryStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresHistoryStoreTests(PostgresServer server) : HistoryStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresScheduleStoreTests(PostgresServer server) : ScheduleStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresLoadStoreTests(PostgresServer server) : LoadStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresDiscoveryStoreTests(PostgresServer server) : DiscoveryStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresDiscoveryPartTests(PostgresServer server) : DiscoveryPartTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresFlowAnalysisStoreTests(PostgresServer server) : FlowAnalysisStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresAccountStoreTests(PostgresServer server) : AccountStoreTests(new PostgresEngine(server));

[Collection(PostgresTests.Name), Trait("Needs", "servers")]
public sealed class PostgresRetentionStoreTests(PostgresServer server) : RetentionStoreTests(new PostgresEngine(server));
