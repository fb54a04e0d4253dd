using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Towpath.Network.Tests;

/// <summary>
/// Rows of any kind of fact with extreme and ordinary values in every member, from a seed: its type says which values it can have.
/// </summary>
internal sealed class ArbitraryFacts(int seed, int minimumRows = 0)
{
    private static readonly FactSource[] s_sources = [FactSource.None, .. FactLayout.All.SelectMany(layout => layout.Sources)];
    private readonly Random _random = new(seed);

    public DeviceSnapshot Snapshot() => FactLayout.All.Aggregate(
        new DeviceSnapshot { Identity = DeviceIdentity.Nobody, CollectedAt = When(),
            SysUpTime = TimeSpan.FromMilliseconds(10.0 * _random.NextInt64(1L << 32)) },
        (snapshot, layout) => layout.Put(snapshot, Rows(TypeOf(layout), layout == DeviceIdentity.Layout ? 1 : Many())));

    /// <summary>The snapshot with one row more of this kind; the identity is another.</summary>
    public DeviceSnapshot WithOneMore(DeviceSnapshot snapshot, FactLayout layout)
    {
        IList rows = Rows(TypeOf(layout), 1);
        if (layout == DeviceIdentity.Layout) return layout.Put(snapshot, rows);
        foreach (object row in layout.RowsIn(snapshot)) rows.Add(row);
        return layout.Put(snapshot, rows);
    }

    public static Type TypeOf(FactLayout layout) => layout.GetType().GenericTypeArguments[0];

    private IList Rows(Type type, int count)
    {
        var rows = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        while (count-- > 0) rows.Add(Value(type, ""));
        return rows;
    }

    private object? Value(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } maybe) return _random.Next(2) == 0 ? null : Value(maybe, name);
        if (type == typeof(string)) return Text();
        if (type == typeof(bool)) return _random.Next(2) == 0;
        if (type == typeof(int)) return name == "PrefixLength" ? _random.Next(33) : _random.Next(3) == 0 ? int.MaxValue : _random.Next(100);
        if (type == typeof(uint)) return (uint)_random.NextInt64(1L << 32);
        if (type == typeof(long)) return _random.NextInt64();
        if (type == typeof(ushort)) return (ushort)_random.Next(ushort.MaxValue + 1);
        if (type == typeof(byte)) return (byte)_random.Next(256);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length));
        if (type == typeof(IfIndex)) return new IfIndex(_random.Next(3) == 0 ? int.MaxValue : _random.Next(100));
        if (type == typeof(VlanId)) return new VlanId((ushort)_random.Next(4095));
        if (type == typeof(Ipv4Address)) return new Ipv4Address((uint)_random.NextInt64(1L << 32));
        if (type == typeof(MacAddress)) return MacAddress.FromBits((ulong)_random.NextInt64() >> 16);
        if (type == typeof(Prefix)) return new Prefix(new Ipv4Address((uint)_random.NextInt64(1L << 32)), _random.Next(33));
        if (type == typeof(FactSource)) return s_sources[_random.Next(s_sources.Length)];
        if (type == typeof(DateTimeOffset)) return When();
        if (name == nameof(DeviceIdentity.LldpChassisId)) return new ChassisId(0, Text()); // it is stored without its subtype
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? Array(type.GenericTypeArguments[0]) : Record(type);
    }

    /// <summary>By its widest constructor, and every property that may be set besides.</summary>
    private object Record(Type type)
    {
        ConstructorInfo widest = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        object record = widest.Invoke([.. widest.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is not null
            && !widest.GetParameters().Any(parameter => parameter.Name == property.Name)))
            property.SetValue(record, Value(property.PropertyType, property.Name));
        return record;
    }

    private object Array(Type of)
    {
        IList values = Rows(of, Many());
        MethodInfo make = typeof(ImmutableArray).GetMethods().Single(method => method is { Name: nameof(ImmutableArray.CreateRange) }
            && method.GetParameters() is [{ ParameterType: { IsGenericType: true } only }]
                && only.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return make.MakeGenericMethod(of).Invoke(null, [values])!;
    }

    private int Many() => _random.Next(minimumRows, minimumRows + 6);

    private string Text() =>
        _random.Next(4) switch { 0 => "", 1 => "GigabitEthernet1/0/1", 2 => "Zürich → 東京 🙂", _ => new string('a', _random.Next(255)) };

    private DateTimeOffset When() => new(_random.NextInt64(DateTimeOffset.MaxValue.UtcTicks / 2), TimeSpan.Zero);
}
