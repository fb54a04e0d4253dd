using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// Devices, their snapshots, operators' roles and credentials; the schedule's rows are in <see cref="ScheduleRows"/>.
/// Roles stand apart from devices, because access points have roles but no rows.
/// </summary>
internal sealed class InventoryTables : IArea
{
    /// <summary>So many versions of a device's facts are kept, of this age at most; each costs what its tables compress to.</summary>
    private const int SnapshotsKept = 48;

    public string Name => "inventory";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE IF NOT EXISTS device (
          id BLOB NOT NULL PRIMARY KEY, management_address INTEGER NOT NULL,
          credential_id BLOB, sealed_credential BLOB NOT NULL, retries INTEGER NOT NULL, timeout_ms INTEGER NOT NULL,
          added_at INTEGER NOT NULL, collected_at INTEGER NOT NULL, sys_up_time_ms INTEGER NOT NULL, snapshot_digest TEXT NOT NULL,
          unreachable_reason TEXT, updated_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS device_snapshot (
          number INTEGER PRIMARY KEY AUTOINCREMENT, device_id BLOB NOT NULL, collected_at INTEGER NOT NULL, snapshot BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS device_snapshot_device ON device_snapshot (device_id, number);
        CREATE TABLE IF NOT EXISTS device_role (device_id BLOB NOT NULL PRIMARY KEY, role TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS global_credential (
          id BLOB NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, description TEXT NOT NULL, comments TEXT NOT NULL,
          sealed_content BLOB NOT NULL, created_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS snmp_property (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """,
        "ALTER TABLE global_credential ADD COLUMN ranges TEXT NOT NULL DEFAULT ''",
        ScheduleRows.Migration,
        ScheduleRows.ShardMigration,
        SubnetRows.Migration,
        "ALTER TABLE device ADD COLUMN snmp_port INTEGER",
    ],
    [
        """
        CREATE TABLE device (
          rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
          id UUID NOT NULL PRIMARY KEY, management_address BIGINT NOT NULL,
          credential_id UUID, sealed_credential BYTEA NOT NULL, retries BIGINT NOT NULL, timeout_ms BIGINT NOT NULL,
          added_at BIGINT NOT NULL, collected_at BIGINT NOT NULL, sys_up_time_ms BIGINT NOT NULL, snapshot_digest TEXT NOT NULL,
          unreachable_reason TEXT, updated_at BIGINT NOT NULL);
        CREATE TABLE device_snapshot (
          number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, device_id UUID NOT NULL, collected_at BIGINT NOT NULL,
          snapshot BYTEA NOT NULL);
        ALTER TABLE device_snapshot ALTER COLUMN snapshot SET STORAGE EXTERNAL; -- compressed already
        CREATE INDEX device_snapshot_device ON device_snapshot (device_id, number);
        CREATE TABLE device_role (device_id UUID NOT NULL PRIMARY KEY, role TEXT NOT NULL);
        CREATE TABLE global_credential (
          rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
          id UUID NOT NULL PRIMARY KEY, kind BIGINT NOT NULL, description TEXT NOT NULL, comments TEXT NOT NULL,
          sealed_content BYTEA NOT NULL, created_at BIGINT NOT NULL, ranges TEXT NOT NULL DEFAULT '');
        CREATE TABLE snmp_property (name TEXT COLLATE "C" NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
        """,
        ScheduleRows.PostgresMigration,
        ScheduleRows.PostgresShardMigration,
        SubnetRows.PostgresMigration,
        "ALTER TABLE device ADD COLUMN snmp_port BIGINT",
    ]);

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        SaveDevice save => Save(session, save),
        MarkUnreachable mark => Mark(session, mark),
        DeleteDevice delete => Delete(session, delete),
        PruneSnapshots prune => prune.Devices.Sum(device => Prune(session, device.Value, prune.Before)) > 0,
        SetRole set => Set(session, set),
        SaveCredential save => session.Run(s_saveCredential, CredentialRow.Values(save.Credential)) > 0,
        ChangeCredential change => Change(session, change),
        DeleteCredential delete => session.Run("DELETE FROM global_credential WHERE id = $id", ("id", delete.Id)) > 0,
        SaveSnmpProperty save => session.Run(s_saveProperty,
            ("name", save.Name), ("value", save.Value)) > 0,
        MarkReachable mark => Mark(session, mark),
        _ => ScheduleRows.TryExecute(session, write),
    };

    private static readonly string s_saveRole = Sql.Save("device_role", "device_id, role", "device_id");

    private static readonly string s_saveProperty = Sql.Save("snmp_property", "name, value", "name");

    /// <summary>
    /// A known device that was deleted meanwhile stays deleted. A new one that is there all the same came with a commit of which its caller
    /// heard that it failed.
    /// </summary>
    private static readonly string s_saveDevice = $"""
        INSERT INTO device ({DeviceRow.Columns}) SELECT {Sql.Parameters(DeviceRow.Columns)}
         WHERE CAST($is_new AS BIGINT) = 1 OR EXISTS (SELECT 1 FROM device WHERE id = $id)
        ON CONFLICT (id) DO UPDATE SET management_address = $management_address, credential_id = $credential_id,
          sealed_credential = $sealed_credential, retries = $retries, timeout_ms = $timeout_ms, snmp_port = $snmp_port,
          collected_at = $collected_at, sys_up_time_ms = $sys_up_time_ms, snapshot_digest = $snapshot_digest,
          unreachable_reason = NULL, updated_at = $updated_at
        """;

    private static bool Save(ISqlSession session, SaveDevice save)
    {
        DeviceRecord device = save.Device;
        Guid id = device.Id.Value;
        bool took = session.Run(s_saveDevice, [.. DeviceRow.Values(device), ("is_new", save.IsNew)]) > 0;
        if (!took) return false;
        Tell(session, id);
        HistoryTables.Add(session, save.Events);
        if (save.IsNew) ScheduleRows.Add(session, device);
        if (save.Snapshot is not { } snapshot) return true;

        session.Run("INSERT INTO device_snapshot (device_id, collected_at, snapshot) VALUES ($id, $collected, $snapshot)",
            ("id", id), ("collected", device.CollectedAt), ("snapshot", snapshot));
        session.Run("""
            DELETE FROM device_snapshot WHERE device_id = $id AND number <=
              (SELECT number FROM device_snapshot WHERE device_id = $id ORDER BY number DESC LIMIT 1 OFFSET $kept)
            """, ("id", id), ("kept", SnapshotsKept));
        Prune(session, id, device.CollectedAt - PruneSnapshots.KeptFor);
        return true;
    }

    /// <summary>The last one of before stays: it is what the device told then.</summary>
    private static int Prune(ISqlSession session, Guid device, DateTimeOffset before) => session.Run("""
        DELETE FROM device_snapshot WHERE device_id = $id AND number <
          (SELECT MAX(number) FROM device_snapshot WHERE device_id = $id AND collected_at <= $before)
        """, ("id", device), ("before", before));

    private static bool Mark(ISqlSession session, MarkUnreachable mark)
    {
        bool took = session.Run("UPDATE device SET unreachable_reason = $reason, updated_at = $at WHERE id = $id",
            ("reason", mark.Reason), ("at", mark.At), ("id", mark.Id.Value)) > 0;
        if (!took) return false;
        Tell(session, mark.Id.Value);
        HistoryTables.Add(session, mark.Events);
        return true;
    }

    private static bool Mark(ISqlSession session, MarkReachable mark)
    {
        bool took = session.Run("UPDATE device SET unreachable_reason = NULL, updated_at = $at WHERE id = $id",
            ("at", mark.At), ("id", mark.Id.Value)) > 0;
        if (!took) return false;
        Tell(session, mark.Id.Value);
        HistoryTables.Add(session, mark.Events);
        return true;
    }

    private static bool Delete(ISqlSession session, DeleteDevice delete)
    {
        Guid id = delete.Id.Value;
        session.Run("DELETE FROM device_snapshot WHERE device_id = $id", ("id", id));
        session.Run("DELETE FROM device_role WHERE device_id = $id", ("id", id));
        ScheduleRows.Remove(session, delete.Id);
        LoadTables.Remove(session, delete.Id);
        if (session.Run("DELETE FROM device WHERE id = $id", ("id", id)) == 0) return false;
        Tell(session, id);
        HistoryTables.Add(session, delete.Events);
        return true;
    }

    private static bool Set(ISqlSession session, SetRole set)
    {
        bool took = set.Role is { } role
            ? session.Run(s_saveRole, ("device_id", set.Id.Value), ("role", DeviceRoleWords.Of(role))) > 0
            : session.Run("DELETE FROM device_role WHERE device_id = $id", ("id", set.Id.Value)) > 0;
        if (took) Tell(session, set.Id.Value);
        return took;
    }

    private static void Tell(ISqlSession session, Guid device) => session.Tell(new Change(DeviceChanges.Word, device));

    private static readonly string s_saveCredential = $"""
        INSERT INTO global_credential ({CredentialRow.Columns}) VALUES ({Sql.Parameters(CredentialRow.Columns)})
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>The sealed octets are the version: each sealing has others.</summary>
    /// <exception cref="WriteConflictException">The credential is gone, or another change came first.</exception>
    private static bool Change(ISqlSession session, ChangeCredential change)
    {
        StoredCredential credential = change.Credential;
        bool took = session.Run("""
            UPDATE global_credential SET kind = $kind, description = $description, comments = $comments, sealed_content = $sealed,
              ranges = $ranges
            WHERE id = $id AND sealed_content IN ($known, $sealed)
            """,
            ("id", credential.Id), ("kind", (int)credential.Kind), ("description", credential.Description),
            ("comments", credential.Comments),
            ("sealed", credential.Sealed), ("ranges", credential.Ranges), ("known", change.Known)) > 0;
        return took ? true : throw new WriteConflictException(
            $"The credential {credential.Id} was changed or deleted by somebody else meanwhile. Read it again, and repeat your change if "
                + "it is still wanted.", null);
    }
}
