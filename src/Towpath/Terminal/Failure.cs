using Towpath.Client;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary>What scripts test for.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The task or the trace failed, or the controller refused.</summary>
    public const int Failed = 1;

    public const int Usage = 2;
    public const int NotReachable = 3;
    public const int NotAllowed = 4;

    /// <summary>As shells have it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}

/// <summary>The command line, a file or a port is not usable. The message is one line for the person who typed it.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Turns expected problems into one line on standard error and an exit code.</summary>
internal static class Failure
{
    public static bool IsExpected(Exception problem) => Code(problem) is not null;

    public static int Report(Exception problem)
    {
        if (problem is not OperationCanceledException) Console.Error.WriteLine($"towpath: {Screen.Plain(problem.Message)}");
        return Code(problem) ?? ExitCode.Failed;
    }

    private static int? Code(Exception problem) => problem switch
    {
        OperationCanceledException => ExitCode.Interrupted,
        NotReachableException => ExitCode.NotReachable,
        NotAllowedException or NotLoggedInException => ExitCode.NotAllowed,
        TowpathException => ExitCode.Failed,
        UsageException or ServerStartException or InvalidDataException => ExitCode.Usage,
        IOException or UnauthorizedAccessException => ExitCode.Usage,
        _ => null,
    };
}
