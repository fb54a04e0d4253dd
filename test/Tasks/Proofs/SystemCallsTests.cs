namespace Towpath.Tasks.Tests;

/// <summary>The checker itself, on traces written by hand.</summary>
public sealed class SystemCallsTests
{
    private const string Id = "01020304-0506-0708-090a-0b0c0d0e0f10";
    private const string Row = @"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10";
    private static readonly string s_request =
        $"7 recvfrom(9<TCP:[127.0.0.1:8080->127.0.0.1:4000]>, \"{Hex("POST /x HTTP/1.1")}\", 4096, 0, NULL, NULL) = 16";
    private static readonly string s_log = $"8 pwrite64(5</data/towpath.db-wal>, \"\\x00{Row}\\x00\", 18, 4152) = 18";
    private static readonly string s_answer = "7 sendmsg(9<TCP:[127.0.0.1:8080->127.0.0.1:4000]>, {msg_name=NULL, "
        + $"msg_iov=[{{iov_base=\"{Hex("HTTP/1.1 202 Accepted " + Id)}\", iov_len=58}}]}}, 0) = 58";
    private const string Flush = "8 fdatasync(5</data/towpath.db-wal>) = 0";

    [Fact]
    public void The_right_order_is_right() => Assert.Empty(Check(s_request, s_log, Flush, s_answer));

    [Fact]
    public void Calls_that_overlap_count_from_their_begin_to_their_return()
    {
        Assert.Empty(Check(s_request, s_log, "8 fdatasync(5</data/towpath.db-wal> <unfinished ...>", "9 read(3</etc/x>, \"\", 1) = 0",
            "8 <... fdatasync resumed>) = 0", s_answer));
        Assert.Single(Check(s_request, s_log, "8 fdatasync(5</data/towpath.db-wal> <unfinished ...>", s_answer,
            "8 <... fdatasync resumed>) = 0"));
    }

    [Fact]
    public void The_next_request_may_come_before_the_call_that_sent_the_last_answer_returns()
    {
        const string NextId = "11121314-1516-1718-191a-1b1c1d1e1f20";
        string nextLog = s_log.Replace(Row, string.Concat(Enumerable.Range(0x11, 16).Select(octet => $"\\x{octet:x2}")),
            StringComparison.Ordinal);
        string nextAnswer = s_answer.Replace(Hex(Id), Hex(NextId), StringComparison.Ordinal);
        string[] lines =
        [
            s_request, s_log, Flush, s_answer[..s_answer.LastIndexOf(',')] + " <unfinished ...>",
            s_request.Replace("7 recv", "6 recv", StringComparison.Ordinal), "7 <... sendmsg resumed>, 0) = 58",
            nextLog, Flush, nextAnswer,
        ];
        Assert.Empty(PromiseOrder.Violations(SystemCalls.Read(lines), [Id, NextId]));
    }

    [Fact]
    public void Every_other_order_is_noticed()
    {
        Assert.Contains("never flushed", Assert.Single(Check(s_request, s_log, s_answer)), StringComparison.Ordinal);
        Assert.Contains("never flushed", Assert.Single(Check(s_request, Flush, s_log, s_answer)), StringComparison.Ordinal);
        Assert.Contains("before the log was flushed", Assert.Single(Check(s_request, s_log, s_answer, Flush)), StringComparison.Ordinal);
        Assert.Contains("never flushed",
            Assert.Single(
                Check(s_request, s_log, Flush.Replace("= 0", "= -1 EIO (Input/output error)", StringComparison.Ordinal), s_answer)),
            StringComparison.Ordinal);
        Assert.Contains("never flushed",
            Assert.Single(Check(s_request, s_log, Flush.Replace("-wal", "", StringComparison.Ordinal), s_answer)),
            StringComparison.Ordinal);
        Assert.Contains("never written", Assert.Single(Check(s_request, Flush, s_answer)), StringComparison.Ordinal);
        Assert.Contains("answer was not seen", Assert.Single(Check(s_request, s_log, Flush)), StringComparison.Ordinal);
    }

    private static List<string> Check(params string[] lines) => PromiseOrder.Violations(SystemCalls.Read(lines), [Id]);

    private static string Hex(string text) => string.Concat(text.Select(character => $"\\x{(int)character:x2}"));
}
