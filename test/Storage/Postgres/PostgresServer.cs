using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Towpath.Storage.Postgres;

namespace Towpath.Storage.Tests;

/// <summary>
/// A PostgreSQL of Debian's for one run of the tests, on a socket in a folder that nobody else can enter. It is started at the first test
/// and stopped, by the pid in its folder, after the last. Its tests run one after another.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The tables become as the migrations leave them. To make a database anew takes much longer.</summary>
    private const string Empty = """
        DO '
        DECLARE one RECORD;
        BEGIN
          FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = ''public'' AND tablename <> ''migration''
              AND NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = tablename::regclass AND attname = ''only_row'') LOOP
            EXECUTE format(''DELETE FROM %I'', one.tablename);
          END LOOP;
          PERFORM setval(format(''%I'', sequencename)::regclass, 1, false) FROM pg_sequences
            WHERE schemaname = ''public'' AND sequencename NOT LIKE ''migration%'';
          IF to_regclass(''collection_default'') IS NOT NULL THEN UPDATE collection_default SET interval_s = 86400; END IF;
        END'
        """;

    private readonly DirectoryInfo _folder;
    private readonly string _settings;
    private readonly Stack<PostgresAddress> _returned = [];
    private int _databases;

    /// <summary>For tests, which lose nothing with the machine.</summary>
    public PostgresServer()
        : this("-c fsync=off -c full_page_writes=off")
    {
    }

    /// <param name="settings">Further options of the server's command line.</param>
    /// <param name="disk">The folder that it is in; null: the one for temporary files.</param>
    internal PostgresServer(string settings, string? disk = null)
    {
        _settings = settings;
        _folder = disk is null ? Directory.CreateTempSubdirectory("towpath-test-postgres-") : Directory.CreateDirectory($"{disk}/postgres");
        try
        {
            // PostgreSQL refuses to run as root; its package brings a user.
            if (IsRoot) Run("chown", "postgres:", _folder.FullName);
            RunAsOwner("initdb", "--pgdata", Data, "--username=towpath", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                "--no-sync");
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>An empty database of this server that the test has to itself.</summary>
    public PostgresAddress NewDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{++_databases}");
        Execute("postgres", $"CREATE DATABASE {name} TEMPLATE template0");
        return PostgresAddress.Parse(Words(name), passwordFile: null);
    }

    /// <summary>One that was returned, with the product's tables and nothing in them; or an empty one.</summary>
    public PostgresAddress Borrow() => _returned.TryPop(out PostgresAddress? database) ? database : NewDatabase();

    /// <summary>Nobody is connected to it any more.</summary>
    public void Return(PostgresAddress database)
    {
        Execute(database.Name, Empty);
        _returned.Push(database);
    }

    /// <summary>The connection to a database of this server, as an operator writes it.</summary>
    public string Words(string database) => $"Host={_folder.FullName};Database={database};Username=towpath";

    /// <summary>Whoever is connected loses the connection.</summary>
    public void Drop(PostgresAddress database) =>
        Execute("postgres", $"DROP DATABASE {database.Name} WITH (FORCE)");

    /// <summary>As a database that restarts does to its clients.</summary>
    public void EndSessions(PostgresAddress database) => Execute("postgres",
        $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database.Name}'");

    /// <summary>Returns once a session of this database waits for a row that another one holds, or the other task has ended.</summary>
    public async Task WaitsAsync(PostgresAddress database, Task other)
    {
        await using NpgsqlConnection connection = Connection(database.Name);
        await connection.OpenAsync();
        await using var waiting = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)", connection);
        while (!other.IsCompleted && await waiting.ExecuteScalarAsync() is false)
        {
        }
    }

    /// <summary>As a power failure does it: each process ends at once, and the log is replayed at the start.</summary>
    public void Restart()
    {
        Stop();
        Start();
    }

    /// <summary>Starts it where it has ended by itself, which a disk can be the reason for.</summary>
    internal void GoOn()
    {
        if (Ids.Length == 0) Start();
    }

    /// <summary>Of its processes; empty when it has ended.</summary>
    internal int[] Ids
    {
        get
        {
            string file = Path.Combine(Data, "postmaster.pid");
            if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).First(), out int first)) return [];
            string children = $"/proc/{first}/task/{first}/children";
            if (!File.Exists(children)) return [];
            return [first, .. File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
    }

    public void Execute(string database, string sql)
    {
        using NpgsqlConnection connection = Connection(database);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        try
        {
            if (File.Exists(Path.Combine(Data, "postmaster.pid"))) Stop();
        }
        finally
        {
            _folder.Delete(recursive: true);
        }
    }

    private void Start() => RunAsOwner("pg_ctl", "start", "--wait", "--silent", "--pgdata", Data,
        "--log", Path.Combine(_folder.FullName, "log"),
        "--options", $"-k {_folder.FullName} -c listen_addresses='' -c max_connections=300 {_settings}");

    private void Stop() => RunAsOwner("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate", "--pgdata", Data);

    private NpgsqlConnection Connection(string database) => new(Words(database) + ";Pooling=false");

    private static void RunAsOwner(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs(), program);
        if (!IsRoot) Run(path, arguments);
        else Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments]);
    }

    /// <summary>Debian keeps them apart by version and puts none in the path.</summary>
    private static string Programs() =>
        Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .MaxBy(folder => int.Parse(new DirectoryInfo(folder).Parent!.Name, CultureInfo.InvariantCulture))
        ?? throw new InvalidOperationException("There is no PostgreSQL below /usr/lib/postgresql. Install the package postgresql.");

    /// <summary>Nothing is redirected: the server inherits its starter's files, and would keep a pipe open for ever.</summary>
    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
