using System.CommandLine;
using System.CommandLine.Parsing;
using Towpath.Client;

namespace Towpath.Commands;

/// <summary>What every table can be asked.</summary>
internal sealed class TableOptions
{
    private readonly Option<string[]> _devices = new("--device")
    {
        Description = $"Only rows of this device: {NamedDevices.Words}. Repeatable.", HelpName = "DEVICE",
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Only rows with this value; * stands for any text, addresses may be prefixes, numbers ranges. Repeatable.",
        HelpName = "COLUMN=VALUE",
    };

    private readonly Option<string?> _sort = new("--sort") { Description = "In the order of this column.", HelpName = "COLUMN" };

    private readonly Option<bool> _descending = new("--desc") { Description = "From the last to the first." };

    private readonly Option<TimeSpan?> _ago = Arguments.Span("--ago", "As it was so long ago, as far as it is kept: 14 days at most.");

    public TableOptions()
    {
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
        foreach (Option option in (Option[])[_where, _sort, _descending, _ago]) command.Options.Add(option);
        command.WithAnswerOptions();
    }

    /// <summary>The table of an earlier time is asked for.</summary>
    public bool IsOfBefore(CommandResult result) => result.GetResult(_ago) is { Implicit: false };

    /// <param name="device">Of the argument; null: as the option says.</param>
    public TableFilter Filter(ParseResult arguments, string? device = null)
    {
        string[] devices = device is null ? arguments.GetValue(_devices) ?? [] : [device];
        var filter = new TableFilter
        {
            Devices = devices.Length == 0 ? null : devices,
            At = arguments.GetValue(_ago) is { } ago ? TimeProvider.System.GetUtcNow() - ago : null,
            SortBy = arguments.GetValue(_sort),
            IsDescending = arguments.GetValue(_descending),
        };
        return (arguments.GetValue(_where) ?? []).Select(text => text.Split('=', 2))
            .Aggregate(filter, (narrowed, pair) => narrowed.Where(pair[0], NamedDevices.Glob(pair[1])));
    }
}
