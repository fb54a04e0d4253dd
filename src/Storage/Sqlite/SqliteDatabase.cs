using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>The database file: opens it, brings its schema up to date, and reads.</summary>
internal sealed class SqliteDatabase : ISqlDatabase, IStorageEngine, IDisposable
{
    /// <summary>
    /// SQLite sorts in memory. It would else sort in a folder that a variable of the surroundings names, perhaps open to others, full or
    /// absent.
    /// </summary>
    private const string InMemory = "temp_store = MEMORY";

    /// <summary>
    /// For every connection: the last one to be closed cuts the log that stays (see <see cref="SqliteSession.KeepLog"/>) to nothing.
    /// </summary>
    private const string LogLimit = "journal_size_limit = 67108864";

    /// <summary>Of SQLite's machine: some tenth of a millisecond. What finds a row by its key is done long before.</summary>
    private const int StepsAtOnce = 20_000;

    private readonly string _path;
    private readonly ImmutableArray<IArea> _areas;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly AcknowledgedCommits? _acknowledged;
    private readonly Action _giveWay;
    private volatile bool _disposed;

    /// <param name="giveWay">Called now and then while a reading takes long; null: another thread may have the processor then.</param>
    /// <exception cref="StorageUnavailableException">The file cannot be opened, or a newer version of the program wrote it.</exception>
    public SqliteDatabase(string path, IEnumerable<IArea> areas, Action? giveWay = null)
    {
        (_path, _areas) = (Path.GetFullPath(path), [.. areas, new CommitTables()]);
        _giveWay = giveWay ?? (() => Thread.Yield());
        try
        {
            CreateForOwnerOnly();
            using SqliteSession session = OpenForWriting();
            SqliteSchema.BringUpToDate(session, _path, _areas);
            _acknowledged = new AcknowledgedCommits(_path);
            _acknowledged.RequireAll(_path, session.First("SELECT number FROM commit_number", row => row.Number(0)));
        }
        catch (Exception exception) when (SqliteErrors.IsFull(exception))
        {
            // A file that this version has had open is opened without any room: see SqliteSession.KeepLog and SqliteSchema.
            throw new StorageUnavailableException(
                $"The database {_path} cannot be opened: the disk is full, and one that is new, or that an earlier "
                    + "version wrote, needs room. Free some space and start again.", exception);
        }
        catch (Exception exception) when (SqliteErrors.Unavailable(exception) is { } reason)
        {
            throw new StorageUnavailableException($"The database {_path} cannot be opened: {reason}", exception);
        }
    }

    /// <summary>
    /// Reads with a connection that sees everything committed. Other readers have others; what is read holds its own no longer than it
    /// takes.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The disk fails, or what is stored is damaged.</exception>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            SqliteSession session = _idle.TryTake(out SqliteSession? idle) ? idle : OpenForReading();
            try
            {
                return read(session);
            }
            finally
            {
                if (_disposed) session.Dispose();
                else _idle.Add(session);
            }
        }
        catch (Exception problem) when ((SqliteErrors.Unavailable(problem) ?? StoredRows.Unreadable(problem)) is { } reason)
        {
            throw new StorageUnavailableException($"The database {_path} cannot be read: {reason}", problem);
        }
    }

    /// <summary>Answered from memory or the page cache in microseconds, so it does not leave the calling thread.</summary>
    public ValueTask<ImmutableArray<T>> ListAsync<T>(
        string sql, Func<Row, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read(session => session.List(sql, read, parameters)));

    /// <summary>Does not leave the calling thread, either.</summary>
    public ValueTask EachAsync(
        string sql, Action<Row> show, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        Read(session =>
        {
            session.Each(sql, show, parameters);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="ListAsync"/>
    public ValueTask<T?> FirstAsync<T>(
        string sql, Func<Row, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read(session => session.First(sql, read, parameters)));

    /// <summary>For the one writer. SQLite allows one at a time; two of them in this process would only wait for each other.</summary>
    public SqliteSession OpenForWriting() => Open(
        // FULL: a commit is on the disk when it returns. It is the connection's, and nothing of the surroundings has a say in it.
        "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 10000", InMemory,
        // A checkpoint stops the writer, so it comes less often than SQLite's default (1000 pages); the log stays below 64 MiB.
        "wal_autocheckpoint = 4000", LogLimit);

    /// <summary>The tables of the areas, by name.</summary>
    public ImmutableArray<string> Tables() => Read(session => session.List(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name", row => row.Text(0)));

    /// <summary>Reads all pages of a table and its indexes from the file, with a connection that has kept none of them.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    /// <exception cref="StorageUnavailableException">The file cannot be read for now.</exception>
    public string? DamageOf(string table)
    {
        try
        {
            using SqliteSession session = Open("query_only = ON", InMemory, LogLimit);
            string found = session.First($"PRAGMA quick_check({table})", row => row.Text(0)) ?? "no answer";
            return found == "ok" ? null : found.ReplaceLineEndings(" ");
        }
        catch (SqliteException damaged) when (SqliteErrors.IsDamaged(damaged))
        {
            return damaged.Message;
        }
        catch (Exception problem) when (SqliteErrors.Unavailable(problem) is { } reason)
        {
            throw new StorageUnavailableException($"The database {_path} cannot be read: {reason}", problem);
        }
    }

    IWriteSession IStorageEngine.OpenForWriting() => new SqliteWriteSession(OpenForWriting(), _areas, _acknowledged!);

    string? IStorageEngine.Unavailable(Exception exception) => SqliteErrors.Unavailable(exception);

    bool IStorageEngine.IsConflict(Exception exception) => SqliteErrors.IsConflict(exception);

    /// <summary>Whoever writes has the whole file.</summary>
    bool IStorageEngine.IsRivalry(Exception exception) => false;

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out SqliteSession? session)) session.Dispose();
        _acknowledged?.Dispose();
    }

    private SqliteSession OpenForReading()
    {
        SqliteSession session = Open("query_only = ON", InMemory, LogLimit);
        session.GiveWay(StepsAtOnce, _giveWay);
        return session;
    }

    private SqliteSession Open(params ReadOnlySpan<string> pragmas)
    {
        var session = new SqliteSession(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = false, // its statements would be lost with every return
            DefaultTimeout = 10,
        }.ToString());
        try
        {
            session.Open();
            session.KeepLog();
            using SqliteCommand command = session.CreateCommand();
            foreach (string pragma in pragmas)
            {
#pragma warning disable CA2100 // our own constants
                command.CommandText = $"PRAGMA {pragma}";
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Credentials and tokens lie in it; its log inherits the mode.</summary>
    private void CreateForOwnerOnly()
    {
        if (File.Exists(_path)) return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(_path, options).Dispose();
    }
}
