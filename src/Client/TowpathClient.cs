using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// A logged-in user at one controller. Safe for concurrent use; keep one for the life of a program. Works against any controller that
/// speaks this API.
/// </summary>
public sealed class TowpathClient : IDisposable
{
    private readonly Connection _connection;

    private TowpathClient(ClientSettings settings)
    {
        _connection = new Connection(settings);
        Settings = settings;
        Tasks = new TaskClient(_connection);
        FlowAnalysis = new FlowAnalysisClient(_connection, Tasks);
        PathTraces = new PathTraceClient(_connection);
        Discovery = new DiscoveryClient(_connection);
        Devices = new DeviceClient(_connection);
        Credentials = new CredentialClient(_connection);
        Interfaces = new InterfaceClient(_connection);
        Hosts = new HostClient(_connection);
        Events = new EventClient(_connection);
        Tables = new TableClient(_connection);
        Webhooks = new WebhookClient(_connection);
        Tokens = new TokenClient(_connection);
    }

    /// <summary>What it logged in with.</summary>
    public ClientSettings Settings { get; }

    /// <summary>Tasks: every write is one.</summary>
    public TaskClient Tasks { get; }

    /// <summary>Path traces.</summary>
    public FlowAnalysisClient FlowAnalysis { get; }

    /// <summary>Path traces, as newer controllers are asked for them.</summary>
    public PathTraceClient PathTraces { get; }

    /// <summary>Discoveries.</summary>
    public DiscoveryClient Discovery { get; }

    /// <summary>The inventory of devices.</summary>
    public DeviceClient Devices { get; }

    /// <summary>Global credentials.</summary>
    public CredentialClient Credentials { get; }

    /// <summary>Interfaces of devices.</summary>
    public InterfaceClient Interfaces { get; }

    /// <summary>Hosts, wired and wireless.</summary>
    public HostClient Hosts { get; }

    /// <summary>What changed in the network.</summary>
    public EventClient Events { get; }

    /// <summary>Tables over all devices, and a search.</summary>
    public TableClient Tables { get; }

    /// <summary>Addresses that are called when something happens.</summary>
    public WebhookClient Webhooks { get; }

    /// <summary>Tokens that are kept in place of a password.</summary>
    public TokenClient Tokens { get; }

    /// <summary>
    /// Logs in as the environment says (TOWPATH_URL, TOWPATH_USER and TOWPATH_PASSWORD or TOWPATH_TOKEN and, for a self-signed certificate,
    /// TOWPATH_FINGERPRINT), else as a profile of <see cref="ProfileFile.Default"/> says, which <c>towpath login</c> and
    /// <c>towpath demo</c> write: the one that TOWPATH_PROFILE names, else the current one.
    /// </summary>
    /// <exception cref="NotLoggedInException">Neither names a controller.</exception>
    /// <exception cref="NotReachableException">Nobody answers.</exception>
    /// <exception cref="NotAllowedException">The user name or password is wrong.</exception>
    public static Task<TowpathClient> LoginAsync(CancellationToken cancellationToken = default) =>
        LoginAsync(SavedLogin.Find(Environment.GetEnvironmentVariable, ProfileFile.Default), cancellationToken);

    /// <summary>Logs in as the settings say.</summary>
    /// <exception cref="ArgumentException">The fingerprint is none, or the address is http and has no certificate.</exception>
    /// <exception cref="NotReachableException">Nobody answers.</exception>
    /// <exception cref="NotAllowedException">The user name or password is wrong.</exception>
    public static async Task<TowpathClient> LoginAsync(ClientSettings settings, CancellationToken cancellationToken = default)
    {
        var client = new TowpathClient(settings);
        try
        {
            await client._connection.LoginAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>An answer as indented JSON, with the API's own names.</summary>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, TowpathJson.Indented);

    /// <summary>Closes the connections. The token is left to end by itself.</summary>
    public void Dispose() => _connection.Dispose();
}
