using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class HostileDeviceTests
{
    /// <summary>All tables the collector reads, by the object it walks.</summary>
    private static readonly TableSpec[] s_tables =
    [
        .. typeof(DeviceCollector).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(TableSpec)).Select(field => (TableSpec)field.GetValue(null)!),
    ];

    [Fact]
    public async Task Whatever_a_device_answers_is_read_without_failing_and_bounded()
    {
        Assert.InRange(s_tables.Length, 30, 60);
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            VarBind[] rows = [.. Row.System(),
                .. s_tables.SelectMany(table => table.Columns.SelectMany(column => Garbage(random, table.Entry.Append(column))))];
            var device = new RecordedSession(rows);
            device.Vlans[1] = new RecordedSession(rows);
            CollectionResult result = await Collect.FromAsync(device, new FakeTimeProvider());
            AssertBounded(JsonSerializer.SerializeToNode(result.Snapshot!)!, $"seed {seed}");
            SnapshotCodec.Decode(SnapshotCodec.Encode(result.Snapshot!));

            var reader = new StatisticsReader(Collect.Snmp(device), new FakeTimeProvider());
            await reader.ReadDeviceAsync(Collect.Access, CancellationToken.None);
            await reader.ReadInterfacesAsync(
                Collect.Access, [new IfIndex(1), new IfIndex(2), new IfIndex(int.MaxValue)], CancellationToken.None);
        }
    }

    [Fact]
    public async Task Control_characters_and_endless_texts_do_not_get_in()
    {
        DeviceSnapshot snapshot =
            await Collect.From([.. Row.Interfaces("eth0"),
            Row.Text("1.3.6.1.2.1.31.1.1.1.18.1", "to\u001b[31m core\r\n\u0000\u202e" + new string('x', 2_000))]);
        string alias = Assert.Single(snapshot.Interfaces).Alias;
        Assert.StartsWith("to[31m core xxx", alias, StringComparison.Ordinal);
        Assert.Equal(255, alias.Length);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_read_as_Latin_1()
    {
        DeviceSnapshot snapshot = await Collect.From([.. Row.Interfaces("eth0"), Row.Hex("1.3.6.1.2.1.31.1.1.1.18.1", "5afc72696368")]);
        Assert.Equal("Zürich", Assert.Single(snapshot.Interfaces).Alias);
    }

    /// <summary>Rows with plausible, extreme and senseless indexes and values.</summary>
    private static IEnumerable<VarBind> Garbage(Random random, ObjectIdentifier column)
    {
        for (int rows = random.Next(6); rows > 0; rows--)
        {
            var index = new uint[random.Next(1, random.Next(2) == 0 ? 4 : 20)];
            for (int i = 0; i < index.Length; i++)
                index[i] = random.Next(6) switch { 0 => uint.MaxValue, 1 => 0, 2 => 1, 3 => 4, 4 => (uint)random.Next(4_200),
                    _ => (uint)random.Next(300) };
            yield return new VarBind(column.Append(index), Value(random));
        }
    }

    private static SnmpValue Value(Random random)
    {
        var octets = new byte[random.Next(3) == 0 ? random.Next(2_000) : random.Next(9)];
        random.NextBytes(octets);
        return random.Next(10) switch
        {
            0 => SnmpValue.Int(random.Next(int.MinValue, int.MaxValue)),
            1 => SnmpValue.Int(random.Next(-1, 20)),
            2 => SnmpValue.Gauge32(uint.MaxValue),
            3 => SnmpValue.Counter64(ulong.MaxValue),
            4 => SnmpValue.TimeTicks((uint)random.Next()),
            5 => SnmpValue.Ip((uint)random.Next()),
            6 => SnmpValue.Oid(new ObjectIdentifier(1, 3, (uint)random.Next(), uint.MaxValue)),
            7 => SnmpValue.Null,
            8 => SnmpValue.Opaque(octets),
            _ => SnmpValue.Bytes(octets),
        };
    }

    private static void AssertBounded(JsonNode? node, string seed)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members)
                {
                    if (name != nameof(TableReading.Reason)) AssertBounded(value, seed);
                }
                break;
            case JsonArray items:
                foreach (JsonNode? item in items) AssertBounded(item, seed);
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                Assert.True(text.Length <= 255 && !text.Any(char.IsControl), $"{seed}: {text}");
                break;
        }
    }
}
