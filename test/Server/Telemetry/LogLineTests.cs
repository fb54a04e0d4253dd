using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Server.Tests;

/// <summary>What devices and clients say cannot forge a line of the log.</summary>
public sealed class LogLineTests
{
    private readonly LogLine _line = new(new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    [Fact]
    public void An_event_is_one_line_with_time_level_part_and_message() =>
        Assert.Equal("2026-01-02T03:04:05.000Z warning Towpath.Snmp: core-1 is silent\n", Write("core-1 is silent"));

    [Theory]
    [InlineData("core\r\n2026-01-02T03:04:05.000Z critical Towpath: all is lost")]
    [InlineData("\e[2J\e[1;1Hcleared")]
    [InlineData("bell\a back\b null\0 tab\t")]
    [InlineData("\u0085next line\u2028separator\u2029paragraph\u009b31m")]
    [InlineData("\u202egnp.exe\u2066\u200f\ufeff")]
    public void A_hostile_name_stays_on_its_line_and_steers_nothing(string name)
    {
        string written = Write(name);
        Assert.Equal('\n', written[^1]);
        Assert.DoesNotContain(written[..^1], letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'
            || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format);
    }

    [Fact]
    public void An_exception_with_its_stack_is_on_the_same_line()
    {
        string written = Write("it failed", new InvalidOperationException("first\nsecond", new IOException("inner\r\nmore")));
        Assert.Equal(1, written.Count(letter => letter == '\n'));
        Assert.Contains("it failed | System.InvalidOperationException: first second", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_the_world_outside_is_told_without_the_program_s_stack()
    {
        Exception refused = Thrown(() => throw new TimeoutException("no answer"));
        Exception postponed = Thrown(() => throw new InvalidOperationException($"No connection: {refused}", refused));

        Assert.Equal("2026-01-02T03:04:05.000Z warning Towpath.Snmp: it failed | System.InvalidOperationException: No connection: "
            + "System.TimeoutException: no answer ---> System.TimeoutException: no answer\n", Write("it failed", postponed));
        Assert.DoesNotContain("   at ", Write($"it failed: {postponed.Message}", postponed), StringComparison.Ordinal);
        Assert.DoesNotContain(" | ", Write($"it failed: {postponed.Message}", postponed), StringComparison.Ordinal);
        Assert.Contains("   at ", Write("a fault", Thrown(() => throw new InvalidOperationException())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_looks_like_a_stack_hides_nothing_of_its_line() =>
        Assert.Contains("refused by core-2", Write("'x\n   at y' was refused by core-2"), StringComparison.Ordinal);

    [Fact]
    public void A_flood_in_one_message_is_cut()
    {
        string written = Write(new string('x', 1_000_000));
        Assert.InRange(written.Length, 4000, 4200);
        Assert.EndsWith(" ...\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_other_scripts_are_left_alone() =>
        Assert.Contains("Zürich-核心-1", Write("Zürich-核心-1"), StringComparison.Ordinal);

    private static Exception Thrown(Action action) => Record.Exception(action)!;

    private string Write(string message, Exception? problem = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        _line.Write(new LogEntry<string>(LogLevel.Warning, "Towpath.Snmp", default, message, problem, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
