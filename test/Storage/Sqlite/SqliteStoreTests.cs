namespace Towpath.Storage.Tests;

/// <summary>The stores and the group commit on SQLite: a line each.</summary>
public sealed class SqliteGroupCommitTests() : GroupCommitTests(new SqliteEngine());

public sealed class SqliteTaskWritesTests() : TaskWritesTests(new SqliteEngine());

public sealed class SqliteTaskReadsTests() : TaskReadsTests(new SqliteEngine());

public sealed class SqliteWebhookStoreTests() : WebhookStoreTests(new SqliteEngine());

public sealed class SqliteKeyTests() : KeyTests(new SqliteEngine());

public sealed class SqliteInventoryStoreTests() : InventoryStoreTests(new SqliteEngine());

public sealed class SqliteHistoryStoreTests() : HistoryStoreTests(new SqliteEngine());

public sealed class SqliteScheduleStoreTests() : ScheduleStoreTests(new SqliteEngine());

public sealed class SqliteLoadStoreTests() : LoadStoreTests(new SqliteEngine());

public sealed class SqliteDiscoveryStoreTests() : DiscoveryStoreTests(new SqliteEngine());

public sealed class SqliteDiscoveryPartTests() : DiscoveryPartTests(new SqliteEngine());

public sealed class SqliteFlowAnalysisStoreTests() : FlowAnalysisStoreTests(new SqliteEngine());

public sealed class SqliteAccountStoreTests() : AccountStoreTests(new SqliteEngine());

public sealed class SqliteRetentionStoreTests() : RetentionStoreTests(new SqliteEngine());
