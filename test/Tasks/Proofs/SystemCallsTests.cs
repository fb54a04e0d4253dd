namespace Towpath.Tasks.Tests;

/// <summary>The checker itself, on traces written by hand.</summary>
public sealed class SystemCallsTests
{
    private const string Id = "01020304-0506-0708-090a-0b0c0d0e0f10";
    private const string Row = @"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10";
    private static readonly string _request = $"7 recvfrom(9<TCP:[127.0.0.1:8080->127.0.0.1:4000]>, \"{Hex("POST /x HTTP/1.1")}\", 4096, 0, NULL, NULL) = 16";
    private static readonly string _log = $"8 pwrite64(5</data/towpath.db-wal>, \"\\x00{Row}\\x00\", 18, 4152) = 18";
    private static readonly string _answer = $"7 sendmsg(9<TCP:[127.0.0.1:8080->127.0.0.1:4000]>, {{msg_name=NULL, msg_iov=[{{iov_base=\"{Hex("HTTP/1.1 202 Accepted " + Id)}\", iov_len=58}}]}}, 0) = 58";
    private const string Flush = "8 fdatasync(5</data/towpath.db-wal>) = 0";

    [Fact]
    public void The_right_order_is_right() => Assert.Empty(Check(_request, _log, Flush, _answer));

    [Fact]
    public void Calls_that_overlap_count_from_their_begin_to_their_return()
    {
        Assert.Empty(Check(_request, _log, "8 fdatasync(5</data/towpath.db-wal> <unfinished ...>", "9 read(3</etc/x>, \"\", 1) = 0", "8 <... fdatasync resumed>) = 0", _answer));
        Assert.Single(Check(_request, _log, "8 fdatasync(5</data/towpath.db-wal> <unfinished ...>", _answer, "8 <... fdatasync resumed>) = 0"));
    }

    [Fact]
    public void Every_other_order_is_noticed()
    {
        Assert.Contains("never flushed", Assert.Single(Check(_request, _log, _answer)), StringComparison.Ordinal);
        Assert.Contains("never flushed", Assert.Single(Check(_request, Flush, _log, _answer)), StringComparison.Ordinal);
        Assert.Contains("before the log was flushed", Assert.Single(Check(_request, _log, _answer, Flush)), StringComparison.Ordinal);
        Assert.Contains("never flushed", Assert.Single(Check(_request, _log, Flush.Replace("= 0", "= -1 EIO (Input/output error)", StringComparison.Ordinal), _answer)), StringComparison.Ordinal);
        Assert.Contains("never flushed", Assert.Single(Check(_request, _log, Flush.Replace("-wal", "", StringComparison.Ordinal), _answer)), StringComparison.Ordinal);
        Assert.Contains("never written", Assert.Single(Check(_request, Flush, _answer)), StringComparison.Ordinal);
        Assert.Contains("answer was not seen", Assert.Single(Check(_request, _log, Flush)), StringComparison.Ordinal);
    }

    private static List<string> Check(params string[] lines) => PromiseOrder.Violations(SystemCalls.Read(lines), [Id]);

    private static string Hex(string text) => string.Concat(text.Select(character => $"\\x{(int)character:x2}"));
}
