using System.Globalization;

namespace Towpath.Cluster;

/// <summary>One request that is accepted, and asked once.</summary>
/// <param name="Name">By which its effect is found and counted; null: it has none.</param>
/// <param name="Path">Within the intent API.</param>
internal sealed record Operation(string? Name, string Path, object Body)
{
    public const string Trace = "trace";
    public const string Credential = "credential";
    public const string Discovery = "discovery";

    private static readonly string[] s_hosts = ["10.1.15.117", "10.2.1.22", "10.1.10.1", "10.2.2.2", "10.255.1.5"];
    private static int s_count;

    /// <summary>Its effect is an analysis, which its task names.</summary>
    public static Operation NextTrace()
    {
        int number = Next();
        var (from, to) = (number % s_hosts.Length, number + 1 + number / s_hosts.Length % 3);
        return new(NameOf(Trace, number), "/flow-analysis", new { sourceIP = s_hosts[from], destIP = s_hosts[to % s_hosts.Length] });
    }

    /// <summary>Its description names it.</summary>
    public static Operation NextCredential()
    {
        string name = NameOf(Credential, Next());
        return new(name, "/global-credential/snmpv2-read-community", new[] { new { description = name, readCommunity = "public" } });
    }

    /// <summary>Of an address where nobody answers; its name names it.</summary>
    public static Operation NextDiscovery()
    {
        string name = NameOf(Discovery, Next());
        return new(name, "/discovery", new
        {
            name, discoveryType = "Single", ipAddressList = "10.9.255.3", snmpVersion = "v2", snmpROCommunity = "public", retry = 0,
            timeout = 1, protocolOrder = "ssh",
        });
    }

    /// <summary>Takes some seconds until it fails: when a server dies it has some of these to leave behind.</summary>
    public static Operation NextSilentDevice()
    {
        int number = Next();
        return new(null, "/network-device", new
        {
            ipAddress = new[] { $"10.9.{number / 250 % 250}.{number % 250 + 1}" }, snmpVersion = "v2", snmpROCommunity = "public",
            snmpRetry = 1, snmpTimeout = 5,
        });
    }

    private static int Next() => Interlocked.Increment(ref s_count);

    private static string NameOf(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind} {number}");
}
