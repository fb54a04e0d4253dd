using System.Diagnostics.CodeAnalysis;

namespace Towpath.FlowAnalysis;

/// <summary>The id of a request for a trace: a UUID, printed with hyphens. Default: no request.</summary>
public readonly record struct FlowAnalysisId(Guid Value) : IParsable<FlowAnalysisId>
{
    /// <summary>A version 7 UUID (RFC 9562 section 5.7).</summary>
    public static FlowAnalysisId New(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public static FlowAnalysisId Parse(string s, IFormatProvider? provider = null) => new(Guid.Parse(s));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FlowAnalysisId result)
    {
        bool ok = Guid.TryParse(s, out Guid value);
        result = new FlowAnalysisId(value);
        return ok;
    }

    public override string ToString() => Value.ToString();
}
