namespace Quintet.BuildTasks.Reading;

/// <summary>What is known of a value: where it comes from.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Number">An ordinal, a constant, or the place of the call that gave it.</param>
/// <param name="Name">A type, member or field.</param>
/// <param name="Not">It is the opposite of a truth value.</param>
internal readonly record struct Value(ValueKind Kind, long Number = 0, string Name = "", bool Not = false)
{
    public static readonly Value Unknown = default;

    /// <summary>The type of a value that may be missing.</summary>
    public const string Nullable = "System.Nullable`1";

    /// <summary>One that is missing.</summary>
    public static readonly Value Absent = new(ValueKind.Created, 3, Nullable);

    public static readonly Value This = new(ValueKind.This);

    /// <summary>A new object in memory, or around one: a stream that compresses into it, a <c>ValueTask</c> of a result.</summary>
    public bool IsAtHand => Kind == ValueKind.Created
        && (Number == 1 || Name is "System.IO.MemoryStream" or "System.IO.StringReader" or "System.IO.StringWriter");

    /// <summary>A new reader or writer that was given the name of a file.</summary>
    public bool IsOfFile => Kind == ValueKind.Created && Number == 2;

    public bool IsValueTask => Name.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal);

    /// <summary>The local whose address this is, counted from one: whoever gets it may put something else there.</summary>
    public long AddressOf { get; init; }

    /// <summary>Two values with one key are the same object.</summary>
    public string? Key => HasKey ? $"{Kind} {Number} {Name}" : null;

    public bool HasKey => Kind is ValueKind.Parameter or ValueKind.Field or ValueKind.Returned;
}
