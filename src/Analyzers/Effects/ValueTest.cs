using System.Globalization;

namespace Quintet.Analyzers.Effects;

/// <summary>What a branch asks of a value that callers choose: <c>n &gt; 2</c>, <c>mode == "disk"</c>, a flag.</summary>
/// <param name="Relation">How the value has to stand to the constant.</param>
/// <param name="Number">The constant.</param>
/// <param name="Text">The constant when it is a text.</param>
internal readonly record struct ValueTest(ValueRelation Relation, long Number, string? Text = null)
{
    private const char Quote = '"';

    /// <summary>The test as a fact carries it.</summary>
    public string Key => (char)Relation + (Text is null ? Number.ToString(CultureInfo.InvariantCulture) : Quote + Text);

    public ValueTest Negated => this with
    {
        Relation = Relation switch
        {
            ValueRelation.Is => ValueRelation.IsNot,
            ValueRelation.IsNot => ValueRelation.Is,
            ValueRelation.AtLeast => ValueRelation.Below,
            ValueRelation.Below => ValueRelation.AtLeast,
            ValueRelation.Has => ValueRelation.HasNot,
            _ => ValueRelation.Has,
        },
    };

    public static ValueTest Of(string key)
    {
        var relation = (ValueRelation)key[0];
        return key[1] == Quote
            ? new ValueTest(relation, 0, key.Substring(2))
            : new ValueTest(relation, long.Parse(key.Substring(1), CultureInfo.InvariantCulture));
    }

    /// <summary>How it comes out for an argument; null where nothing tells.</summary>
    public bool? Holds(ArgumentFact argument)
    {
        // Nothing is no text and no number; whether it is more or less than one depends on how the question was put.
        if (argument is { Knowledge: ArgumentKnowledge.Made, Types.Length: 0 })
            return Relation switch { ValueRelation.Is => false, ValueRelation.IsNot or ValueRelation.IsMissing => true, _ => null };
        if (Relation == ValueRelation.IsMissing)
            return argument.Text is not null || argument.Whole is not null || argument.Function is not null
                || argument.Knowledge == ArgumentKnowledge.Made ? false : null;
        if (Text is not null) return argument.Text is { } text ? text == Text == (Relation == ValueRelation.Is) : null;
        if (argument.Whole is not { } value) return null;
        return Relation switch
        {
            ValueRelation.Is => value == Number,
            ValueRelation.IsNot => value != Number,
            ValueRelation.AtLeast => value >= Number,
            ValueRelation.Below => value < Number,
            ValueRelation.Has => (value & Number) != 0,
            _ => (value & Number) == 0,
        };
    }
}
