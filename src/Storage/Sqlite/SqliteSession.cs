using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>One connection and the statements prepared on it, each compiled once. Used by one thread at a time.</summary>
internal sealed class SqliteSession(string connectionString) : SqliteConnection(connectionString), ISqlSession
{
    /// <summary>
    /// Filters and orders make tens of thousands of texts of one list, and whoever asks chooses among them; a busy server uses some dozens.
    /// </summary>
    private const int MostQueries = 100;

    /// <summary>To read them takes a tenth of a millisecond, most of it outside SQLite's machine.</summary>
    public const int RowsAtOnce = 64;

    private const int PersistWal = 10; // SQLITE_FCNTL_PERSIST_WAL

    /// <summary>Nobody asks SQLite how much memory it has, and to count it takes a lock at every allocation of the process.</summary>
    static SqliteSession()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private readonly Dictionary<string, SqliteStatement> _changes = new(SqlTexts.Instance);
    private readonly Dictionary<string, PreparedQuery> _queries = [];
    private Action? _giveWay;
    private long _uses;

    /// <summary>The order of the tasks that this session accepts.</summary>
    public AcceptanceOrder Acceptance { get; } = new();

    /// <summary>For tests.</summary>
    public int Queries => _queries.Count;

    /// <summary>
    /// The log and its index stay when the last connection is closed. To make them takes room, and without them nothing can be read: a
    /// server that was stopped could not start on a full disk.
    /// </summary>
    /// <exception cref="SqliteException">It is not open.</exception>
    public void KeepLog()
    {
        int keep = 1;
        SqliteException.ThrowExceptionForRC(sqlite3_file_control(Handle!, IntPtr.Zero, PersistWal, ref keep), Handle);
    }

    /// <summary>What takes a processor for long hands it on now and then, so that whoever has little to do need not wait.</summary>
    /// <param name="steps">After so many steps of SQLite's machine, and of <see cref="RowsAtOnce"/> rows of a list.</param>
    /// <param name="giveWay">Lets others run.</param>
    /// <exception cref="SqliteException">It is not open.</exception>
    public void GiveWay(int steps, Action giveWay)
    {
        _giveWay = giveWay;
        raw.sqlite3_progress_handler(Handle!, steps, _ => GoOn(giveWay), null);

        static int GoOn(Action giveWay)
        {
            giveWay();
            return 0;
        }
    }

    /// <summary>The one writer has the whole file.</summary>
    public void Lock(string table, object id)
    {
    }

    /// <summary>There is nobody else.</summary>
    public void Tell(Change change)
    {
    }

    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Change(sql).Run(parameters);

    /// <summary>Executes a change that gives one row with one number.</summary>
    public long RunForNumber(string sql) => Change(sql).RunForNumber();

    public Guid? RunForId(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Change(sql).RunForId(parameters);

    public ImmutableArray<T> List<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var found = ImmutableArray.CreateBuilder<T>();
        Each(sql, row =>
        {
            found.Add(read(row));
            if (found.Count % RowsAtOnce == 0) _giveWay?.Invoke();
        }, parameters);
        return found.ToImmutable();
    }

    /// <summary>Reads all rows, one after the other.</summary>
    /// <param name="show">Is given the same object each time. Must give way by itself.</param>
    public void Each(string sql, Action<Row> show, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteDataReader reader = Query(sql, parameters);
        var row = new SqliteRow(reader);
        while (reader.Read()) show(row);
    }

    public T? First<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteDataReader reader = Query(sql, parameters);
        return reader.Read() ? read(new SqliteRow(reader)) : default;
    }

    public SqliteCommand Query(string sql, out bool isNew)
    {
        isNew = !_queries.TryGetValue(sql, out PreparedQuery? query);
        if (query is null)
        {
            if (_queries.Count >= MostQueries) ForgetOldest();
            query = new PreparedQuery(CreateCommand());
#pragma warning disable CA2100 // constant texts; values are parameters
            query.Command.CommandText = SqliteWords.Of(sql);
#pragma warning restore CA2100
            _queries.Add(sql, query);
        }
        query.LastUse = ++_uses;
        return query.Command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (SqliteStatement statement in _changes.Values) statement.Dispose();
            foreach (PreparedQuery query in _queries.Values) query.Command.Dispose();
            _changes.Clear();
            _queries.Clear();
        }
        base.Dispose(disposing);
    }

    private SqliteStatement Change(string sql)
    {
        if (!_changes.TryGetValue(sql, out SqliteStatement? statement))
            _changes.Add(sql, statement = new SqliteStatement(this, SqliteWords.Of(sql)));
        return statement;
    }

    private SqliteDataReader Query(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = Query(sql, out bool isNew);
        for (int i = 0; i < parameters.Length; i++)
        {
            object value = SqliteValue.Of(parameters[i].Value) ?? DBNull.Value;
            if (isNew) command.Parameters.AddWithValue("$" + parameters[i].Name, value);
            else command.Parameters[i].Value = value;
        }
        return command.ExecuteReader();
    }

    private void ForgetOldest()
    {
        (string sql, PreparedQuery oldest) = _queries.MinBy(query => query.Value.LastUse);
        _queries.Remove(sql);
        oldest.Command.Dispose();
    }

    [DllImport("e_sqlite3", ExactSpelling = true)]
    private static extern int sqlite3_file_control(sqlite3 database, IntPtr main, int operation, ref int value);

    private sealed class PreparedQuery(SqliteCommand command)
    {
        public SqliteCommand Command => command;

        public long LastUse { get; set; }
    }

    /// <summary>
    /// Their lengths tell nearly all of them apart, and the same one is the same object: to hash every letter for each write showed.
    /// </summary>
    private sealed class SqlTexts : IEqualityComparer<string>
    {
        public static SqlTexts Instance { get; } = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string sql) => sql.Length;
    }
}
