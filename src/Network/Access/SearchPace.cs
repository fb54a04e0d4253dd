using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Towpath.Network;

/// <summary>
/// How many datagrams a second are sent to addresses that have not answered yet, first ones and repetitions: a search must not flood a
/// network, nor the routers that look for each silent address (ARP). An address that has answered is not paced. One object is one limit:
/// all that name it share it, so two equal ones are two limits. Immutable.
/// </summary>
public sealed class SearchPace
{
    /// <summary>Where nobody says anything else.</summary>
    public const int UsualPerSecond = 200, UsualPerSubnet = 20;

    private const string Off = "off";

    /// <param name="perSecond">In any second, over all addresses; 1 or more.</param>
    /// <param name="perSubnet">In any second, to the addresses of one /24; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"/>
    public SearchPace(int perSecond = UsualPerSecond, int perSubnet = UsualPerSubnet)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perSubnet, 1);
        (PerSecond, PerSubnet) = (perSecond, perSubnet);
    }

    /// <summary>No limit: for devices that have answered, simulated ones and measurements. Its numbers are the highest there are.</summary>
    public static SearchPace Unlimited { get; } = new(int.MaxValue, int.MaxValue);

    public int PerSecond { get; }

    public int PerSubnet { get; }

    /// <summary>Reads <c>200,20</c> (a second, and of these in one /24), <c>200</c> or <c>off</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SearchPace? pace)
    {
        pace = text == Off ? Unlimited : null;
        if (pace is not null || text is null) return pace is not null;
        string[] numbers = text.Split(',');
        if (numbers.Length > 2 || !TryParse(numbers[0], out int perSecond)) return false;
        int perSubnet = Math.Min(UsualPerSubnet, perSecond);
        if (numbers.Length == 2 && !TryParse(numbers[1], out perSubnet)) return false;
        pace = new SearchPace(perSecond, perSubnet);
        return true;
    }

    /// <summary>As <see cref="TryParse(string?, out SearchPace?)"/> reads it.</summary>
    public override string ToString() =>
        ReferenceEquals(this, Unlimited) ? Off : string.Create(CultureInfo.InvariantCulture, $"{PerSecond},{PerSubnet}");

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
