using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Towpath.Server;

/// <summary>
/// The hosts that requests may name. Another site's page can rebind its own name to this machine's address; its requests then come from a
/// browser that can reach the server, but they still name that site (DNS rebinding). An address cannot be rebound, so the server's own
/// addresses are always allowed.
/// </summary>
internal sealed class AllowedHosts
{
    private const string AnyLabel = "*.";

    private readonly FrozenSet<string> _names;
    private string? _last; // nearly every request names the host of the one before

    /// <param name="configured">Names and addresses; <c>*.example.net</c> stands for one label before the rest.</param>
    /// <param name="certificate">Its alternative names are allowed, too.</param>
    /// <exception cref="ServerStartException">One of the configured is no name.</exception>
    public AllowedHosts(IReadOnlyList<string> configured, X509Certificate2? certificate)
    {
        if (configured.FirstOrDefault(text => !IsName(text)) is { } wrong)
            throw new ServerStartException($"--host {wrong}: write a name or an address without port, like netctl.example.net.");
        var alternatives = certificate?.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList() ?? [];
        _names = configured.Append("localhost")
            .Concat(alternatives.SelectMany(names => names.EnumerateDnsNames()))
            .Concat(alternatives.SelectMany(names => names.EnumerateIPAddresses()).Select(address => address.ToString()))
            .Select(Normal).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public bool Allow(HttpContext context)
    {
        string? host = context.Request.Headers.Host;
        if (string.IsNullOrEmpty(host)) return HttpProtocol.IsHttp10(context.Request.Protocol); // no browser sends that
        if (host == _last) return true;
        if (!IsAllowed(new HostString(host).Host, context.Connection.LocalIpAddress)) return false;
        _last = host;
        return true;
    }

    private bool IsAllowed(string host, IPAddress? local)
    {
        string name = Normal(host);
        if (_names.Contains(name)) return true;
        if (IPAddress.TryParse(name, out IPAddress? address))
            return IPAddress.IsLoopback(address) || local is not null && name == Normal(local.ToString());
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _names.Contains(string.Concat("*", name.AsSpan(dot)));
    }

    private static bool IsName(string text) =>
        Uri.CheckHostName(text.StartsWith(AnyLabel, StringComparison.Ordinal) ? text[AnyLabel.Length..] : text) != UriHostNameType.Unknown;

    /// <summary>One spelling for each address, without the zone of a link, and without the dot that may end a name.</summary>
    private static string Normal(string host)
    {
        if (!IPAddress.TryParse(host, out IPAddress? address)) return host.EndsWith('.') ? host[..^1] : host;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : new IPAddress(address.GetAddressBytes()).ToString();
    }
}
