using System.Text.Json;
using Towpath.Network;

namespace Towpath.Commands;

/// <summary>A link that somebody else asserts of the walks: both ends by sysName and interface name, in either order.</summary>
internal sealed record ExpectedLink(string NearDevice, string NearPort, string FarDevice, string FarPort)
{
    private const string FileName = "expected-links.json";

    private sealed record Links(IReadOnlyList<IReadOnlyList<string>>? LldpLinks, IReadOnlyList<IReadOnlyList<string>>? CdpLinks);

    /// <summary>Each link once, also when both protocols announce it; null when the folder asserts none.</summary>
    /// <exception cref="InvalidDataException">The file cannot be understood.</exception>
    public static IReadOnlyList<ExpectedLink>? Read(NetworkFolder folder)
    {
        string path = Path.Combine(folder.Path, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            Links links = JsonSerializer.Deserialize<Links>(File.ReadAllText(path), JsonSerializerOptions.Web)
                ?? throw new JsonException("it is null.");
            return [.. (links.CdpLinks ?? []).Concat(links.LldpLinks ?? []).Select(Link)];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is no list of links: {broken.Message}", broken);
        }
    }

    /// <summary>The same link with the ports that the devices have; null when a device or port is not among them.</summary>
    public (Port, Port)? Resolve(NetworkSnapshot network) =>
        PortOf(network, NearDevice, NearPort) is { } near && PortOf(network, FarDevice, FarPort) is { } far
            ? near.CompareTo(far) <= 0 ? (near, far) : (far, near) : null;

    public override string ToString() => $"{NearDevice} {NearPort} to {FarDevice} {FarPort}";

    private static ExpectedLink Link(IReadOnlyList<string> ends) =>
        ends is [{ } near, { } nearPort, { } far, { } farPort]
            ? new(near, nearPort, far, farPort) : throw new JsonException("a link is [device, port, device, port].");

    private static Port? PortOf(NetworkSnapshot network, string device, string port) =>
        network.Devices.Named(device) is [var one] && one.Tables.Names.Find(port) is { } index ? new Port(one.Id, index) : null;
}
