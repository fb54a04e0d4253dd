using System.CommandLine;
using System.CommandLine.Parsing;
using Towpath.Network;

namespace Towpath.Commands;

/// <summary><c>--map A=B</c>: where SNMP for addresses in A goes in place of them.</summary>
internal sealed class MapOption : Option<(Prefix From, Prefix To)[]>
{
    private static readonly Prefix s_loopback = Prefix.Parse("127.0.0.0/8");

    private readonly (Prefix From, Prefix To)[] _mapped;

    /// <param name="mapped">What holds when the option is not given.</param>
    public MapOption(params (Prefix From, Prefix To)[] mapped)
        : base("--map")
    {
        _mapped = mapped;
        Description = "Send SNMP for addresses in A to the same place in B, inside 127.0.0.0/8. Repeatable."
            + (mapped.Length > 0 ? $" By default {string.Join(' ', mapped.Select(one => $"{one.From}={one.To}"))}." : "");
        HelpName = "A=B";
        CustomParser = result => [.. result.Tokens.Select(token => Parse(token.Value, result))];
        AllowMultipleArgumentsPerToken = false;
        Arity = ArgumentArity.ZeroOrMore;
    }

    /// <summary>Campus addresses, on loopback.</summary>
    public static (Prefix From, Prefix To) Campus => (Prefix.Parse("10.0.0.0/8"), s_loopback);

    /// <summary>Any address, on loopback: the first octet becomes 127.</summary>
    public static (Prefix From, Prefix To) Everything => (Prefix.Parse("0.0.0.0/0"), s_loopback);

    /// <summary>What was given, else what holds then.</summary>
    public (Prefix From, Prefix To)[] Of(ParseResult arguments) => arguments.GetValue(this) is { Length: > 0 } given ? given : _mapped;

    private static (Prefix From, Prefix To) Parse(string text, ArgumentResult result)
    {
        string[] sides = text.Split('=');
        if (sides.Length != 2 || !Prefix.TryParse(sides[0], null, out Prefix from) || !Prefix.TryParse(sides[1], null, out Prefix to))
            result.AddError($"--map {text}: write it like 10.0.0.0/8=127.0.0.0/8.");
        else if (!s_loopback.Contains(to)) result.AddError($"--map {text}: {to} is not inside {s_loopback}.");
        else if (from.Length < to.Length) result.AddError($"--map {text}: {to} is smaller than {from}.");
        else return (from, to);
        return default;
    }
}
