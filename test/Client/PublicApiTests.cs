using System.Reflection;
using System.Text;
using Towpath.Testing;

namespace Towpath.Client.Tests;

/// <summary>The SDK's public surface, written down: whoever changes it sees so in the change.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var surface = new StringBuilder();
        foreach (Type type in typeof(TowpathClient).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            surface.Append(Kind(type)).Append(' ').Append(type.FullName);
            if (type.BaseType is { } parent && parent != typeof(object) && !type.IsEnum) surface.Append(" : ").Append(Name(parent));
            surface.Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) surface.Append("    ").Append(member).Append('\n');
        }
        Golden.Match("client-public-api.txt", surface.ToString());
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsAbstract && type.IsSealed
            ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum) return Enum.GetNames(type);
        bool isRecord = type.GetMethod("<Clone>$") is not null;
        return type.GetConstructors(declared).Select(constructor => $"{type.Name}({Parameters(constructor)})")
            .Concat(type.GetFields(declared)
                .Select(field => $"{(field.IsLiteral ? "const" : "static")} {Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetProperties(declared).Where(property => property.Name != "EqualityContract").Select(Property))
            .Concat(type.GetMethods(declared).Where(method => !method.IsSpecialName && !(isRecord && Generated(method)))
                .Select(method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})"));
    }

    private static bool Generated(MethodInfo method) => method.Name is "Equals" or "GetHashCode" or "<Clone>$" or "ToString";

    private static string Property(PropertyInfo property)
    {
        string required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? "required " : "";
        string isStatic = property.GetMethod!.IsStatic ? "static " : "";
        string set = property.SetMethod is { IsPublic: true } ? " init;" : "";
        return $"{isStatic}{required}{Name(property.PropertyType)} {property.Name} {{ get;{set} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters()
        .Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}"));

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
