using System.CommandLine;
using Towpath.Client;

namespace Towpath.Commands;

/// <summary>What every table can be asked.</summary>
internal sealed class TableOptions
{
    private readonly Option<string[]> _devices = new("--device")
    {
        Description = "Only rows of this device: a name, * for any text, an address or an id. Repeatable.", HelpName = "DEVICE",
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Only rows with this value; * stands for any text, addresses may be prefixes, numbers ranges. Repeatable.",
        HelpName = "COLUMN=VALUE",
    };

    private readonly Option<string?> _sort = new("--sort") { Description = "In the order of this column.", HelpName = "COLUMN" };

    private readonly Option<bool> _descending = new("--desc") { Description = "From the last to the first." };

    private readonly Option<TimeSpan?> _ago = Arguments.Span("--ago", "As it was so long ago, as far as it is kept: 14 days at most.");

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "table, wide (with the source of each row and its time), json or csv.", HelpName = "FORM",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<string?> _columns = new("--columns") { Description = "Only these, in this order.", HelpName = "A,B,..." };

    public TableOptions()
    {
        _output.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "table", "wide", "json", "csv");
        _where.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
                result.AddError($"--where {token.Value}: write it like vlan=20.");
        });
    }

    /// <param name="hasDevice">Devices are an option; else an argument of the command.</param>
    public void AddTo(Command command, bool hasDevice)
    {
        if (hasDevice) command.Options.Add(_devices);
        foreach (Option option in (Option[])[_where, _sort, _descending, _ago, _output, _columns]) command.Options.Add(option);
    }

    /// <param name="device">Of the argument; null: as the option says.</param>
    public TableFilter Filter(ParseResult arguments, string? device = null)
    {
        string[] devices = device is null ? arguments.GetValue(_devices) ?? [] : [device];
        var filter = new TableFilter
        {
            Devices = devices.Length == 0 ? null : [.. devices.Select(TableCommand.Glob)],
            At = arguments.GetValue(_ago) is { } ago ? TimeProvider.System.GetUtcNow() - ago : null,
            SortBy = arguments.GetValue(_sort),
            IsDescending = arguments.GetValue(_descending),
        };
        return (arguments.GetValue(_where) ?? []).Select(text => text.Split('=', 2))
            .Aggregate(filter, (narrowed, pair) => narrowed.Where(pair[0], TableCommand.Glob(pair[1])));
    }

    public TableForm Form(ParseResult arguments) => new(
        Screen.For(arguments), arguments.GetValue(_output)!.ToUpperInvariant(),
        arguments.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}

/// <param name="Output">TABLE, WIDE, JSON or CSV.</param>
/// <param name="Columns">Null: those of the table.</param>
internal sealed record TableForm(Screen Screen, string Output, string[]? Columns)
{
    public bool IsJson => Screen.Json || Output == "JSON";

    public bool IsCsv => Output == "CSV";

    public bool IsWide => Output == "WIDE";
}
