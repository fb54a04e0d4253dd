namespace Towpath.Tasks.Tests;

/// <summary>
/// The order that makes a 202 a promise: the request read, the task in the log, the log flushed, then the answer's first octet.
/// </summary>
internal static class PromiseOrder
{
    /// <returns>What is wrong, for each task in the order of the requests; empty when all is right.</returns>
    public static List<string> Violations(List<SystemCall> calls, IReadOnlyList<string> taskIds)
    {
        var violations = new List<string>();
        int after = 0;
        foreach (string id in taskIds)
        {
            string octets = string.Concat(Guid.Parse(id).ToByteArray(bigEndian: true).Select(octet => (char)octet)); // as the row holds it
            SystemCall? answer = calls.Find(call => call.Name is "sendto" or "sendmsg" or "write"
                && call.Octets.StartsWith("HTTP/1.1 202", StringComparison.Ordinal) && call.Octets.Contains(id, StringComparison.Ordinal));
            SystemCall? request = calls.FindLast(call => call.Name is "recvfrom" or "recvmsg" or "read" && call.End > after
                && call.End < (answer?.Start ?? 0) && call.Octets.StartsWith("POST ", StringComparison.Ordinal));
            SystemCall? log = calls.Find(call => call.Name == "pwrite64" && call.File.EndsWith("-wal", StringComparison.Ordinal)
                && call.Start > (request?.End ?? int.MaxValue) && call.Octets.Contains(octets, StringComparison.Ordinal));
            SystemCall? flush = calls.Find(call => call.Name is "fdatasync" or "fsync" && call.File == log?.File && call.Result == 0
                && call.Start > log.End);
            string? wrong = (request, log, flush, answer) switch
            {
                (_, _, _, null) => "its answer was not seen",
                (null, _, _, _) => "its request was not seen",
                (_, null, _, _) => "it was never written to the log",
                (_, _, null, _) => "the log was never flushed after it",
                _ when flush.End > answer.Start => "its answer left before the log was flushed",
                _ => null,
            };
            if (wrong is not null) violations.Add($"{id}: {wrong}");
            after = answer?.Start ?? after; // the client may be faster than the return of the call that answered it
        }
        return violations;
    }
}
