using Towpath.Snmp;

namespace Towpath.Server.Tests;

/// <summary>A decent agent's view with something wrong in it.</summary>
internal sealed class TwistedView(IMibView decent) : IMibView
{
    /// <summary>What comes after an object instead of the right one; null: the right one.</summary>
    public Func<ObjectIdentifier, VarBind?> Next { get; init; } = _ => null;

    /// <summary>Another value for an instance.</summary>
    public Func<VarBind, SnmpValue> Value { get; init; } = instance => instance.Value;

    public bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value)
    {
        if (!decent.TryGet(oid, out value)) return false;
        value = Value(new VarBind(new ObjectIdentifier(oid), value));
        return true;
    }

    public bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next)
    {
        if (Next(new ObjectIdentifier(oid)) is { } wrong)
        {
            next = wrong;
            return true;
        }
        if (!decent.TryGetNext(oid, out next)) return false;
        next = next with { Value = Value(next) };
        return true;
    }
}
