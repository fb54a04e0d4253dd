using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>A discovery as a caller asked for it. Secrets are only in <see cref="ProtectedAccess"/>, which the key ring opens.</summary>
/// <param name="AddressList">As the caller wrote it; <see cref="DiscoveryScope"/> has read it without a problem.</param>
public sealed record DiscoveryPlan(string Name, DiscoveryKind Kind, string AddressList)
{
    /// <summary>How many addresses a crawl contacts unless it says otherwise.</summary>
    public const int DefaultBudget = 2_000;

    /// <summary>Addresses that are never contacted, as the caller wrote them.</summary>
    public ImmutableArray<string> FilterList { get; init; } = [];

    /// <summary>How many neighbors away from a seed a crawl goes, 0..16.</summary>
    public int Level { get; init; }

    /// <summary>0 to <see cref="SnmpProperties.MostRetries"/>, after the first request.</summary>
    public int Retries { get; init; }

    /// <summary>1 to <see cref="SnmpProperties.LongestTimeout"/>, for one SNMP answer.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <inheritdoc cref="AccessSettings.SnmpPort"/>
    public int? SnmpPort { get; init; }

    public bool PreferLoopback { get; init; }

    public ImmutableArray<string> CredentialIds { get; init; } = [];

    /// <summary>JSON of <see cref="InlineAccess"/>, encrypted.</summary>
    public required string ProtectedAccess { get; init; }

    /// <summary>JSON of what is given back on read beside the fields here; secrets in it are masked.</summary>
    public required string Shown { get; init; }

    /// <summary>The addresses at which a crawl may follow announcements; empty for private space.</summary>
    public ImmutableArray<string> WithinList { get; init; } = [];

    /// <summary>How many addresses a crawl contacts at most, 1..65,536.</summary>
    public int Budget { get; init; } = DefaultBudget;

    /// <summary>
    /// How fast silent addresses are asked, as <see cref="SearchPace.TryParse(string?, out SearchPace?)"/> reads it; null: as the server
    /// says.
    /// </summary>
    public string? Pace { get; init; }

    /// <summary>The addresses it names. Null when they cannot be read, which <paramref name="problems"/> then say.</summary>
    public DiscoveryScope? Scope(ICollection<string> problems) =>
        DiscoveryScope.Parse(Kind, AddressList, FilterList, WithinList, problems);

    /// <summary>A limit of its own; null: the server's counts.</summary>
    public SearchPace? OwnPace() => SearchPace.TryParse(Pace, out SearchPace? pace) ? pace : null;
}

/// <summary>SNMP credentials that came with the discovery itself, in the API's words; null where not given.</summary>
public sealed record InlineAccess(
    string? ReadCommunity, string? User, string? Mode, string? AuthProtocol, string? AuthPassword, string? PrivProtocol,
    string? PrivPassword)
{
    /// <summary>Reads only where no other credential is given.</summary>
    public string? WriteCommunity { get; init; }

    /// <summary>The credentials of it that read, v3 first. Each problem is added to <paramref name="problems"/>.</summary>
    public ImmutableArray<DeviceCredential> Credentials(ICollection<string>? problems = null)
    {
        var found = ImmutableArray.CreateBuilder<DeviceCredential>();
        if (!string.IsNullOrWhiteSpace(User))
        {
            if (SnmpWords.ReadV3(User, Mode, AuthProtocol, AuthPassword, PrivProtocol, PrivPassword,
                out ImmutableArray<string> wrong) is { } v3)
                found.Add(v3);
            foreach (string problem in wrong) problems?.Add(problem);
        }
        if ((SnmpWords.ProblemOf(ReadCommunity) ?? SnmpWords.ProblemOf(WriteCommunity)) is { } tooLong) problems?.Add(tooLong);
        if (!string.IsNullOrEmpty(ReadCommunity)) found.Add(new DeviceCredential.SnmpV2c(ReadCommunity));
        return found.ToImmutable();
    }
}

/// <summary>A stored discovery.</summary>
/// <param name="Id">A small number, counted up.</param>
/// <param name="TaskId">The task that made it: makes creation idempotent.</param>
/// <param name="Run">Counted up by every restart; what an older run still writes does not count.</param>
/// <param name="Active">False once stopped.</param>
public sealed record DiscoveryRecord(
    int Id, TaskId TaskId, DiscoveryPlan Plan, int Run, bool Active, DiscoveryCondition Condition, ImmutableArray<DeviceId> Devices,
    DateTimeOffset CreatedAt)
{
    /// <summary>How many addresses were announced to the newest run and not contacted.</summary>
    public int Withheld { get; init; }

    /// <summary>
    /// Whoever runs it: a new name at each beginning, so that a run which was taken over by another process has one that counts.
    /// </summary>
    internal Guid Runner { get; init; }

    /// <summary>What of it <see cref="Runner"/> asks; null: all of it.</summary>
    internal DiscoveryPart? Part { get; init; }
}

/// <summary>Complete and Aborted end a run.</summary>
public enum DiscoveryCondition : byte { Queued, InProgress, Complete, Aborted }

/// <summary>The outcome at one address in the newest run.</summary>
public sealed record DiscoveryJob(int DiscoveryId, int Run, Ipv4Address Address, JobOutcome Outcome)
{
    public string? Name { get; init; }

    /// <summary>Why it failed, in words the operator can act on; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Null unless collected.</summary>
    public DeviceId? Device { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is being asked.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The one that the agent answered; null when it answered none.</summary>
    public TakenCredential? Credential { get; init; }

    /// <summary>Of an address that belongs to a device collected by another one.</summary>
    public const string OfAnother = "belongs to a device that was collected by another address";

    /// <summary>The same when it turns out that the device was found already.</summary>
    public DiscoveryJob Duplicate() =>
        this with { Outcome = JobOutcome.Duplicate, Reason = OfAnother, Name = null, Device = null, Credential = null };
}

/// <param name="Id">The stored credential's id; null for one that came with the discovery.</param>
/// <param name="Name">Its description, or what it is: never a secret.</param>
public sealed record TakenCredential(Guid? Id, string Name);

public enum JobOutcome : byte
{
    /// <summary>Asked and collected.</summary>
    Collected,
    /// <summary>Nothing answered SNMP at this address.</summary>
    NoAnswer,
    /// <summary>An agent answered, but the credential or the collection failed.</summary>
    Failed,
    /// <summary>The address belongs to a device collected by another address.</summary>
    Duplicate,
    /// <summary>No SNMP credential was given.</summary>
    NoCredential,
}
