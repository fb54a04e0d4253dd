using Npgsql;

namespace Towpath.Storage.Postgres;

/// <summary>
/// Where a database of PostgreSQL is and how it is reached: <c>Host=db1.example.net;Database=towpath;Username=towpath</c>, in the words of
/// Npgsql. A password stands in a file. The way is TLS with the server's certificate verified, or a socket of this machine
/// (<c>Host=/run/postgresql</c>). Prints as the place, without anything secret.
/// </summary>
public sealed class PostgresAddress
{
    /// <summary>Of the connections of one process; PostgreSQL allows 100 in all unless told otherwise.</summary>
    private const int MostConnections = 24;

    private const string Example = "Host=db1.example.net;Database=towpath;Username=towpath";

    /// <summary>A transaction whose process asks nothing more for so long is undone by the server.</summary>
    private const int MostIdleSeconds = 5;

    private readonly NpgsqlConnectionStringBuilder _words;

    private PostgresAddress(NpgsqlConnectionStringBuilder words) => _words = words;

    /// <summary>The database's name on its server.</summary>
    public string Name => _words.Database!;

    /// <summary>With the password: it is shown to nobody.</summary>
    internal string ConnectionString => _words.ConnectionString;

    private bool IsSocket => IsSocketPath(_words.Host!);

    /// <summary>Whether the text means a database of PostgreSQL and not a file.</summary>
    public static bool IsMeant(string text) => IsUrl(text) || text.Split(';').Any(NamesHost);

    /// <param name="passwordFile">
    /// Its first line is the password. Null: the file that <c>Passfile=</c> or PGPASSFILE names, or none.
    /// </param>
    /// <exception cref="FormatException">The message says what is wrong and what to write; it repeats no secret.</exception>
    public static PostgresAddress Parse(string text, string? passwordFile)
    {
        if (IsUrl(text)) throw new FormatException($"A URL is not understood. Write the connection as words, for instance {Example}.");
        NpgsqlConnectionStringBuilder words = Words(text);
        RefusePassword(words);
        if (string.IsNullOrEmpty(words.Host) || words.Host.Contains(',', StringComparison.Ordinal) || string.IsNullOrEmpty(words.Database))
            throw new FormatException($"The connection names one Host and one Database, for instance {Example}.");

        RequireVerifiedWay(words);
        if (passwordFile is not null) words.Password = ReadPassword(passwordFile);
        words.ApplicationName = "towpath";
        words.Pooling = true;
        words.MaxPoolSize = MostConnections;
        words.NoResetOnClose = true; // no reader changes its session
        words.MaxAutoPrepare = 100;
        words.AutoPrepareMinUsages = 2;
        words.Enlist = false;
        words.Timeout = 5;
        words.CommandTimeout = 15;
        words.TcpKeepAlive = true; // a session that only listens hears that its server is gone
        // A process that stands still gives its locks up: the scheduler's too, for which all others wait.
        words.Options = $"{words.Options} -c idle_in_transaction_session_timeout={MostIdleSeconds}s".TrimStart();
        return new PostgresAddress(words);
    }

    public override string ToString() => IsSocket
        ? $"{_words.Database} at {_words.Host}"
        : $"{_words.Database} on {_words.Host}:{_words.Port}";

    private static NpgsqlConnectionStringBuilder Words(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // Its message may repeat a value, and a value may be a password.
            throw new FormatException(
                $"The connection has a word that is not known, or a value that does not fit. Write it like {Example}.");
        }
    }

    private static void RefusePassword(NpgsqlConnectionStringBuilder words)
    {
        if (!string.IsNullOrEmpty(words.Password))
            throw new FormatException(
                "The connection holds a password, which every user of this machine could read in the list of processes. Put it in a file "
                    + "of mode 0600 and name that with --database-password-file, or use Passfile=.");
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PGPASSWORD")))
            throw new FormatException(
                "The variable PGPASSWORD is set, which other processes may inherit. Put the password in a file of mode 0600, name that "
                    + "with --database-password-file, and unset the variable.");
    }

    private static void RequireVerifiedWay(NpgsqlConnectionStringBuilder words)
    {
        if (IsSocketPath(words.Host!))
        {
            words.SslMode = SslMode.Disable; // the kernel says who is at the other end
            return;
        }
        if (words.SslMode == SslMode.Prefer) words.SslMode = SslMode.VerifyFull; // what it is when nothing is said
        if (words.SslMode != SslMode.VerifyFull)
            throw new FormatException(
                $"SSL Mode={words.SslMode} does not verify the server. Leave it out: TLS is used and the certificate verified, by the "
                    + "system's authorities or by those in the file of Root Certificate=.");
    }

    private static string ReadPassword(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
                throw new FormatException($"Others can read the password file {path}. Take that right away: chmod 600 {path}");
            string password = File.ReadLines(path).FirstOrDefault("");
            return password.Length > 0 ? password : throw new FormatException($"The first line of the password file {path} is empty.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"The password file {path} cannot be read: {problem.Message}");
        }
    }

    private static bool NamesHost(string word) => word.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase);

    private static bool IsSocketPath(string host) => host.StartsWith('/');

    private static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
}
