namespace Towpath.Commands.Tests;

/// <summary>Tables in terminals of different widths.</summary>
public sealed class TableLayoutTests
{
    private static readonly Heading[] s_headings = [new("NAME", 0), new("ADDRESS", 0), new("WHY", 0), new("SERIAL", 2)];

    private static readonly string[][] s_rows =
    [
        ["core-1", "192.0.2.1", "No SNMP answer in 3 attempts of 2 s", "FOC2048X0AB"],
        ["access-12", "192.0.2.112", "-", "-"],
    ];

    [Fact]
    public void Through_a_pipe_each_row_is_one_line() => Assert.Equal(
        """
        NAME       ADDRESS      WHY                                  SERIAL
        core-1     192.0.2.1    No SNMP answer in 3 attempts of 2 s  FOC2048X0AB
        access-12  192.0.2.112  -                                    -
        """, Text(null));

    [Fact]
    public void A_cell_that_is_too_long_is_wrapped_between_words() => Assert.Equal(
        """
        NAME       ADDRESS      WHY               SERIAL
        core-1     192.0.2.1    No SNMP answer    FOC2048X0AB
                                in 3 attempts of
                                2 s
        access-12  192.0.2.112  -                 -
        """, Text(53));

    [Fact]
    public void Where_words_do_not_fit_the_column_of_the_highest_rank_is_left_out_and_named()
    {
        Assert.Equal(
            """
            NAME       ADDRESS      WHY
            core-1     192.0.2.1    No SNMP answer
                                    in 3 attempts
                                    of 2 s
            access-12  192.0.2.112  -
            """, Text(38));
        Assert.Equal(["SERIAL"], TableLayout.Of(s_headings, s_rows, 38, mayLeaveOut: true).LeftOut);
        Assert.Empty(TableLayout.Of(s_headings, s_rows, 38, mayLeaveOut: false).LeftOut);
    }

    [Fact]
    public void A_column_without_any_value_is_left_out_before_one_that_has_some()
    {
        string[][] rows = [[.. s_rows[0][..2], "-", "FOC2048X0AB"], [.. s_rows[1]]];

        Assert.Equal(["WHY"], TableLayout.Of(s_headings, rows, 36, mayLeaveOut: true).LeftOut);
    }

    [Fact]
    public void A_time_or_an_id_is_not_broken()
    {
        Heading[] headings = [new("TIME", 0, IsWhole: true), new("WHY", 0)];
        string[][] rows = [["2026-11-30 09:05:08", "No SNMP answer in 3 attempts of 2 s"]];

        Assert.Equal("2026-11-30 09:05:08  No SNMP", TableLayout.Of(headings, rows, 30, mayLeaveOut: true).Lines[1]);
    }

    [Fact]
    public void No_line_is_wider_than_the_terminal()
    {
        string[][] rows = [["core-1", "192.0.2.1", new string('x', 255), "FOC2048X0AB"]];

        for (int width = 34; width < 300; width++)
            Assert.All(TableLayout.Of(s_headings, rows, width, mayLeaveOut: true).Lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Theory]
    [InlineData("see  the id 0123456789abcdef here", true, "see  the|id|01234567|89abcdef|here")]
    [InlineData("see  the id 0123456789abcdef here", false, "see  the|id|0123456789abcdef|here")]
    [InlineData("see the   id", false, "see the|id")]
    public void A_long_word_is_cut_in_a_cell_only_and_spaces_stay(string text, bool mayCut, string lines) =>
        Assert.Equal(lines.Split('|'), TableLayout.Wrap(text, 8, mayCut));

    [Theory]
    [InlineData("devcies", "devices")]
    [InlineData("devics", "devices")]
    [InlineData("DEVICES", "devices")]
    [InlineData("tarce", "trace")]
    [InlineData("frobnicate", null)]
    [InlineData("x", null)]
    public void A_mistyped_word_is_recognised(string typed, string? meant) =>
        Assert.Equal(meant, Suggestion.Nearest(typed, ["trace", "devices", "events", "routes"]));

    private static string Text(int? width) => string.Join('\n', TableLayout.Of(s_headings, s_rows, width, mayLeaveOut: true).Lines);
}
