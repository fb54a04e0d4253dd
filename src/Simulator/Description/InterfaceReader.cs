using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// Reads a device's <c>interfaces</c>: ranges are expanded, later entries of a name change the interface in its place, defaults are filled
/// in.
/// </summary>
internal static partial class InterfaceReader
{
    private static readonly string[] s_roles = ["access", "trunk", "svi"];

    private static readonly (string Long, string Short)[] s_shortNames =
    [
        ("TenGigabitEthernet", "Te"), ("GigabitEthernet", "Gi"), ("FastEthernet", "Fa"), ("Port-channel", "Po"),
        ("Loopback", "Lo"), ("Ethernet", "Et"), ("Vlan", "Vl"),
    ];

    public static ImmutableArray<InterfaceDescription> Read(JsonCursor device, MacAddress baseMac)
    {
        var drafts = new List<Draft>();
        var byName = new Dictionary<string, Draft>();
        foreach (JsonCursor cursor in device.Objects("interfaces", required: true))
        {
            ImmutableArray<string> names = Expand(cursor, "name", cursor.Text("name"));
            for (int i = 0; i < names.Length; i++)
            {
                if (!byName.TryGetValue(names[i], out Draft? draft))
                {
                    draft = new Draft(names[i], cursor.Path);
                    byName.Add(names[i], draft);
                    drafts.Add(draft);
                }
                Apply(cursor, draft, i, names.Length);
            }
            cursor.End();
        }

        var interfaces = ImmutableArray.CreateBuilder<InterfaceDescription>(drafts.Count);
        int index = 0;
        int physical = 0;
        foreach (Draft draft in drafts)
        {
            index = draft.Index ?? index + 1;
            bool isPhysical = draft.Svi == 0 && !draft.Name.StartsWith("Loopback", StringComparison.Ordinal);
            interfaces.Add(draft.Finish(index, isPhysical ? ++physical : 0, baseMac));
        }
        return interfaces.MoveToImmutable();
    }

    private static void Apply(JsonCursor cursor, Draft draft, int place, int count)
    {
        draft.Path = cursor.Path;
        if (cursor.Has("shortName"))
        {
            ImmutableArray<string> shortNames = Expand(cursor, "shortName", cursor.Text("shortName"));
            if (shortNames.Length == count) draft.ShortName = shortNames[place];
            else if (place == 0)
                cursor.Problem("shortName", $"'{cursor.Text("shortName")}' names {shortNames.Length} interfaces, the name {count}");
        }
        if (cursor.Has("ifIndex")) draft.Index = cursor.Number("ifIndex", 1, int.MaxValue - 100_000) + place;
        draft.Description = cursor.Text("description", draft.Description);
        if (cursor.Has("speed")) draft.SpeedMbps = cursor.Number("speed", 1, 1_000_000);
        draft.Shutdown = cursor.Flag("shutdown", draft.Shutdown);
        if (cursor.Has("ospfCost")) draft.OspfCost = cursor.Number("ospfCost", 1, 65535);
        if (cursor.Has("stpCost")) draft.StpCost = cursor.Number("stpCost", 1, 65535);
        string[] roles = [.. s_roles.Where(cursor.Has)];
        if (roles.Length > 1 && place == 0)
            cursor.Problem(roles[1], $"an interface has only one of access, trunk and svi, not {string.Join(" and ", roles)}");
        if (cursor.Has("addresses"))
            draft.Addresses = cursor.Values<SubnetAddress>("addresses", "address with prefix length such as 10.1.12.1/24");
        else if (roles.Length > 0) draft.Addresses = [];
        // A port that gets an address becomes a routed one: a range's access VLAN does not stick to it.
        if (roles.Length > 0 || (cursor.Has("addresses") && draft.Svi == 0)) (draft.Access, draft.Trunk, draft.Svi) = (0, [], 0);
        if (cursor.Has("access")) draft.Access = cursor.Number("access", 1, 4094);
        if (cursor.Has("svi")) draft.Svi = cursor.Number("svi", 1, 4094);
        if (cursor.Has("trunk"))
        {
            draft.Trunk = [.. cursor.Numbers("trunk", 1, 4094).Distinct().Order()];
            if (draft.Trunk.Length == 0 && place == 0) cursor.Problem("trunk", "a trunk carries at least one VLAN");
        }
        if (cursor.Has("native")) draft.Native = cursor.Number("native", 1, 4094);
        if (cursor.Has("native") && draft.Trunk.Length == 0 && place == 0) cursor.Problem("native", "only a trunk has a native VLAN");
    }

    private static ImmutableArray<string> Expand(JsonCursor cursor, string key, string name)
    {
        Match range = Range().Match(name);
        if (!range.Success)
        {
            if (name.AsSpan().ContainsAny('[', ']'))
                cursor.Problem(key, $"'{name}' has brackets but no range; write one such as GigabitEthernet1/0/[1-48]");
            return [name];
        }
        bool readable = int.TryParse(range.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            & int.TryParse(range.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int last);
        if (!readable || last < first || last - first >= 10_000)
        {
            cursor.Problem(key, $"'{name}' is no range of 1 to 10000 interfaces");
            return [name];
        }
        return [.. Enumerable.Range(first, last - first + 1).Select(n =>
            name[..range.Index] + n.ToString(CultureInfo.InvariantCulture) + name[(range.Index + range.Length)..])];
    }

    [GeneratedRegex(@"\[(\d{1,9})-(\d{1,9})\]")]
    private static partial Regex Range();

    private sealed class Draft(string name, string path)
    {
        public string Name { get; } = name;
        public string Path { get; set; } = path;
        public string? ShortName { get; set; }
        public int? Index { get; set; }
        public string Description { get; set; } = "";
        public int? SpeedMbps { get; set; }
        public bool Shutdown { get; set; }
        public int Access { get; set; }
        public ImmutableArray<int> Trunk { get; set; } = [];
        public int Native { get; set; } = 1;
        public int Svi { get; set; }
        public ImmutableArray<SubnetAddress> Addresses { get; set; } = [];
        public int? OspfCost { get; set; }
        public int? StpCost { get; set; }

        public InterfaceDescription Finish(int index, int physicalNumber, MacAddress baseMac)
        {
            int speed = SpeedMbps
                ?? (Name.StartsWith("TenGig", StringComparison.Ordinal)
                ? 10_000 : Name.StartsWith("Fast", StringComparison.Ordinal) ? 100 : 1_000);
            return new InterfaceDescription
            {
                Path = Path,
                Name = Name,
                ShortName = ShortName ?? Shorten(Name),
                Index = index,
                PhysicalNumber = physicalNumber,
                Mac = MacAddress.FromBits(baseMac.Bits + (ulong)physicalNumber),
                Description = Description,
                SpeedMbps = speed,
                Shutdown = Shutdown,
                Access = Access,
                Trunk = Trunk,
                Native = Native,
                Svi = Svi,
                Addresses = Addresses,
                OspfCost = OspfCost ?? (physicalNumber == 0 && Svi == 0 ? 1 : 10),
                StpCost = StpCost ?? speed switch { >= 10_000 => 2, >= 1_000 => 4, >= 100 => 19, _ => 100 },
            };
        }

        private static string Shorten(string name)
        {
            foreach ((string longForm, string shortForm) in s_shortNames)
            {
                if (name.StartsWith(longForm, StringComparison.Ordinal)) return shortForm + name[longForm.Length..];
            }
            return name;
        }
    }
}
