using System.Net.Sockets;
using Npgsql;

namespace Towpath.Storage.Postgres;

/// <summary>What the codes of appendix A of PostgreSQL's manual mean to an operator.</summary>
internal static class PostgresErrors
{
    /// <summary>The fault of the database as such, in words; null when the exception is about something else.</summary>
    public static string? Unavailable(Exception exception) => exception switch
    {
        PostgresException refused => Unavailable(refused),
        NpgsqlException { InnerException: TimeoutException } =>
            "it does not answer in time. Check its load, its log and the network to it.",
        NpgsqlException lost => $"there is no connection to it ({Reason(lost)}). Check that it runs, and the network to it.",
        SocketException or IOException or TimeoutException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };

    /// <summary>A UNIQUE, CHECK, NOT NULL or FOREIGN KEY constraint refused it.</summary>
    public static bool IsConflict(Exception exception) => exception is PostgresException { SqlState: ['2', '3', ..] };

    /// <summary>A deadlock, a failed serialization, or a lock that another session has held for long.</summary>
    public static bool IsRivalry(Exception exception) => exception is PostgresException { SqlState: "40P01" or "40001" or "55P03" };

    /// <summary>The session was lost, as in a restart of the database; what changes nothing may be tried on another one.</summary>
    public static bool IsLost(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState is "57P01" or "57P02" or "25P03",
        NpgsqlException { InnerException: IOException or SocketException } => true,
        _ => false,
    };

    private static string? Unavailable(PostgresException refused) => refused.SqlState switch
    {
        "53100" => "its disk is full. Free some space there; writing goes on by itself then.",
        "53300" => "it has no connection left. Raise its max_connections, or run fewer nodes.",
        "25006" => "it is read-only, as a standby is. Name the primary with --database.",
        "25P03" => "it has ended a transaction of this process, which stood still for too long.",
        "40P01" or "40001" or "55P03" => "other processes hold on to the same rows. Try again.",
        "42501" => $"this user lacks a right ({refused.MessageText}). Make the user the owner of the database.",
        "3D000" => $"{refused.MessageText}. Create it with: createdb --encoding=UTF8 --template=template0 NAME",
        "57014" => "it takes too long.",
        "57P01" or "57P02" or "57P03" => $"it stops or starts just now ({refused.MessageText}).",
        ['X', 'X', ..] => $"it is damaged ({refused.MessageText}). Restore a copy.",
        ['5', '3', ..] or ['5', '8', ..] or ['0', '8', ..] or ['2', '8', ..] => refused.MessageText + ".",
        _ => null,
    };

    private static string Reason(NpgsqlException lost) => lost.InnerException?.Message ?? lost.Message;
}
