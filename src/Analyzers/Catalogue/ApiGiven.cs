namespace Quintet.Analyzers.Catalogue;

/// <summary>A line holds only for one value of a <c>bool</c> parameter: <c>given=async:false</c>.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">The value that makes the line hold.</param>
internal sealed record ApiGiven(string Parameter, bool Value)
{
    /// <summary>Null for a word that is not <c>name:true</c> or <c>name:false</c>.</summary>
    public static ApiGiven? Parse(string word)
    {
        var colon = word.IndexOf(':');
        return colon > 0 && bool.TryParse(word.Substring(colon + 1), out var value) ? new ApiGiven(word.Substring(0, colon), value) : null;
    }

    public override string ToString() => $"{Parameter}:{(Value ? "true" : "false")}";
}
