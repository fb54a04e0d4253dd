using System.Text.Json;
using System.Text.Json.Nodes;

namespace Towpath.Network.Tests;

public sealed class SnapshotCodecTests
{
    [Fact]
    public void Any_snapshot_reads_back_as_it_was_written()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            DeviceSnapshot snapshot = new ArbitraryFacts(seed).Snapshot();
            byte[] encoded = SnapshotCodec.Encode(snapshot);
            DeviceSnapshot decoded = SnapshotCodec.Decode(encoded);
            Assert.True(Json(snapshot) == Json(decoded), $"seed {seed}");
            Assert.True(encoded.AsSpan().SequenceEqual(SnapshotCodec.Encode(decoded)), $"seed {seed}: encoded again, it differs");
        }
    }

    [Fact]
    public void The_digest_is_blind_to_our_times_the_uptime_and_how_much_a_flow_has_carried()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            DeviceSnapshot snapshot = new ArbitraryFacts(seed).Snapshot();
            DeviceSnapshot later = snapshot with
            {
                CollectedAt = snapshot.CollectedAt.AddHours(1),
                SysUpTime = snapshot.SysUpTime + TimeSpan.FromHours(1),
                Readings = [.. snapshot.Readings.Select(reading => reading with { ReadAt = reading.ReadAt.AddHours(1) })],
                TopFlows = [.. snapshot.TopFlows.Select(flow => flow with { Packets = flow.Packets + 7, Octets = flow.Octets + 9_000 })],
            };
            Assert.Equal(SnapshotCodec.Digest(snapshot), SnapshotCodec.Digest(later));
            Assert.NotEqual(SnapshotCodec.Encode(snapshot), SnapshotCodec.Encode(later));
        }
    }

    [Fact]
    public void The_digest_sees_a_change_of_every_kind_of_fact()
    {
        var any = new ArbitraryFacts(7, minimumRows: 1);
        DeviceSnapshot full = any.Snapshot();
        DeviceSnapshot[] changed = [full, .. FactLayout.All.Select(layout => any.WithOneMore(full, layout))];
        Assert.Equal(changed.Length, changed.Select(snapshot => Convert.ToHexString(SnapshotCodec.Digest(snapshot))).ToHashSet().Count);
    }

    [Fact]
    public void A_kind_of_fact_that_a_device_does_not_have_is_not_in_its_digest()
    {
        DeviceSnapshot full = new ArbitraryFacts(7, minimumRows: 1).Snapshot();
        DeviceSnapshot without = Route.Layout.Put(full, new List<Route>());
        Assert.NotEqual(SnapshotCodec.Digest(full), SnapshotCodec.Digest(without));
        Assert.Equal(SnapshotCodec.Digest(without), SnapshotCodec.Digest(Route.Layout.Put(without, new List<Route>())));
        Assert.Equal(FactLayout.All.Count(layout => layout.Name != "routes"), SnapshotCodec.TableDigests(without).Count());
    }

    [Fact]
    public void Damaged_octets_fail_with_the_documented_exception_only()
    {
        byte[] good = SnapshotCodec.Encode(new ArbitraryFacts(3, minimumRows: 1).Snapshot());
        int failed = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. good];
            for (int flips = random.Next(1, 5); flips > 0; flips--) bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(3) == 0) bad = bad[..random.Next(bad.Length)];
            if (random.Next(10) == 0) random.NextBytes(bad);
            try
            {
                SnapshotCodec.Decode(bad);
            }
            catch (SnapshotFormatException)
            {
                failed++;
            }
        }
        Assert.InRange(failed, 1_000, 2_000);
    }

    [Fact]
    public void Damaged_content_under_a_sound_compression_fails_so_too()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            byte[] content = new byte[seed % 600];
            new Random(seed).NextBytes(content);
            byte[] compressed = new byte[9 + System.IO.Compression.BrotliEncoder.GetMaxCompressedLength(content.Length)];
            "TOWS"u8.CopyTo(compressed);
            compressed[4] = (byte)(seed % 2 == 0 ? 2 : 4);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(compressed.AsSpan(5), content.Length);
            Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(content, compressed.AsSpan(9), out int written));
            Assert.Throws<SnapshotFormatException>(() => SnapshotCodec.Decode(compressed.AsSpan(0, 9 + written)));
        }
    }

    /// <summary>Written by commit e1ce82e, with rows of every table that it knew; beside it what it wrote, member by member.</summary>
    [Fact]
    public void A_file_of_version_2_forgets_nothing()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Snapshots");
        DeviceSnapshot read = SnapshotCodec.Decode(File.ReadAllBytes(Path.Combine(folder, "version2.bin")));
        JsonNode wrote = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "version2.json")))!;
        Assert.Equal(30, Agreements(wrote, JsonNode.Parse(Json(read))));
        Assert.Equal(Json(read), Json(SnapshotCodec.Decode(SnapshotCodec.Encode(read))));
    }

    [Fact]
    public void A_file_of_version_3_tells_what_neighbors_do()
    {
        const string Version3 =
            "VE9XUwMAAABVG1QAAMT//5v3/da2AMdG3raPP4wCDSTgYujUkgBjkVYyEJDEfH/P/14BtGZau7wmwm4JkHC1rh26vDaVbh8rAHQezCFAEQ==";
        LldpNeighbor neighbor = Assert.Single(SnapshotCodec.Decode(Convert.FromBase64String(Version3)).LldpNeighbors);
        Assert.Equal(("edge-1", LldpCapabilities.Bridge | LldpCapabilities.Router), (neighbor.ChassisId.Text, neighbor.Capabilities));
    }

    [Fact]
    public void Another_version_is_refused_by_its_number()
    {
        byte[] encoded = SnapshotCodec.Encode(new ArbitraryFacts(1).Snapshot());
        encoded[4] = 9;
        Assert.Contains("version 9", Assert.Throws<SnapshotFormatException>(() => SnapshotCodec.Decode(encoded)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_routes_take_a_few_octets_each()
    {
        DeviceSnapshot snapshot = new ArbitraryFacts(5).Snapshot() with
        {
            Routes = [.. Enumerable.Range(0, 100_000).Select(i => new Route(
                new Prefix(new Ipv4Address(0x0a000000u + (uint)i * 256), 24), new Ipv4Address(0xc0000200u + (uint)(i % 4)),
                new IfIndex(1 + i % 4),
                RouteKind.Remote, RouteProtocol.Ospf, 20, Route.InetCidrRouteTable))],
        };
        int octets = SnapshotCodec.Encode(snapshot).Length;
        Assert.InRange(octets, 100, 400_000);
    }

    /// <summary>
    /// Members of the outer object, each of which the other has with the same content; what it has besides does not matter.
    /// </summary>
    private static int Agreements(JsonNode? wrote, JsonNode? read)
    {
        switch (wrote)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? member) in members) Agreements(member, Assert.IsType<JsonObject>(read)[name]);
                return members.Count;
            case JsonArray rows:
                JsonArray others = Assert.IsType<JsonArray>(read);
                Assert.Equal(rows.Count, others.Count);
                foreach ((JsonNode? row, JsonNode? other) in rows.Zip(others)) Agreements(row, other);
                return rows.Count;
            default:
                Assert.Equal(wrote?.ToJsonString(), read?.ToJsonString());
                return 1;
        }
    }

    private static string Json(DeviceSnapshot snapshot) => JsonSerializer.Serialize(snapshot, s_names);

    private static readonly JsonSerializerOptions s_names = new() { WriteIndented = true, NewLine = "\n",
        Converters = { new SourceNames(), new VrfNames() } };

    private sealed class SourceNames : System.Text.Json.Serialization.JsonConverter<FactSource>
    {
        public override FactSource Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            FactSource.Named(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, FactSource value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }

    private sealed class VrfNames : System.Text.Json.Serialization.JsonConverter<VrfName>
    {
        public override VrfName Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, VrfName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
