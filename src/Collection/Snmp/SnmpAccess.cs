using System.Net;
using System.Runtime.CompilerServices;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Speaks SNMP to devices: the one place that knows a device's access and the engine's words for it. Thread safe.
/// </summary>
/// <param name="open">The engine's <see cref="SnmpEngine.Open"/>, or that of scripted agents.</param>
public sealed class SnmpAccess(Func<SnmpTarget, ISnmpSession> open)
{
    // One object is one limit, there as here.
    private static readonly ConditionalWeakTable<SearchPace, SnmpPace> s_paces = new() { { SearchPace.Unlimited, SnmpPace.Unlimited } };

    // What the engine learns of an agent lasts as long as a session to it: who asks and then collects by one access learns it once.
    private readonly ConditionalWeakTable<DeviceAccess, ISnmpSession> _sessions = [];

    /// <summary>The session of this very object, as long as somebody holds it.</summary>
    /// <exception cref="ArgumentException">The device cannot be spoken to so: a name or community too long, a user without a
    /// password.</exception>
    internal ISnmpSession Open(DeviceAccess access) => _sessions.GetValue(access, asked => open(TargetOf(asked)));

    internal static SnmpTarget TargetOf(DeviceAccess access) =>
        new(new IPEndPoint(access.SentTo.ToIPAddress(), access.SnmpPort), CredentialOf(access.Credential))
        {
            Name = access.Name,
            Barred = access.Barred,
            Retries = access.Retries,
            Timeout = access.Timeout,
            Pace = access.Pace is { } pace ? s_paces.GetValue(pace, static own => new SnmpPace(own.PerSecond, own.PerSubnet)) : null,
        };

    private static SnmpCredential CredentialOf(DeviceCredential credential) => credential switch
    {
        DeviceCredential.SnmpV1 v1 => new SnmpCredential.V1(v1.Community),
        DeviceCredential.SnmpV2c v2 => new SnmpCredential.V2c(v2.Community),
        // Both name the protocols alike, by the same numbers.
        DeviceCredential.SnmpV3 v3 => new SnmpCredential.V3(
            v3.User, (AuthProtocol)v3.Auth, v3.AuthPassword, (PrivProtocol)v3.Priv, v3.PrivPassword),
        _ => throw new ArgumentException($"{credential} is no SNMP credential.", nameof(credential)),
    };
}
