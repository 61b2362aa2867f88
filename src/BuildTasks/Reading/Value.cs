namespace Quintet.BuildTasks.Reading;

/// <summary>What is known of a value: where it comes from.</summary>
internal readonly record struct Value(ValueKind Kind, long Number = 0, string Name = "")
{
    public static readonly Value Unknown = default;

    public static readonly Value This = new(ValueKind.This);
}
