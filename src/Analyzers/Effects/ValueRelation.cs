namespace Quintet.Analyzers.Effects;

/// <summary>How a value has to stand to a constant; the character is how it is written down in a fact.</summary>
internal enum ValueRelation
{
    Is = '=',
    IsNot = '!',
    AtLeast = '>',
    Below = '<',

    /// <summary>The flag is set.</summary>
    Has = '&',

    /// <summary>The flag is not set.</summary>
    HasNot = '^',

    /// <summary>There is no value; the constant says nothing.</summary>
    IsMissing = '0',
}
