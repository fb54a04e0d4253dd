using Towpath.Discovery;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>
/// The rows of <c>discovery_part</c>: those of the newest run, which forgets them. Each is fenced by a runner of its own, as the run is
/// where it is not dealt out.
/// </summary>
internal static class DiscoveryParts
{
    public const string Columns = "part, first, last, ended";

    private const string ByRunner = """
        EXISTS (SELECT 1 FROM discovery_part WHERE discovery_id = $id AND part = $part AND runner = $runner AND ended = 0)
        """;

    public static DiscoveryPart Read(Row row) => new(
        row.Int32(0), new AddressRange(new Ipv4Address((uint)row.Number(1)), new Ipv4Address((uint)row.Number(2))), row.Flag(3));

    public static bool Deal(ISqlSession session, DealDiscovery deal)
    {
        session.Lock("discovery", deal.Id);
        const string Counts =
            $"SELECT COUNT(*) FROM discovery WHERE id = $id AND run = $run AND condition = 1 AND {DiscoveryTables.ByRunner}";
        if (!session.First(Counts, row => row.Flag(0), ("id", deal.Id), ("run", deal.Run), ("runner", deal.Runner))) return false;
        if (session.First("SELECT COUNT(*) FROM discovery_part WHERE discovery_id = $id", row => row.Number(0), ("id", deal.Id)) > 0)
            return true;
        for (int part = 0; part < deal.Parts.Length; part++)
        {
            session.Run("INSERT INTO discovery_part (discovery_id, part, first, last, ended) VALUES ($id, $part, $first, $last, 0)",
                ("id", deal.Id), ("part", part), ("first", deal.Parts[part].First.Bits), ("last", deal.Parts[part].Last.Bits));
        }
        return true;
    }

    public static bool Begin(ISqlSession session, BeginDiscoveryPart begin)
    {
        session.Lock("discovery", begin.Id); // what whoever had it has saved is seen
        return session.Run("""
            UPDATE discovery_part SET runner = $runner WHERE discovery_id = $id AND part = $part AND ended = 0
                AND EXISTS (SELECT 1 FROM discovery WHERE id = $id AND run = $run AND condition = 1)
            """, ("runner", begin.Runner), ("id", begin.Id), ("part", begin.Part), ("run", begin.Run)) > 0;
    }

    public static bool End(ISqlSession session, EndDiscoveryPart end) => session.Run(
        "UPDATE discovery_part SET ended = 1 WHERE discovery_id = $id AND part = $part AND runner = $runner AND ended = 0",
        ("id", end.Id), ("part", end.Part), ("runner", end.Runner)) > 0;

    public static bool End(ISqlSession session, EndSearch end) => session.Run("""
        UPDATE discovery SET condition = 2 WHERE id = $id AND run = $run AND condition = 1
            AND EXISTS (SELECT 1 FROM discovery_part WHERE discovery_id = $id)
            AND NOT EXISTS (SELECT 1 FROM discovery_part WHERE discovery_id = $id AND ended = 0)
        """, ("id", end.Id), ("run", end.Run)) > 0;

    public static bool Set(ISqlSession session, SetDiscoveryCondition set, int part) => session.Run(
        $"UPDATE discovery SET condition = $condition WHERE id = $id AND run = $run AND condition = 1 AND {ByRunner}",
        ("condition", (int)set.Condition), ("id", set.Id), ("run", set.Run), ("part", part), ("runner", set.Runner)) > 0;

    public static bool Counts(ISqlSession session, SaveDiscoveryJobs save, int part) => session.First(
        $"SELECT COUNT(*) FROM discovery WHERE id = $id AND run = $run AND condition = 1 AND {ByRunner}", row => row.Flag(0),
        ("id", save.Id), ("run", save.Run), ("part", part), ("runner", save.Runner));

    /// <summary>Whoever saves has the discovery's row, so one of two that found a device is the first.</summary>
    public static bool IsFoundElsewhere(ISqlSession session, DiscoveryJob job) => job.Device is { } device && session.First(
        "SELECT COUNT(*) FROM discovery_job WHERE discovery_id = $id AND device = $device AND address <> $address",
        row => row.Number(0) > 0, ("id", job.DiscoveryId), ("device", device.Value), ("address", job.Address.Bits));
}
