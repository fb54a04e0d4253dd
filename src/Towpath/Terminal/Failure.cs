using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
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

/// <summary>Turns problems into one line on standard error and an exit code.</summary>
internal static class Failure
{
    /// <summary>For whoever looks for a bug: nothing is caught.</summary>
    public static bool WantsTheStack => Environment.GetEnvironmentVariable("TOWPATH_DEBUG") is { Length: > 0 };

    public static int Report(Exception problem)
    {
        int? code = Code(problem);
        if (code is null)
            Console.Error.WriteLine(
                $"towpath: {problem.GetType().Name}: {Screen.Plain(problem.Message)} This is a bug; with TOWPATH_DEBUG=1 it says where.");
        else if (code != ExitCode.Interrupted) Console.Error.WriteLine($"towpath: {Screen.Plain(Words(problem))}{Advice(problem)}");
        return code ?? ExitCode.Failed;
    }

    /// <summary>What the API and the command line call the same thing.</summary>
    private static readonly (string Field, string Word)[] s_words =
    [
        ("sourceIP", "SRC"), ("destIP", "DST"), ("ipAddressList", "ADDRESSES"), ("ipFilterList", "--filter"), ("withinList", "--within"),
        ("addressBudget", "--budget"), ("cdpLevel", "--level"), ("lldpLevel", "--level"), ("globalCredentialIdList", "--credential"),
        ("snmpROCommunity", "--community"), ("snmpUserName", "--v3-user"), ("snmpMode", "--v3-level"),
        ("snmpAuthProtocol", "--v3-auth"), ("ranges:", "--range:"),
        ("q must", "TEXT must"), ("retry must", "--retries must"), ("timeout must", "--timeout must"),
        ("snmpPrivProtocol", "--v3-priv"), ("snmpPort", "--port"),
        ("GET /global-credential lists them", "'towpath credentials list' names them"),
    ];

    /// <summary>
    /// What the controller refuses, in its own words: which request that was is of no use to whoever typed a command. TOWPATH_DEBUG shows
    /// it.
    /// </summary>
    public static string Words(Exception problem)
    {
        if (problem is not ApiException refusal) return problem.Message;
        string[] said = Said(refusal);
        string reason = said.Length > 0 ? string.Join(' ', said)
            : "What answers there is no controller of this API. 'towpath profile list' says which address is asked.";
        return refusal.Status switch
        {
            _ when refusal is NotAllowedException && said.Length == 0 => problem.Message, // a login that was refused
            HttpStatusCode.Unauthorized => $"{reason} Log in again: 'towpath login URL'.",
            HttpStatusCode.NotFound when said.Length > 0 => $"{reason} It may have been deleted meanwhile.",
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => $"{reason} Try again {Later(refusal.RetryAfter)}.",
            _ => OnTheCommandLine(reason),
        };
    }

    /// <summary>Of several problems the message names the first one, and the detail all of them.</summary>
    private static string[] Said(ApiException refusal)
    {
        (string message, string detail) = (refusal.ErrorMessage ?? "", refusal.Detail ?? "");
        Match count = Regex.Match(message, @"^The request has \d+ problems: ");
        if (count.Success && detail.StartsWith(message[count.Length..], StringComparison.Ordinal)) message = count.Value.Trim();
        return [.. new[] { message, detail }.Where(text => text.Length > 0)];
    }

    private static string Later(TimeSpan? asked) => asked is { TotalSeconds: >= 1 and var seconds }
        ? string.Create(CultureInfo.InvariantCulture, $"in {seconds:0} s") : "in a moment";

    private static string? Advice(Exception problem) => problem is TaskFailedException { ErrorCode: "Discovery name is duplicate" }
        ? ". 'towpath discover start NAME' runs that one again; --name makes another one."
        : null;

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

    /// <summary>Only whole words: what a device or a person wrote stays as it is, unless it is such a name.</summary>
    /// <remarks>A command sends one thing, so which of a list it is says nothing.</remarks>
    private static string OnTheCommandLine(string reason) => s_words.Aggregate(
        Regex.Replace(reason, @"(?<!\S)\[0\]\.", ""), (text, one) =>
        Regex.Replace(text, $@"(?<![\w'-]){Regex.Escape(one.Field)}(?![\w'-])", one.Word));
}
